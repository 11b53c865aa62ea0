#include "fiducial/core/shape.h"

#include <array>
#include <cmath>
#include <numbers>

#include "shape_outline.h"

namespace fiducial {
namespace {

/// Grows around points.
struct Extent {
  std::optional<Box> box;
  void add(ImagePoint p) {
    if (!box) {
      box = Box{p.x, p.y, 0, 0};
      return;
    }
    const double left = std::min(box->x, p.x), top = std::min(box->y, p.y);
    const double right = std::max(box->right(), p.x), bottom = std::max(box->bottom(), p.y);
    box = Box{left, top, right - left, bottom - top};
  }
  void add(const std::vector<ImagePoint>& points) {
    for (const ImagePoint p : points) add(p);
  }
};

struct Bounds {
  std::optional<Box> operator()(const Box& b) const { return b; }
  std::optional<Box> operator()(const RotatedBox& b) const { return of(ringOf(b)); }
  std::optional<Box> operator()(const Ellipse& e) const {
    const Turn turn(e.degrees);
    const double halfWidth = std::hypot(e.radiusX * turn.cosine, e.radiusY * turn.sine);
    const double halfHeight = std::hypot(e.radiusX * turn.sine, e.radiusY * turn.cosine);
    return Box{e.center.x - halfWidth, e.center.y - halfHeight, 2 * halfWidth, 2 * halfHeight};
  }
  std::optional<Box> operator()(const Polygon& p) const {
    Extent extent;
    for (const PolygonPart& part : p.parts) {
      if (!part.empty()) extent.add(part.front());  // holes lie inside
    }
    return extent.box;
  }
  std::optional<Box> operator()(const Polyline& p) const { return of(p.points); }
  std::optional<Box> operator()(const Points& p) const { return of(p.points); }
  std::optional<Box> operator()(const Skeleton& s) const {
    Extent extent;
    for (const SkeletonPoint& p : s.points) {
      if (p.visibility != Visibility::Absent) extent.add(p.at);
    }
    return extent.box;
  }
  std::optional<Box> operator()(const Arrow& a) const { return Box::spanning(a.from, a.to); }
  std::optional<Box> operator()(const NoteAnchor& n) const { return Box{n.at.x, n.at.y, 0, 0}; }
  std::optional<Box> operator()(const RunMask& m) const {
    const auto rect = bounds(m);
    if (!rect) return std::nullopt;
    return Box{double(rect->left), double(rect->top), double(rect->width()), double(rect->height())};
  }

 private:
  static std::optional<Box> of(const std::vector<ImagePoint>& points) {
    Extent extent;
    extent.add(points);
    return extent.box;
  }
};

double areaOfPart(const PolygonPart& part) {
  double sum = 0;
  for (std::size_t n = 0; n < part.size(); ++n) {
    const double ring = std::abs(signedArea(part[n]));
    sum += n == 0 ? ring : -ring;
  }
  return std::max(sum, 0.0);
}

/// A mask moved by whole pixels inside the same image.
RunMask movedMask(const RunMask& mask, double dx, double dy) {
  const auto limit = [](double d, int size) { return std::clamp<double>(std::round(d), -size, size); };
  const int right = static_cast<int>(limit(std::isfinite(dx) ? dx : 0, mask.size.columns));
  const int down = static_cast<int>(limit(std::isfinite(dy) ? dy : 0, mask.size.rows));
  if (right == 0 && down == 0) return mask;
  const std::vector<std::uint8_t> from = decodeRuns(mask);
  std::vector<std::uint8_t> to(from.size());
  const int columns = mask.size.columns;
  const int firstColumn = std::max(0, -right), endColumn = std::min(columns, columns - right);
  for (int y = std::max(0, -down); y < std::min(mask.size.rows, mask.size.rows - down); ++y) {
    const auto source = from.begin() + std::ptrdiff_t{y} * columns;
    std::copy(source + firstColumn, source + std::max(firstColumn, endColumn),
              to.begin() + std::ptrdiff_t{y + down} * columns + firstColumn + right);
  }
  return encodeRuns(to, mask.size);
}

struct Translate {
  double dx;
  double dy;
  void move(ImagePoint& p) const { p = {p.x + dx, p.y + dy}; }
  void move(std::vector<ImagePoint>& points) const {
    for (ImagePoint& p : points) move(p);
  }
  void operator()(Box& b) const { b.x += dx, b.y += dy; }
  void operator()(RotatedBox& b) const { move(b.center); }
  void operator()(Ellipse& e) const { move(e.center); }
  void operator()(Polygon& p) const {
    for (PolygonPart& part : p.parts) {
      for (Ring& ring : part) move(ring);
    }
  }
  void operator()(Polyline& p) const { move(p.points); }
  void operator()(Points& p) const { move(p.points); }
  void operator()(Skeleton& s) const {
    for (SkeletonPoint& p : s.points) move(p.at);
  }
  void operator()(Arrow& a) const { move(a.from), move(a.to); }
  void operator()(NoteAnchor& n) const { move(n.at); }
  void operator()(RunMask& m) const { m = movedMask(m, dx, dy); }
};

}  // namespace

std::string_view kindName(const Shape& shape) {
  constexpr std::array<std::string_view, 10> kNames = {"box",    "rotated_box", "ellipse", "polygon", "polyline",
                                                       "points", "skeleton",    "arrow",   "note",    "mask"};
  static_assert(kNames.size() == std::variant_size_v<Shape>);
  return kNames[shape.index()];
}

std::optional<Box> boundsOf(const Shape& shape) { return std::visit(Bounds{}, shape); }

double signedArea(const Ring& ring) {
  if (ring.empty()) return 0;
  double sum = 0;
  const ImagePoint origin = ring.front();  // far from (0,0) products would lose digits
  for (std::size_t n = 0; n < ring.size(); ++n) {
    const ImagePoint a = ring[n] - origin;
    const ImagePoint b = ring[(n + 1) % ring.size()] - origin;
    sum += a.x * b.y - b.x * a.y;
  }
  return sum / 2;
}

double areaOf(const Shape& shape) {
  if (const auto* box = std::get_if<Box>(&shape)) return box->width * box->height;
  if (const auto* box = std::get_if<RotatedBox>(&shape)) return box->width * box->height;
  if (const auto* ellipse = std::get_if<Ellipse>(&shape)) return std::numbers::pi * ellipse->radiusX * ellipse->radiusY;
  if (const auto* mask = std::get_if<RunMask>(&shape)) return static_cast<double>(area(*mask));
  double sum = 0;
  if (const auto* polygon = std::get_if<Polygon>(&shape)) {
    for (const PolygonPart& part : polygon->parts) sum += areaOfPart(part);
  }
  return sum;
}

Shape translated(const Shape& shape, double dx, double dy) {
  Shape moved = shape;
  std::visit(Translate{dx, dy}, moved);
  return moved;
}

}  // namespace fiducial
