#include "nifti/segment_layers.h"

#include <algorithm>

namespace fiducial::exchange {
namespace {

bool overlap(const Brick& a, const Brick& b) {
  for (std::size_t i = 0; i < a.rows.size(); ++i) {
    if ((a.rows[i] & b.rows[i]) != 0) return true;
  }
  return false;
}

bool overlapAtAnyTime(const SegmentOverTime& a, const SegmentOverTime& b) {
  for (std::size_t time = 0; time < std::min(a.size(), b.size()); ++time) {
    if (exchange::overlap(a[time], b[time])) return true;
  }
  return false;
}

}  // namespace

bool overlap(const BrickVolume& a, const BrickVolume& b) {
  const BrickVolume& fewer = a.bricks().size() <= b.bricks().size() ? a : b;
  const BrickVolume& more = &fewer == &a ? b : a;
  return std::any_of(fewer.bricks().begin(), fewer.bricks().end(), [&](const auto& entry) {
    const BrickPointer other = more.brick(entry.first);
    return other && overlap(*entry.second, *other);
  });
}

std::vector<std::size_t> layersOf(std::span<const SegmentOverTime> segments) {
  std::vector<std::size_t> layers;
  std::size_t count = 0;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    std::size_t layer = 0;
    for (; layer < count; ++layer) {
      bool isFree = true;
      for (std::size_t other = 0; other < i && isFree; ++other) {
        isFree = layers[other] != layer || !overlapAtAnyTime(segments[i], segments[other]);
      }
      if (isFree) break;
    }
    layers.push_back(layer);
    count = std::max(count, layer + 1);
  }
  return layers;
}

}  // namespace fiducial::exchange
