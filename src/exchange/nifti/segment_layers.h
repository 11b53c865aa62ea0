// Segments that overlap cannot share one label map: each goes to the first map in which it meets no other.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "fiducial/core/bricks.h"

namespace fiducial::exchange {

/// The voxels of one segment at each time of its volume.
using SegmentOverTime = std::vector<BrickVolume>;

/// The layer of each segment, from 0, in the order given; segments of one layer share no voxel at any time. The same
/// segments give the same layers.
[[nodiscard]] std::vector<std::size_t> layersOf(std::span<const SegmentOverTime> segments);
[[nodiscard]] bool overlap(const BrickVolume& a, const BrickVolume& b);

}  // namespace fiducial::exchange
