#include <algorithm>
#include <cmath>

#include "fiducial/core/shape.h"

namespace fiducial {
namespace {

Error invalid(std::string message) { return {ErrorCode::Invalid, std::move(message), {}, {}}; }

bool isFinite(ImagePoint p) { return std::isfinite(p.x) && std::isfinite(p.y); }
bool allFinite(const std::vector<ImagePoint>& points) { return std::ranges::all_of(points, isFinite); }

Status finite(bool is) {
  if (is) return {};
  return invalid("coordinates must be finite numbers");
}
Status finiteAndPositive(bool isAllFinite, double a, double b, const char* what) {
  if (!isAllFinite || !std::isfinite(a) || !std::isfinite(b)) return finite(false);
  if (a > 0 && b > 0) return {};
  return invalid(std::string(what) + " must be positive");
}
Status checkPoints(const std::vector<ImagePoint>& points, std::size_t least, const char* what) {
  if (points.size() >= least) return finite(allFinite(points));
  return invalid(std::string(what) + " of " + std::to_string(least) + " points or more is needed");
}

struct Check {
  ImageSize imageSize;
  Status operator()(const Box& b) const {
    return finiteAndPositive(isFinite({b.x, b.y}) && isFinite({b.right(), b.bottom()}), b.width, b.height,
                             "width and height of a box");
  }
  Status operator()(const RotatedBox& b) const {
    return finiteAndPositive(isFinite(b.center) && std::isfinite(b.degrees), b.width, b.height,
                             "width and height of a box");
  }
  Status operator()(const Ellipse& e) const {
    return finiteAndPositive(isFinite(e.center) && std::isfinite(e.degrees), e.radiusX, e.radiusY,
                             "radii of an ellipse");
  }
  Status operator()(const Polygon& polygon) const {
    if (polygon.parts.empty()) return invalid("a polygon needs a ring");
    for (const PolygonPart& part : polygon.parts) {
      if (part.empty()) return invalid("a part of a polygon needs a ring");
      for (const Ring& ring : part) {
        if (const Status status = checkPoints(ring, 3, "a ring"); !status) return status;
      }
    }
    return {};
  }
  Status operator()(const Polyline& p) const { return checkPoints(p.points, 2, "a line"); }
  Status operator()(const Points& p) const { return checkPoints(p.points, 1, "a set"); }
  Status operator()(const Skeleton& s) const {
    if (s.templateName.empty()) return invalid("a skeleton needs the name of its template");
    if (s.points.empty()) return invalid("a skeleton needs points");
    for (const SkeletonPoint& p : s.points) {
      if (p.visibility > Visibility::Visible) return invalid("visibility must be 0, 1 or 2");
      if (!isFinite(p.at)) return finite(false);
    }
    return {};
  }
  Status operator()(const Arrow& a) const { return finite(isFinite(a.from) && isFinite(a.to)); }
  Status operator()(const NoteAnchor& n) const { return finite(isFinite(n.at)); }
  Status operator()(const RunMask& mask) const {
    if (mask.size == imageSize) return check(mask);
    const auto text = [](ImageSize s) { return std::to_string(s.columns) + " x " + std::to_string(s.rows); };
    return invalid("the mask is " + text(mask.size) + ", the image " + text(imageSize));
  }
};

}  // namespace

Status check(const Shape& shape, ImageSize imageSize) { return std::visit(Check{imageSize}, shape); }

}  // namespace fiducial
