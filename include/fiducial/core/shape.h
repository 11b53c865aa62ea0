// The shapes an annotation or a key frame can have, in image pixels, and the questions asked of any shape.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "fiducial/core/geometry.h"
#include "fiducial/core/result.h"
#include "fiducial/core/run_mask.h"

namespace fiducial {

/// Clockwise on screen about the centre, degrees.
struct RotatedBox {
  ImagePoint center;
  double width = 0;
  double height = 0;
  double degrees = 0;
  friend bool operator==(const RotatedBox&, const RotatedBox&) = default;
};
struct Ellipse {
  ImagePoint center;
  double radiusX = 0;
  double radiusY = 0;
  double degrees = 0;
  friend bool operator==(const Ellipse&, const Ellipse&) = default;
};
using Ring = std::vector<ImagePoint>;  ///< not closed: the first point is not repeated
/// The first ring is the outer border, the others are holes.
using PolygonPart = std::vector<Ring>;
struct Polygon {
  std::vector<PolygonPart> parts;
  friend bool operator==(const Polygon&, const Polygon&) = default;
};
struct Polyline {
  std::vector<ImagePoint> points;
  friend bool operator==(const Polyline&, const Polyline&) = default;
};
struct Points {
  std::vector<ImagePoint> points;
  friend bool operator==(const Points&, const Points&) = default;
};
enum class Visibility : std::uint8_t { Absent = 0, Hidden = 1, Visible = 2 };
struct SkeletonPoint {
  ImagePoint at;
  Visibility visibility = Visibility::Visible;
  friend bool operator==(const SkeletonPoint&, const SkeletonPoint&) = default;
};
/// Points in the order of the named skeleton template.
struct Skeleton {
  std::string templateName;
  std::vector<SkeletonPoint> points;
  friend bool operator==(const Skeleton&, const Skeleton&) = default;
};
struct Arrow {
  ImagePoint from;
  ImagePoint to;
  friend bool operator==(const Arrow&, const Arrow&) = default;
};
/// Where a text note stands; its text is the label's `note`.
struct NoteAnchor {
  ImagePoint at;
  friend bool operator==(const NoteAnchor&, const NoteAnchor&) = default;
};

using Shape = std::variant<Box, RotatedBox, Ellipse, Polygon, Polyline, Points, Skeleton, Arrow, NoteAnchor, RunMask>;

/// "box", "rotated_box", "ellipse", "polygon", "polyline", "points", "skeleton", "arrow", "note", "mask".
[[nodiscard]] std::string_view kindName(const Shape& shape);
/// Smallest box around the shape; nothing for an empty mask.
[[nodiscard]] std::optional<Box> boundsOf(const Shape& shape);
/// Area in pixels (holes subtracted, set pixels of a mask); 0 for lines and points.
[[nodiscard]] double areaOf(const Shape& shape);
/// Signed area of a ring, positive when clockwise on screen.
[[nodiscard]] double signedArea(const Ring& ring);
/// Inside a filled shape, or within `reach` pixels of a border, line or point.
[[nodiscard]] bool hits(const Shape& shape, ImagePoint point, double reach);
/// Moved by (dx, dy) pixels; a mask moves by whole pixels and loses what leaves the image.
[[nodiscard]] Shape translated(const Shape& shape, double dx, double dy);
/// Finite numbers, positive sizes, rings of three points or more (lines: two), runs that add up; a mask must have
/// `imageSize`.
[[nodiscard]] Status check(const Shape& shape, ImageSize imageSize);
/// Between two shapes at fraction 0..1: boxes, rotated boxes, ellipses, points, lines and skeletons by value, polygons
/// with equal rings vertex by vertex, other polygons after resampling by arc length; a mask or a pair of kinds holds
/// `from`.
[[nodiscard]] Shape interpolate(const Shape& from, const Shape& to, double fraction);
/// A polygon (or anything with an outline) as the set of pixels whose centre is inside, even-odd over the rings of each
/// part, parts united; a centre on a left or top border is inside. Nothing for lines and points; a mask is cropped.
[[nodiscard]] RunMask rasterise(const Shape& shape, ImageSize size);

}  // namespace fiducial
