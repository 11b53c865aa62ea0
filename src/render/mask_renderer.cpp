// Masks over a picture: each band of the screen is filled with bits, the bits are eaten away ring by ring for the
// outline, and what is left of each ring is blended.
#include <algorithm>
#include <cmath>

#include "bit_rows.h"
#include "fiducial/render/picture_renderer.h"
#include "fiducial/runtime/thread_pool.h"
#include "mask_plane.h"
#include "pixel_rows.h"
#include "screen_axis.h"

namespace fiducial::render {
namespace {

constexpr int kLeftMargin = 64;  ///< pixels left of the screen, so that no outline runs along its edge
constexpr int kMostRings = 32;
constexpr int kBandRows = 64;

/// One layer, ready to be drawn.
struct Overlay {
  ScreenAxes axes;
  MaskPlane plane;
  std::uint32_t color = 0;
  double fill = 0;
  double outlinePx = 0;
  [[nodiscard]] int rings() const { return static_cast<int>(std::ceil(outlinePx)); }
};

/// Screen pixels that show picture pixels [first, end). Made smaller, each picture pixel still has a screen pixel, so
/// that nothing labelled disappears.
PixelRange shownBy(const ScreenAxis& axis, int first, int end, PixelRange limit) {
  double low, high;
  if (std::abs(axis.scale) >= 1) {
    const double a = axis.toScreen(first), b = axis.toScreen(end);
    low = std::ceil(std::min(a, b) - 0.5);
    high = std::ceil(std::max(a, b) - 0.5);
  } else {
    const double a = axis.toScreen(first + 0.5), b = axis.toScreen(end - 0.5);
    low = std::floor(std::min(a, b));
    high = std::floor(std::max(a, b)) + 1;
  }
  const auto bound = [&](double edge) { return static_cast<int>(std::clamp<double>(edge, limit.first, limit.end)); };
  return {bound(low), bound(high)};
}

/// Picture pixels along an axis that stand for screen pixel `screen`; the inverse of shownBy().
PixelRange shownAt(const ScreenAxis& axis, int screen, PixelRange limit) {
  if (std::abs(axis.scale) >= 1) {
    const double at = std::clamp<double>(std::floor(axis.toPicture(screen + 0.5)), limit.first - 1, limit.end);
    const int pixel = static_cast<int>(at);
    return pixel < limit.first || pixel >= limit.end ? PixelRange{} : PixelRange{pixel, pixel + 1};
  }
  PixelRange range;
  const double a = axis.toPicture(screen), b = axis.toPicture(screen + 1);
  const auto bound = [&](double edge) { return static_cast<int>(std::clamp<double>(edge, limit.first, limit.end)); };
  range.first = bound(std::floor(std::min(a, b)));
  range.end = bound(std::ceil(std::max(a, b)));
  // The same rounding as shownBy(), so that none falls between two screen pixels.
  const auto isHere = [&](int pixel) { return std::floor(axis.toScreen(pixel + 0.5)) == screen; };
  while (!range.empty() && !isHere(range.first)) ++range.first;
  while (!range.empty() && !isHere(range.end - 1)) --range.end;
  return range;
}

/// The screen rows [first, end) of a layer as bits; bit n is screen column n - kLeftMargin.
BitRows screenBits(const Overlay& overlay, int first, int end, int width) {
  const PixelRange columns{-kLeftMargin, width + kLeftMargin};
  BitRows screen(end - first, columns.length());
  PixelRange before;  // picture rows of the screen row above
  for (int y = first; y < end; ++y) {
    const PixelRange rows = shownAt(overlay.axes.down, y, overlay.plane.down);
    const auto out = screen.row(y - first);
    if (y > first && rows == before) {
      std::ranges::copy(screen.row(y - first - 1), out.begin());
      continue;
    }
    for (int row = rows.first; row < rows.end; ++row) {
      forEachRun(overlay.plane.bits.row(row - overlay.plane.down.first), [&](int from, int to) {
        const int left = overlay.plane.across.first;
        const PixelRange span = shownBy(overlay.axes.across, left + from, left + to, columns);
        setBits(out, span.first + kLeftMargin, span.end + kLeftMargin);
      });
    }
    before = rows;
  }
  return screen;
}

/// What is left when every pixel with a neighbour outside (left, right, above, below) is taken away.
void erode(const BitRows& from, int rows, BitRows& to) {
  const std::size_t last = from.wordsPerRow - 1;
  for (int y = 0; y < rows; ++y) {
    const auto out = to.row(y);
    if (y == 0 || y == rows - 1) {
      std::ranges::fill(out, 0);  // beyond what is drawn
      continue;
    }
    const auto row = from.row(y), above = from.row(y - 1), below = from.row(y + 1);
    for (std::size_t w = 0; w <= last; ++w) {
      const std::uint64_t right = row[w] >> 1 | (w < last ? row[w + 1] << 63 : 0);
      const std::uint64_t left = row[w] << 1 | (w > 0 ? row[w - 1] >> 63 : 0);
      out[w] = row[w] & left & right & above[w] & below[w];
    }
  }
}

/// Blends the set bits of one row that are on the screen.
void blendBits(std::span<const std::uint64_t> bits, std::uint32_t color, double opacity, Raster& target, int y) {
  const auto strength = static_cast<unsigned>(std::lround(std::clamp(opacity, 0.0, 1.0) * 256));
  if (strength == 0) return;
  std::uint32_t* const line = target.pixels.data() + std::ptrdiff_t{y} * target.width;
  forEachRun(bits, [&](int first, int end) {
    const int left = std::max(first - kLeftMargin, 0), right = std::min(end - kLeftMargin, target.width);
    if (left < right) blendRow(color, strength, right - left, line + left);
  });
}

void drawBand(const Overlay& overlay, PixelRange band, Raster& target) {
  const int rings = overlay.rings();
  const int first = band.first - rings, rows = band.length() + 2 * rings;
  BitRows inside = screenBits(overlay, first, first + rows, target.width);
  BitRows eroded = inside, ring = inside;
  for (int n = 0; n < rings; ++n) {
    erode(inside, rows, eroded);
    for (std::size_t w = 0; w < inside.words.size(); ++w) ring.words[w] = inside.words[w] & ~eroded.words[w];
    const double cover = std::min(1.0, overlay.outlinePx - n);
    const double opacity = cover + (1 - cover) * overlay.fill;  // the fill shows through a ring that is not opaque
    for (int y = band.first; y < band.end; ++y) blendBits(ring.row(y - first), overlay.color, opacity, target, y);
    std::swap(inside, eroded);
  }
  for (int y = band.first; y < band.end; ++y) blendBits(inside.row(y - first), overlay.color, overlay.fill, target, y);
}

/// Picture pixels in sight, and a little more for the outlines.
PixelRange inSight(const ScreenAxis& axis, int screenPixels) {
  const double a = axis.toPicture(-kMostRings - 1), b = axis.toPicture(screenPixels + kMostRings + 1);
  const auto bound = [&](double edge) { return static_cast<int>(std::clamp<double>(edge, 0, axis.picturePixels)); };
  if (std::isnan(a) || std::isnan(b)) return {};
  return {bound(std::floor(std::min(a, b))), bound(std::ceil(std::max(a, b)))};
}

Overlay overlayOf(const MaskLayer& layer, const PlaneAxes& axes, int step, const ViewTransform& transform,
                  const Raster& target) {
  Overlay overlay;
  overlay.color = std::uint32_t{layer.color.r} << 16 | std::uint32_t{layer.color.g} << 8 | layer.color.b;
  overlay.fill = layer.fill;
  overlay.outlinePx = std::clamp(layer.outlinePx, 0.0, double(kMostRings));
  if (!layer.bricks && !layer.mask) return overlay;
  const ImageSize picture = layer.bricks ? pictureSize(axes, layer.bricks->size()) : layer.mask->size;
  overlay.axes = screenAxesOf(transform, picture);
  const PixelRange across = inSight(overlay.axes.across, target.width);
  const PixelRange down = inSight(overlay.axes.down, target.height);
  overlay.plane = layer.bricks ? planeOf(*layer.bricks, axes, step, overlay.axes.transpose, across, down)
                               : planeOf(*layer.mask, overlay.axes.transpose, across, down);
  return overlay;
}

}  // namespace

void renderMasks(std::span<const MaskLayer> layers, const PlaneAxes& axes, int step, const ViewTransform& transform,
                 Raster& target) {
  if (target.width <= 0 || target.height <= 0) return;
  std::vector<Overlay> overlays(layers.size());
  runtime::parallelFor(layers.size(),
                       [&](std::size_t n) { overlays[n] = overlayOf(layers[n], axes, step, transform, target); });
  std::erase_if(overlays, [](const Overlay& overlay) { return overlay.plane.empty(); });
  if (overlays.empty()) return;
  const auto bands = static_cast<std::size_t>((target.height + kBandRows - 1) / kBandRows);
  runtime::parallelFor(bands, [&](std::size_t n) {
    const int top = static_cast<int>(n) * kBandRows;
    const PixelRange band{top, std::min(top + kBandRows, target.height)};
    for (const Overlay& overlay : overlays) {
      const PixelRange& down = overlay.plane.down;
      const PixelRange rows = shownBy(overlay.axes.down, down.first, down.end, {0, target.height});
      const PixelRange part{std::max(rows.first, band.first), std::min(rows.end, band.end)};
      if (!part.empty()) drawBand(overlay, part, target);
    }
  });
}

}  // namespace fiducial::render
