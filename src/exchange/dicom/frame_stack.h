// The volume that a set of planes lies on, made from the planes alone. Source: DICOM PS3.3 C.7.6.2.1.1.
#pragma once

#include <vector>

#include "dicom/frame_placing.h"
#include "fiducial/core/medium.h"
#include "fiducial/core/result.h"

namespace fiducial::exchange {

/// From the lowest plane to the highest along row x column, at the step of `spacing` mm where all planes fit it, else
/// at that of the nearest two. Planes may be missing between, or stand for several frames. Errors: NotFound, what keeps
/// them from being one stack.
[[nodiscard]] Result<MediumInfo> stackOf(const std::vector<PlaneGeometry>& planes, ImageSize size, double spacing);

}  // namespace fiducial::exchange
