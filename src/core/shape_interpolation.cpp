#include <algorithm>
#include <cmath>
#include <limits>

#include "fiducial/core/shape.h"

namespace fiducial {
namespace {

using Line = std::vector<ImagePoint>;

double mix(double a, double b, double t) { return a + (b - a) * t; }
ImagePoint mix(ImagePoint a, ImagePoint b, double t) { return {mix(a.x, b.x, t), mix(a.y, b.y, t)}; }
/// The short way round; `period` is 180 for what looks the same upside down.
double mixDegrees(double a, double b, double t, double period) { return a + std::remainder(b - a, period) * t; }
Line mix(const Line& a, const Line& b, double t) {
  Line line(a.size());
  for (std::size_t n = 0; n < a.size(); ++n) line[n] = mix(a[n], b[n], t);
  return line;
}

enum class Ends { Open, Closed };

/// `count` points at equal distances along a line; an open one keeps both ends, a closed one its first point.
Line resampled(const Line& line, std::size_t count, Ends ends) {
  Line path = line;
  if (ends == Ends::Closed) path.push_back(line.front());
  std::vector<double> travelled = {0};
  for (std::size_t n = 1; n < path.size(); ++n) travelled.push_back(travelled.back() + distance(path[n - 1], path[n]));
  const std::size_t steps = ends == Ends::Closed ? count : count - 1;
  Line points;
  std::size_t at = 1;
  for (std::size_t n = 0; n < count; ++n) {
    const double wanted = travelled.back() * double(n) / double(std::max<std::size_t>(steps, 1));
    while (at + 1 < path.size() && travelled[at] < wanted) ++at;
    const double length = travelled[at] - travelled[at - 1];
    points.push_back(length > 0 ? mix(path[at - 1], path[at], (wanted - travelled[at - 1]) / length) : path[at]);
  }
  return points;
}

ImagePoint meanOf(const Line& points) {
  ImagePoint sum;
  for (const ImagePoint p : points) sum = sum + p;
  return {sum.x / double(points.size()), sum.y / double(points.size())};
}

/// `ring` begun at the point from which it best follows `model` (same size), both taken about their centres.
Ring aligned(const Ring& model, Ring ring) {
  if ((signedArea(model) < 0) != (signedArea(ring) < 0)) std::ranges::reverse(ring);
  const ImagePoint shift = meanOf(model) - meanOf(ring);
  const std::size_t count = ring.size();
  const std::size_t stride = count / 256 + 1;  // a bound on the work: the search is quadratic
  double best = std::numeric_limits<double>::infinity();
  std::size_t bestStart = 0;
  for (std::size_t start = 0; start < count; ++start) {
    double sum = 0;
    for (std::size_t n = 0; n < count && sum < best; n += stride) {
      const ImagePoint d = ring[(start + n) % count] + shift - model[n];
      sum += d.x * d.x + d.y * d.y;
    }
    if (sum < best) best = sum, bestStart = start;
  }
  std::ranges::rotate(ring, ring.begin() + static_cast<std::ptrdiff_t>(bestStart));
  return ring;
}

Ring mixRings(const Ring& a, const Ring& b, double t) {
  if (a.size() == b.size()) return mix(a, b, t);
  if (a.empty() || b.empty()) return a;
  const std::size_t count = std::max(a.size(), b.size());
  const Ring from = resampled(a, count, Ends::Closed);
  return mix(from, aligned(from, resampled(b, count, Ends::Closed)), t);
}

/// Rings without a partner hold.
Polygon mixPolygons(const Polygon& a, const Polygon& b, double t) {
  Polygon polygon = a;
  for (std::size_t p = 0; p < std::min(a.parts.size(), b.parts.size()); ++p) {
    for (std::size_t r = 0; r < std::min(a.parts[p].size(), b.parts[p].size()); ++r) {
      polygon.parts[p][r] = mixRings(a.parts[p][r], b.parts[p][r], t);
    }
  }
  return polygon;
}

Polyline mixLines(const Polyline& a, const Polyline& b, double t) {
  if (a.points.size() == b.points.size()) return {mix(a.points, b.points, t)};
  if (a.points.size() < 2 || b.points.size() < 2) return a;
  const std::size_t count = std::max(a.points.size(), b.points.size());
  return {mix(resampled(a.points, count, Ends::Open), resampled(b.points, count, Ends::Open), t)};
}

Skeleton mixSkeletons(const Skeleton& a, const Skeleton& b, double t) {
  if (a.templateName != b.templateName || a.points.size() != b.points.size()) return a;
  Skeleton skeleton = a;
  for (std::size_t n = 0; n < a.points.size(); ++n) {
    // An absent point has no place to move from or to.
    if (a.points[n].visibility == Visibility::Absent || b.points[n].visibility == Visibility::Absent) continue;
    skeleton.points[n].at = mix(a.points[n].at, b.points[n].at, t);
  }
  return skeleton;
}

struct Mix {
  double t;
  Shape operator()(const Box& a, const Box& b) const {
    return Box{mix(a.x, b.x, t), mix(a.y, b.y, t), mix(a.width, b.width, t), mix(a.height, b.height, t)};
  }
  Shape operator()(const RotatedBox& a, const RotatedBox& b) const {
    return RotatedBox{mix(a.center, b.center, t), mix(a.width, b.width, t), mix(a.height, b.height, t),
                      mixDegrees(a.degrees, b.degrees, t, 360)};
  }
  Shape operator()(const Ellipse& a, const Ellipse& b) const {
    return Ellipse{mix(a.center, b.center, t), mix(a.radiusX, b.radiusX, t), mix(a.radiusY, b.radiusY, t),
                   mixDegrees(a.degrees, b.degrees, t, 180)};
  }
  Shape operator()(const Polygon& a, const Polygon& b) const { return mixPolygons(a, b, t); }
  Shape operator()(const Polyline& a, const Polyline& b) const { return mixLines(a, b, t); }
  Shape operator()(const Points& a, const Points& b) const {
    return a.points.size() == b.points.size() ? Points{mix(a.points, b.points, t)} : a;
  }
  Shape operator()(const Skeleton& a, const Skeleton& b) const { return mixSkeletons(a, b, t); }
  Shape operator()(const Arrow& a, const Arrow& b) const { return Arrow{mix(a.from, b.from, t), mix(a.to, b.to, t)}; }
  Shape operator()(const NoteAnchor& a, const NoteAnchor& b) const { return NoteAnchor{mix(a.at, b.at, t)}; }
  Shape operator()(const RunMask& a, const RunMask&) const { return a; }
  template <class A, class B>
  Shape operator()(const A& a, const B&) const {
    return a;
  }
};

}  // namespace

Shape interpolate(const Shape& from, const Shape& to, double fraction) {
  if (!(fraction > 0)) return from;  // NaN too
  if (fraction >= 1) return to;
  return std::visit(Mix{fraction}, from, to);
}

}  // namespace fiducial
