#include "fiducial/render/picture_renderer.h"

#include <algorithm>
#include <cmath>

#include "fiducial/runtime/thread_pool.h"
#include "pixel_rows.h"
#include "row_reader.h"
#include "screen_axis.h"

namespace fiducial::render {
namespace {

constexpr std::uint32_t kGround = 0xFF000000U;
constexpr double kJoinBelowZoom = 0.5;
constexpr std::int64_t kSmallPixels = 200 * 200;  ///< waking a thread costs more than these

/// For each screen pixel of `range` the source column at or before it and the way to the next one, 0..1.
struct Taps {
  PixelRange range;
  std::vector<int> index;
  std::vector<float> fraction;

  /// True where each screen pixel is one source column, side by side: nothing to mix.
  [[nodiscard]] bool isStraight() const {
    for (std::size_t n = 0; n < index.size(); ++n) {
      if (fraction[n] != 0 || index[n] != index[0] + static_cast<int>(n)) return false;
    }
    return true;
  }
};

/// Blocks of 2, 4, 8... pixels that are shown as one where the picture is made much smaller.
int joinFor(double scale) {
  int join = 1;
  while (std::abs(scale) * join < kJoinBelowZoom && join < 1024) join *= 2;
  return join;
}

Taps tapsFor(const ScreenAxis& axis, int screenPixels, int join, int sourcePixels, Interpolation interpolation) {
  Taps taps;
  taps.range = screenRange(axis, 0, axis.picturePixels, screenPixels);
  for (int s = taps.range.first; s < taps.range.end; ++s) {
    const double at = axis.toPicture(s + 0.5) / join;
    const double wanted = interpolation == Interpolation::Nearest ? std::floor(at) : at - 0.5;
    const double before = std::floor(wanted);
    const double clamped = std::clamp(before, interpolation == Interpolation::Nearest ? 0.0 : -1.0, sourcePixels - 1.0);
    taps.index.push_back(static_cast<int>(clamped));
    taps.fraction.push_back(static_cast<float>(wanted - before));
  }
  return taps;
}

/// Everything that all bands of one drawing share.
struct Drawing {
  const RowReader& reader;
  Taps across;
  Taps down;
  PixelRange columns;  ///< of the source, that are looked at; `across.index` counts from its first
  bool isStraight;     ///< across: columns are shown as they are
  Raster& target;

  [[nodiscard]] std::uint32_t* row(int y) const { return target.pixels.data() + std::ptrdiff_t{y} * target.width; }
};

/// Rows of the source stretched to the screen's width; keeps the last two, which neighbouring screen rows share.
class StretchedRows {
 public:
  explicit StretchedRows(const Drawing& drawing) : drawing_(drawing) {
    const auto floats = static_cast<std::size_t>(drawing.reader.floatsPerColumn());
    light_.resize(floats * static_cast<std::size_t>(drawing.columns.length()));
    for (Slot& slot : slots_) slot.row.resize(floats * static_cast<std::size_t>(drawing.across.range.length()));
  }
  /// Valid until the call after the next.
  const float* at(int row) {
    for (Slot& slot : slots_) {
      if (slot.source == row) return last_ = &slot, slot.row.data();
    }
    Slot& slot = last_ == &slots_[0] ? slots_[1] : slots_[0];
    fill(slot, row);
    last_ = &slot;
    return slot.row.data();
  }

 private:
  struct Slot {
    int source = -1;
    std::vector<float> row;
  };
  void fill(Slot& slot, int row) {
    slot.source = row;
    const Taps& across = drawing_.across;
    if (drawing_.isStraight) {
      const int first = drawing_.columns.first + across.index.front();
      return drawing_.reader.read(row, {first, first + across.range.length()}, slot.row);
    }
    drawing_.reader.read(row, drawing_.columns, light_);
    const auto stretch = drawing_.reader.channels() == 1 ? stretchRow : stretchColor;
    stretch(light_.data(), across.index.data(), across.fraction.data(), across.range.length(), slot.row.data());
  }
  const Drawing& drawing_;
  std::vector<float> light_;
  Slot slots_[2];
  Slot* last_ = nullptr;
};

void drawInside(const Drawing& drawing, int y, StretchedRows& rows) {
  const auto n = static_cast<std::size_t>(y - drawing.down.range.first);
  const int lastRow = drawing.reader.rows() - 1;
  const float fraction = drawing.down.fraction[n];
  const float* const above = rows.at(std::max(drawing.down.index[n], 0));
  const float* const below = fraction == 0 ? above : rows.at(std::min(drawing.down.index[n] + 1, lastRow));
  const int width = drawing.across.range.length();
  std::uint32_t* const out = drawing.row(y) + drawing.across.range.first;
  const auto pack = drawing.reader.channels() == 1 ? packGray : packColor;
  pack(above, below, fraction, width, out);
}

void drawBand(const Drawing& drawing, int firstRow, int endRow) {
  StretchedRows rows(drawing);
  const PixelRange inside = drawing.across.range;
  const int width = drawing.target.width;
  for (int y = firstRow; y < endRow; ++y) {
    std::uint32_t* const out = drawing.row(y);
    if (inside.empty() || y < drawing.down.range.first || y >= drawing.down.range.end) {
      std::fill_n(out, width, kGround);
      continue;
    }
    std::fill_n(out, inside.first, kGround);
    drawInside(drawing, y, rows);
    std::fill(out + inside.end, out + width, kGround);
  }
}

}  // namespace

void Raster::resize(int w, int h) {
  width = std::max(w, 0);
  height = std::max(h, 0);
  pixels.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
}

void renderPicture(const PictureView& view, const ViewTransform& transform, Raster& target) {
  const ScreenAxes axes = screenAxesOf(transform, pictureSize(view.axes, view.values.size()));
  const bool isSquares = transform.zoom() >= view.squaresFromZoom || view.interpolation == Interpolation::Nearest;
  const Interpolation interpolation = isSquares ? Interpolation::Nearest : Interpolation::Linear;
  const int joinAcross = isSquares ? 1 : joinFor(axes.across.scale),
            joinDown = isSquares ? 1 : joinFor(axes.down.scale);
  const RowReader reader(view, axes.transpose, joinAcross, joinDown);
  if (!reader.isValid()) {
    std::ranges::fill(target.pixels, kGround);
    return;
  }
  Drawing drawing{reader,
                  tapsFor(axes.across, target.width, joinAcross, reader.columns(), interpolation),
                  tapsFor(axes.down, target.height, joinDown, reader.rows(), interpolation),
                  {},
                  false,
                  target};
  if (!drawing.across.index.empty()) {
    const auto [least, most] = std::ranges::minmax(drawing.across.index);
    drawing.columns = {least, most + 2};  // a tap looks at its next column too
    for (int& index : drawing.across.index) index -= least;
    drawing.isStraight = drawing.across.isStraight();
  }
  const int band = std::max(16, target.height / 16);
  const auto bands = static_cast<std::size_t>((target.height + band - 1) / band);
  const bool isSmall = std::int64_t{target.width} * target.height < kSmallPixels;
  runtime::parallelFor(
      bands,
      [&](std::size_t n) {
        const int first = static_cast<int>(n) * band;
        drawBand(drawing, first, std::min(first + band, target.height));
      },
      {}, isSmall ? 1 : 0);
}

}  // namespace fiducial::render
