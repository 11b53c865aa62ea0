// Turns pictures by quarter turns.
#pragma once

#include "fiducial/core/result.h"
#include "fiducial/core/scalar_buffer.h"

namespace fiducial::media::video {

/// `picture` (8 bits, 1 or 4 components) turned clockwise by 90, 180 or 270 degrees. Errors: TooLarge.
[[nodiscard]] Result<ScalarBuffer> turned(const ScalarBuffer& picture, int degrees);

}  // namespace fiducial::media::video
