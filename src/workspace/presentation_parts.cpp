#include "presentation_parts.h"

#include <algorithm>
#include <vector>

namespace fiducial::workspace {
namespace {

/// Even-odd rule.
bool isInside(const std::vector<ImagePoint>& outline, ImagePoint p) {
  bool inside = false;
  for (std::size_t n = 0, before = outline.size() - 1; n < outline.size(); before = n++) {
    const ImagePoint a = outline[n], b = outline[before];
    if ((a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x) inside = !inside;
  }
  return inside;
}

bool shows(const Shutter& shutter, ImagePoint p) {
  switch (shutter.shape) {
    case Shutter::Shape::Rectangle:
      return p.x >= shutter.left && p.x <= shutter.right && p.y >= shutter.top && p.y <= shutter.bottom;
    case Shutter::Shape::Circle: {
      const double dx = p.x - shutter.center.x, dy = p.y - shutter.center.y;
      return dx * dx + dy * dy <= shutter.radius * shutter.radius;
    }
    case Shutter::Shape::Polygon:
      break;
  }
  return isInside(shutter.outline, p);
}

}  // namespace

render::PlaneAxes axesOf(const PresentationView& presentation) {
  render::PlaneAxes axes;
  axes.transpose = presentation.rotation == 90 || presentation.rotation == 270;
  axes.flipX = presentation.rotation == 90 || presentation.rotation == 180;
  axes.flipY = presentation.rotation == 180 || presentation.rotation == 270;
  if (presentation.flip) axes.flipX = !axes.flipX;
  return axes;
}

bool isSpatial(const PresentationView& presentation, ImageSize picture) {
  if (presentation.rotation != 0 || presentation.flip) return true;
  if (!presentation.area) return false;
  return *presentation.area != Box{0, 0, double(picture.columns), double(picture.rows)};
}

RunMask hiddenBy(const PresentationView& presentation, ImageSize picture) {
  std::vector<std::uint8_t> hidden(static_cast<std::size_t>(picture.pixels()));
  std::size_t n = 0;
  for (int y = 0; y < picture.rows; ++y) {
    for (int x = 0; x < picture.columns; ++x, ++n) {
      const ImagePoint center{x + 0.5, y + 0.5};
      const auto shown = [&](const Shutter& shutter) { return shows(shutter, center); };
      hidden[n] = std::ranges::all_of(presentation.shutters, shown) ? 0 : 1;
    }
  }
  return encodeRuns(hidden, picture);
}

bool isForPicture(const PresentationView& presentation, int n) {
  return presentation.pictures.empty() || std::ranges::find(presentation.pictures, n) != presentation.pictures.end();
}

}  // namespace fiducial::workspace
