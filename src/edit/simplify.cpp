#include "simplify.h"

#include <utility>

namespace fiducial::edit {
namespace {

double distanceToSegment2(ImagePoint p, ImagePoint a, ImagePoint b) {
  const ImagePoint along = b - a;
  const double length2 = along.x * along.x + along.y * along.y;
  const double s = length2 == 0 ? 0 : std::clamp(((p.x - a.x) * along.x + (p.y - a.y) * along.y) / length2, 0.0, 1.0);
  const ImagePoint d = p - ImagePoint{a.x + s * along.x, a.y + s * along.y};
  return d.x * d.x + d.y * d.y;
}

}  // namespace

std::vector<ImagePoint> simplified(std::span<const ImagePoint> points, double tolerance) {
  if (points.size() < 3) return {points.begin(), points.end()};
  std::vector<bool> kept(points.size(), false);
  kept.front() = kept.back() = true;
  std::vector<std::pair<std::size_t, std::size_t>> open{{0, points.size() - 1}};  // a stack: no recursion on long lines
  while (!open.empty()) {
    const auto [first, last] = open.back();
    open.pop_back();
    std::size_t furthest = first;
    double most = tolerance * tolerance;
    for (std::size_t n = first + 1; n < last; ++n) {
      const double d = distanceToSegment2(points[n], points[first], points[last]);
      if (d > most) {
        most = d;
        furthest = n;
      }
    }
    if (furthest == first) continue;
    kept[furthest] = true;
    open.emplace_back(first, furthest);
    open.emplace_back(furthest, last);
  }
  std::vector<ImagePoint> result;
  for (std::size_t n = 0; n < points.size(); ++n) {
    if (kept[n]) result.push_back(points[n]);
  }
  return result;
}

}  // namespace fiducial::edit
