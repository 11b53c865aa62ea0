// A box about its centre in its own directions: what boxes, rotated boxes and ellipses have in common for handles.
#pragma once

#include <cmath>
#include <numbers>

#include "fiducial/core/shape.h"

namespace fiducial::edit {

struct RotatedFrame {
  ImagePoint center;
  double halfWidth = 0;
  double halfHeight = 0;
  double degrees = 0;  ///< clockwise on screen

  /// From the box's own directions, measured from its centre.
  [[nodiscard]] ImagePoint toImage(ImagePoint own) const {
    const double angle = degrees * std::numbers::pi / 180;
    const double c = std::cos(angle);
    const double s = std::sin(angle);
    return {center.x + c * own.x - s * own.y, center.y + s * own.x + c * own.y};
  }
  [[nodiscard]] ImagePoint toOwn(ImagePoint p) const {
    const double angle = degrees * std::numbers::pi / 180;
    const double c = std::cos(angle);
    const double s = std::sin(angle);
    const ImagePoint d = p - center;
    return {c * d.x + s * d.y, c * d.y - s * d.x};
  }
};

inline RotatedFrame frameOf(const Box& box) { return {box.center(), box.width / 2, box.height / 2, 0}; }
inline RotatedFrame frameOf(const RotatedBox& box) { return {box.center, box.width / 2, box.height / 2, box.degrees}; }
inline RotatedFrame frameOf(const Ellipse& e) { return {e.center, e.radiusX, e.radiusY, e.degrees}; }

}  // namespace fiducial::edit
