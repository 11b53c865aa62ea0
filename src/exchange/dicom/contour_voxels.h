// Closed contours of one structure on one slice to its pixels.
#pragma once

#include <vector>

#include "fiducial/core/shape.h"
#include "fiducial/media/dicom_runs.h"

namespace fiducial::exchange {

/// Pixels whose centre is inside by the even-odd rule over all rings together: a ring in a ring is a hole (XOR), and so
/// is what a keyhole's bridge encloses. Frame: image pixels. Row by row, cut to `size`.
[[nodiscard]] std::vector<media::SampleRun> pixelsInside(const std::vector<Ring>& rings, ImageSize size);

}  // namespace fiducial::exchange
