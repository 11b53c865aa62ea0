// The numbers of a shape that can be typed: a box's corner and size, an ellipse's centre, radii and angle.
#pragma once

#include <QString>
#include <vector>

#include "fiducial/core/shape.h"

namespace fiducial::ui {

struct ShapeNumber {
  QString name;  ///< "x", "width", "angle"
  QString unit;  ///< " px", "°"
  double value = 0;
  bool positive = false;
};

/// Empty for shapes without such numbers (polygons, points, masks).
[[nodiscard]] std::vector<ShapeNumber> numbersOf(const Shape& shape);
/// The shape with the n-th of its numbers changed.
[[nodiscard]] Shape withNumber(Shape shape, std::size_t n, double value);

}  // namespace fiducial::ui
