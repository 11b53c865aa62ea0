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
    case Shutter::Shape::Bitmap:
      return true;  // hideBitmap()
    case Shutter::Shape::Polygon:
      break;
  }
  return isInside(shutter.outline, p);
}

/// The bits of a shutter that is a picture itself.
void hideBitmap(const Shutter& shutter, ImageSize picture, std::vector<std::uint8_t>& hidden) {
  const std::vector<std::uint8_t> bits = decodeRuns(shutter.hidden);
  const int left = static_cast<int>(shutter.left), top = static_cast<int>(shutter.top);
  const ImageSize size = shutter.hidden.size;
  for (int y = std::max(0, -top); y < std::min(size.rows, picture.rows - top); ++y) {
    for (int x = std::max(0, -left); x < std::min(size.columns, picture.columns - left); ++x) {
      const std::size_t from = static_cast<std::size_t>(y) * static_cast<std::size_t>(size.columns);
      const std::size_t to = static_cast<std::size_t>(y + top) * static_cast<std::size_t>(picture.columns);
      hidden[to + static_cast<std::size_t>(x + left)] |= bits[from + static_cast<std::size_t>(x)];
    }
  }
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
  for (const Shutter& shutter : presentation.shutters) {
    if (shutter.shape == Shutter::Shape::Bitmap) hideBitmap(shutter, picture, hidden);
  }
  return encodeRuns(hidden, picture);
}

bool isForPicture(const PresentationView& presentation, int n) {
  return presentation.pictures.empty() || std::ranges::find(presentation.pictures, n) != presentation.pictures.end();
}

}  // namespace fiducial::workspace
