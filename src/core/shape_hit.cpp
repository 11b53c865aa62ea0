#include <algorithm>
#include <cmath>

#include "fiducial/core/shape.h"
#include "shape_outline.h"

namespace fiducial {
namespace {

double distanceToSegment(ImagePoint p, ImagePoint a, ImagePoint b) {
  const ImagePoint along = b - a;
  const double square = along.x * along.x + along.y * along.y;
  if (!(square > 0)) return distance(p, a);
  const double t = std::clamp(((p.x - a.x) * along.x + (p.y - a.y) * along.y) / square, 0.0, 1.0);
  return distance(p, {a.x + t * along.x, a.y + t * along.y});
}

bool isNearLine(const std::vector<ImagePoint>& points, ImagePoint p, double reach) {
  if (points.size() == 1) return distance(points.front(), p) <= reach;
  for (std::size_t n = 0; n + 1 < points.size(); ++n) {
    if (distanceToSegment(p, points[n], points[n + 1]) <= reach) return true;
  }
  return false;
}

bool isNearRing(const Ring& ring, ImagePoint p, double reach) {
  return isNearLine(ring, p, reach) || (!ring.empty() && distanceToSegment(p, ring.back(), ring.front()) <= reach);
}

/// Even-odd over one ring.
bool isInside(const Ring& ring, ImagePoint p) {
  bool inside = false;
  for (std::size_t n = 0; n < ring.size(); ++n) {
    const ImagePoint a = ring[n], b = ring[(n + 1) % ring.size()];
    if ((a.y > p.y) != (b.y > p.y) && p.x < a.x + (p.y - a.y) / (b.y - a.y) * (b.x - a.x)) inside = !inside;
  }
  return inside;
}

bool isInside(const PolygonPart& part, ImagePoint p) {
  return std::ranges::count_if(part, [&](const Ring& ring) { return isInside(ring, p); }) % 2 == 1;
}

/// Distance from a point to the nearest pixel of a run of rows in one column, 0 inside.
double distanceToColumn(ImagePoint p, double column, double firstRow, double endRow) {
  const double dx = std::max({column - p.x, 0.0, p.x - (column + 1)});
  const double dy = std::max({firstRow - p.y, 0.0, p.y - endRow});
  return std::hypot(dx, dy);
}

bool isNearMask(const RunMask& mask, ImagePoint p, double reach) {
  if (mask.size.rows <= 0) return false;
  std::int64_t position = 0;
  for (std::size_t n = 0; n < mask.counts.size(); ++n) {
    const std::int64_t end = position + mask.counts[n];
    if (n % 2 == 1) {
      for (std::int64_t at = position; at < end;) {
        const std::int64_t column = at / mask.size.rows, top = column * mask.size.rows;
        const std::int64_t pieceEnd = std::min(end, top + mask.size.rows);
        if (distanceToColumn(p, double(column), double(at - top), double(pieceEnd - top)) <= reach) return true;
        at = pieceEnd;
      }
    }
    position = end;
  }
  return false;
}

struct Hit {
  ImagePoint p;
  double reach;
  bool operator()(const Box& b) const { return b.contains(p) || isNearRing(ringOf(b), p, reach); }
  bool operator()(const RotatedBox& b) const {
    const Ring ring = ringOf(b);
    return isInside(ring, p) || isNearRing(ring, p, reach);
  }
  bool operator()(const Ellipse& e) const {
    const ImagePoint local = Turn(e.degrees).undo(p.x - e.center.x, p.y - e.center.y);
    const double u = local.x / e.radiusX, v = local.y / e.radiusY;
    return u * u + v * v <= 1 || isNearRing(ringOf(e), p, reach);
  }
  bool operator()(const Polygon& polygon) const {
    return std::ranges::any_of(polygon.parts, [&](const PolygonPart& part) {
      return isInside(part, p) || std::ranges::any_of(part, [&](const Ring& r) { return isNearRing(r, p, reach); });
    });
  }
  bool operator()(const Polyline& line) const { return isNearLine(line.points, p, reach); }
  bool operator()(const Points& set) const {
    return std::ranges::any_of(set.points, [&](ImagePoint q) { return distance(p, q) <= reach; });
  }
  bool operator()(const Skeleton& s) const {
    return std::ranges::any_of(s.points, [&](const SkeletonPoint& q) {
      return q.visibility != Visibility::Absent && distance(p, q.at) <= reach;
    });
  }
  bool operator()(const Arrow& a) const { return distanceToSegment(p, a.from, a.to) <= reach; }
  bool operator()(const NoteAnchor& n) const { return distance(p, n.at) <= reach; }
  bool operator()(const RunMask& mask) const { return contains(mask, p) || isNearMask(mask, p, reach); }
};

}  // namespace

bool hits(const Shape& shape, ImagePoint point, double reach) {
  if (!std::isfinite(point.x) || !std::isfinite(point.y)) return false;
  return std::visit(Hit{point, reach}, shape);
}

}  // namespace fiducial
