// One axis of the screen and the picture axis that runs along it. Views never turn by anything but quarter turns, so
// that columns and rows of the screen can be looked up separately.
#pragma once

#include <algorithm>
#include <cmath>

#include "fiducial/render/plane_view.h"

namespace fiducial::render {

/// screen = scale * picture + offset, in device pixels. `picturePixels`: length of the picture along this axis.
struct ScreenAxis {
  double scale = 1;
  double offset = 0;
  int picturePixels = 0;

  [[nodiscard]] double toPicture(double screen) const { return (screen - offset) / scale; }
  [[nodiscard]] double toScreen(double picture) const { return scale * picture + offset; }
};

/// Half-open range of whole pixels.
struct PixelRange {
  int first = 0;
  int end = 0;
  friend bool operator==(const PixelRange&, const PixelRange&) = default;
  [[nodiscard]] bool empty() const { return end <= first; }
  [[nodiscard]] int length() const { return end - first; }
};

/// Whole numbers whose centre (n + 0.5) lies in [low, high), within 0..limit.
inline PixelRange centresIn(double low, double high, int limit) {
  if (std::isnan(low) || std::isnan(high)) return {};
  const auto bound = [&](double edge) {
    return static_cast<int>(std::ceil(std::clamp(edge - 0.5, 0.0, double(limit))));
  };
  return {bound(low), bound(high)};
}

/// Screen pixels, within 0..limit, whose centre shows the picture pixels [first, end).
inline PixelRange screenRange(const ScreenAxis& axis, double first, double end, int limit) {
  const double a = axis.toScreen(first), b = axis.toScreen(end);
  return centresIn(std::min(a, b), std::max(a, b), limit);
}

struct ScreenAxes {
  ScreenAxis across;
  ScreenAxis down;
  bool transpose = false;  ///< picture y runs across
};

inline ScreenAxes screenAxesOf(const ViewTransform& transform, ImageSize picture) {
  const auto m = transform.matrix();
  if (m[1] != 0) return {{m[1], m[2], picture.rows}, {m[3], m[5], picture.columns}, true};
  return {{m[0], m[2], picture.columns}, {m[4], m[5], picture.rows}, false};
}

}  // namespace fiducial::render
