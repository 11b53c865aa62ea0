// The application's one theme: chosen before the first window, the same for all of them.
#pragma once

#include "theme/theme.h"

namespace fiducial::ui {

/// Set by prepareApplication(); lives as long as the process.
[[nodiscard]] const Theme& applicationTheme();

}  // namespace fiducial::ui
