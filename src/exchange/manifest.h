// What an export says about itself: format, project and the options that shaped it; no time and no path.
#pragma once

#include <string>
#include <string_view>

#include "fiducial/exchange/format.h"

namespace fiducial::exchange {

[[nodiscard]] std::string manifestJson(std::string_view format, const project::Project& project,
                                       const ExportOptions& options);

}  // namespace fiducial::exchange
