#include <algorithm>
#include <cmath>

#include "fiducial/render/plane_view.h"

namespace fiducial::render {
namespace {

constexpr double kLeastZoom = 0.01;
constexpr double kMostZoom = 64;

double clampedZoom(double zoom) { return std::isfinite(zoom) ? std::clamp(zoom, kLeastZoom, kMostZoom) : 1.0; }
double soundAspect(double aspect) { return std::isfinite(aspect) && aspect > 0 ? aspect : 1.0; }

}  // namespace

ViewTransform::ViewTransform(PlaneAxes axes, ImageSize picture, double pixelAspect, double zoom,
                             ScreenPoint centerOnScreen, ImagePoint centerInPicture)
    : axes_(axes),
      picture_(picture),
      pixelAspect_(soundAspect(pixelAspect)),
      zoom_(std::isfinite(zoom) && zoom > 0 ? zoom : 1.0),
      centerOnScreen_(centerOnScreen),
      centerInPicture_(centerInPicture) {}

ViewTransform ViewTransform::fitted(PlaneAxes axes, ImageSize picture, double pixelAspect, double viewWidth,
                                    double viewHeight, double marginPx) {
  const double aspect = soundAspect(pixelAspect);
  double width = std::max(picture.columns, 1);
  double height = std::max(picture.rows, 1) * aspect;
  if (axes.transpose) std::swap(width, height);
  const double zoom = std::min((viewWidth - 2 * marginPx) / width, (viewHeight - 2 * marginPx) / height);
  return {axes,
          picture,
          aspect,
          clampedZoom(zoom),
          {viewWidth / 2, viewHeight / 2},
          {picture.columns / 2.0, picture.rows / 2.0}};
}

std::array<double, 6> ViewTransform::matrix() const {
  const double alongX = zoom_, alongY = zoom_ * pixelAspect_;
  double m00 = alongX, m01 = 0, m10 = 0, m11 = alongY;
  if (axes_.transpose) m00 = 0, m01 = alongY, m10 = alongX, m11 = 0;
  if (axes_.flipX) m00 = -m00, m01 = -m01;
  if (axes_.flipY) m10 = -m10, m11 = -m11;
  return {m00, m01, centerOnScreen_.x - m00 * centerInPicture_.x - m01 * centerInPicture_.y,
          m10, m11, centerOnScreen_.y - m10 * centerInPicture_.x - m11 * centerInPicture_.y};
}

ScreenPoint ViewTransform::toScreen(ImagePoint p) const {
  const auto m = matrix();
  return {m[0] * p.x + m[1] * p.y + m[2], m[3] * p.x + m[4] * p.y + m[5]};
}

ImagePoint ViewTransform::toPicture(ScreenPoint s) const {
  const auto m = matrix();
  const double x = s.x - m[2], y = s.y - m[5];
  if (axes_.transpose) return {y / m[3], x / m[1]};
  return {x / m[0], y / m[4]};
}

ViewTransform ViewTransform::zoomedAt(ScreenPoint anchor, double factor) const {
  ViewTransform zoomed = *this;
  zoomed.zoom_ = clampedZoom(zoom_ * factor);
  const double ratio = zoomed.zoom_ / zoom_;
  zoomed.centerOnScreen_ = {anchor.x + (centerOnScreen_.x - anchor.x) * ratio,
                            anchor.y + (centerOnScreen_.y - anchor.y) * ratio};
  return zoomed;
}

ViewTransform ViewTransform::panned(double dx, double dy) const {
  ViewTransform moved = *this;
  moved.centerOnScreen_ = {centerOnScreen_.x + dx, centerOnScreen_.y + dy};
  return moved;
}

ViewTransform ViewTransform::scaled(double devicePixelRatio) const {
  ViewTransform device = *this;
  device.zoom_ *= devicePixelRatio;
  device.centerOnScreen_ = {centerOnScreen_.x * devicePixelRatio, centerOnScreen_.y * devicePixelRatio};
  return device;
}

}  // namespace fiducial::render
