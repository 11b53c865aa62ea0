// Spacing for media whose files give none (a stack of TIFF pages, a picture): said by the user.
#pragma once

#include <array>

#include "fiducial/core/medium.h"
#include "fiducial/core/result.h"

namespace fiducial::media {

/// Sets spacing and affine of `info` (column, row and slice distance in mm) and says that they are given. A
/// MediumLocation with it opens with that spacing. Errors: Invalid for distances that are not positive numbers, and
/// where the file says its own.
[[nodiscard]] Status giveSpacing(MediumInfo& info, std::array<double, 3> spacingMm);

}  // namespace fiducial::media
