// Graphics of reports and presentation states as shapes. Source: DICOM PS3.3 C.10.5.1.2, C.18.6.1.1.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "fiducial/core/shape.h"

namespace fiducial::exchange {

/// POINT, MULTIPOINT, POLYLINE, INTERPOLATED, CIRCLE and ELLIPSE; nothing where there are too few points. A line whose
/// ends meet is a polygon. Frame: image pixels.
[[nodiscard]] std::optional<Shape> shapeOfGraphic(const std::string& type, std::vector<ImagePoint> points);

}  // namespace fiducial::exchange
