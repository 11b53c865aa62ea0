// In which order the slices of a volume are read: the one asked for first, then its neighbours outwards.
#pragma once

#include <vector>

namespace fiducial::media {

/// All of 0..count-1, `first` (-1: the middle) in front, then alternately above and below.
[[nodiscard]] inline std::vector<int> slicesOutwards(int count, int first) {
  std::vector<int> order;
  if (count <= 0) return order;
  const int start = first < 0 || first >= count ? count / 2 : first;
  order.push_back(start);
  for (int step = 1; step < count; ++step) {
    if (start + step < count) order.push_back(start + step);
    if (start - step >= 0) order.push_back(start - step);
  }
  return order;
}

}  // namespace fiducial::media
