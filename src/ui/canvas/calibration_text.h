// How the distances of a picture are known, in a few words for its corner: "0.14 mm at the detector, not corrected".
#pragma once

#include <QString>

#include "fiducial/core/medium.h"

namespace fiducial::ui {

/// Empty where nothing needs saying: places in the patient, or a medium whose files are not open yet. Shape: one line.
[[nodiscard]] QString calibrationText(const MediumInfo& info);

}  // namespace fiducial::ui
