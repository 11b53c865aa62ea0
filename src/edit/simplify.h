// Fewer points for a line drawn by hand.
// Source: Douglas and Peucker, "Algorithms for the reduction of the number of points required to represent a digitized
// line or its caricature", Cartographica 10(2), 1973.
#pragma once

#include <span>
#include <vector>

#include "fiducial/core/geometry.h"

namespace fiducial::edit {

/// The first and last point stay; no point left out lies further than `tolerance` from the line that replaces it.
[[nodiscard]] std::vector<ImagePoint> simplified(std::span<const ImagePoint> points, double tolerance);

}  // namespace fiducial::edit
