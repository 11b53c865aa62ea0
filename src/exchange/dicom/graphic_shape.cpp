#include "dicom/graphic_shape.h"

#include <cmath>
#include <numbers>

namespace fiducial::exchange {
namespace {

constexpr double kSamePoint = 1e-3;  // pixels: coordinates are 32-bit floats

Shape lineOf(std::vector<ImagePoint> points) {
  if (points.size() >= 4 && distance(points.front(), points.back()) < kSamePoint) {
    points.pop_back();
    return Polygon{{{std::move(points)}}};
  }
  return Polyline{std::move(points)};
}

/// The curve through the points that the standard leaves to the reader: Catmull-Rom, so that each point is on it.
std::vector<ImagePoint> curveThrough(const std::vector<ImagePoint>& points) {
  constexpr int kSteps = 8;
  std::vector<ImagePoint> curve;
  for (std::size_t n = 0; n + 1 < points.size(); ++n) {
    const ImagePoint a = points[n == 0 ? 0 : n - 1], b = points[n], c = points[n + 1];
    const ImagePoint d = points[n + 2 < points.size() ? n + 2 : n + 1];
    for (int step = 0; step < kSteps; ++step) {
      const double t = double(step) / kSteps, t2 = t * t, t3 = t2 * t;
      const double wa = -0.5 * t3 + t2 - 0.5 * t, wb = 1.5 * t3 - 2.5 * t2 + 1, wc = -1.5 * t3 + 2 * t2 + 0.5 * t,
                   wd = 0.5 * t3 - 0.5 * t2;
      curve.push_back({wa * a.x + wb * b.x + wc * c.x + wd * d.x, wa * a.y + wb * b.y + wc * c.y + wd * d.y});
    }
  }
  curve.push_back(points.back());
  return curve;
}

std::optional<Shape> ellipseOf(const std::vector<ImagePoint>& points) {
  const ImagePoint majorA = points[0], majorB = points[1];
  Ellipse ellipse;
  ellipse.center = {(majorA.x + majorB.x) / 2, (majorA.y + majorB.y) / 2};
  ellipse.radiusX = distance(majorA, majorB) / 2;
  ellipse.radiusY = distance(points[2], points[3]) / 2;
  ellipse.degrees = std::atan2(majorB.y - majorA.y, majorB.x - majorA.x) * 180 / std::numbers::pi;
  if (ellipse.radiusX <= 0 || ellipse.radiusY <= 0) return std::nullopt;
  return ellipse;
}

}  // namespace

std::optional<Shape> shapeOfGraphic(const std::string& type, std::vector<ImagePoint> points) {
  for (const ImagePoint& p : points) {
    if (!std::isfinite(p.x) || !std::isfinite(p.y)) return std::nullopt;
  }
  if ((type == "POINT" || type == "MULTIPOINT") && !points.empty()) return Points{std::move(points)};
  if ((type == "POLYLINE" || type == "POLYGON") && points.size() >= 2) return lineOf(std::move(points));
  if (type == "INTERPOLATED" && points.size() >= 2) return lineOf(curveThrough(points));
  if (type == "CIRCLE" && points.size() >= 2) {
    const double radius = distance(points[0], points[1]);
    if (radius > 0) return Ellipse{points[0], radius, radius, 0};
  }
  if (type == "ELLIPSE" && points.size() >= 4) return ellipseOf(points);
  return std::nullopt;
}

}  // namespace fiducial::exchange
