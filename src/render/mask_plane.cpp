#include "mask_plane.h"

#include <array>

#include "fiducial/core/bit_block.h"

namespace fiducial::render {
namespace {

constexpr int kEdge = kBrickSizeVoxels;

PixelRange common(PixelRange a, PixelRange b) { return {std::max(a.first, b.first), std::min(a.end, b.end)}; }
bool overlap(PixelRange a, PixelRange b) { return !common(a, b).empty(); }
void grow(PixelRange& range, PixelRange by) {
  range = range.empty() ? by : PixelRange{std::min(range.first, by.first), std::max(range.end, by.end)};
}

/// One brick that the plane cuts, and the pixels that it covers.
struct Cut {
  const Brick* brick;
  PixelRange across;
  PixelRange down;
};

struct BrickPlane {
  int across;  ///< voxel axes
  int down;
  int through;
  int local;  ///< index within the brick along `through`

  /// Pixels of one row of a brick along `across`, at `down` within the brick.
  [[nodiscard]] std::uint32_t row(const Brick& brick, int d) const {
    std::array<int, 3> at{};
    at[static_cast<std::size_t>(through)] = local;
    at[static_cast<std::size_t>(down)] = d;
    if (across == 0) return brick.rows[static_cast<std::size_t>(at[1] + kEdge * at[2])];
    std::uint32_t bits = 0;
    for (int a = 0; a < kEdge; ++a) {
      at[static_cast<std::size_t>(across)] = a;
      bits |= std::uint32_t{brick.at(at[0], at[1], at[2])} << a;
    }
    return bits;
  }
};

/// Calls f(column, firstRow, endRow) for the foreground inside `columns` and `rows`.
template <class F>
void forEachPiece(const RunMask& mask, PixelRange columns, PixelRange rows, F&& f) {
  const std::int64_t height = mask.size.rows;
  std::int64_t position = 0;
  for (std::size_t n = 0; n < mask.counts.size() && position < columns.end * height; ++n) {
    const std::int64_t end = position + mask.counts[n];
    if (n % 2 == 1) {
      for (std::int64_t at = std::max(position, columns.first * height); at < std::min(end, columns.end * height);) {
        const std::int64_t column = at / height, top = column * height;
        const std::int64_t pieceEnd = std::min(end, top + height);
        const PixelRange piece = common({static_cast<int>(at - top), static_cast<int>(pieceEnd - top)}, rows);
        if (!piece.empty()) f(static_cast<int>(column), piece.first, piece.end);
        at = pieceEnd;
      }
    }
    position = end;
  }
}

/// Bits (row a, pixel b) become (row b, pixel a).
BitRows turned(const BitRows& from, int rows, int pixels) {
  BitRows to(pixels, rows);
  BitBlock block;
  for (int top = 0; top < rows; top += 64) {
    for (int left = 0; left < pixels; left += 64) {
      std::uint64_t any = 0;
      for (int r = 0; r < 64; ++r) {
        const std::uint64_t word = top + r < rows ? from.row(top + r)[static_cast<std::size_t>(left / 64)] : 0;
        block[static_cast<std::size_t>(r)] = word;
        any |= word;
      }
      if (any == 0) continue;
      transpose(block);
      for (int c = 0; c < std::min(64, pixels - left); ++c) {
        to.row(left + c)[static_cast<std::size_t>(top / 64)] = block[static_cast<std::size_t>(c)];
      }
    }
  }
  return to;
}

}  // namespace

MaskPlane planeOf(const BrickVolume& bricks, const PlaneAxes& axes, int step, bool transpose, PixelRange visibleAcross,
                  PixelRange visibleDown) {
  const BrickPlane plane{transpose ? axes.axisY : axes.axisX, transpose ? axes.axisX : axes.axisY, axes.axisStep,
                         step % kEdge};
  MaskPlane mask;
  if (step < 0) return mask;
  std::vector<Cut> cuts;
  for (const auto& [index, brick] : bricks.bricks()) {
    const std::array<int, 3> at = {index.bi, index.bj, index.bk};
    const int a = at[static_cast<std::size_t>(plane.across)] * kEdge,
              d = at[static_cast<std::size_t>(plane.down)] * kEdge;
    const Cut cut{brick.get(), {a, a + kEdge}, {d, d + kEdge}};
    if (at[static_cast<std::size_t>(plane.through)] != step / kEdge) continue;
    if (!overlap(cut.across, visibleAcross) || !overlap(cut.down, visibleDown)) continue;
    cuts.push_back(cut);
    grow(mask.across, cut.across);
    grow(mask.down, cut.down);
  }
  if (cuts.empty()) return mask;
  mask.bits = BitRows(mask.down.length(), mask.across.length());
  for (const Cut& cut : cuts) {
    const int left = cut.across.first - mask.across.first;  // a multiple of 32: a brick's row is half of one word
    for (int d = 0; d < kEdge; ++d) {
      const std::uint64_t row = plane.row(*cut.brick, d);
      mask.bits.row(cut.down.first - mask.down.first + d)[static_cast<std::size_t>(left / 64)] |= row << (left % 64);
    }
  }
  return mask;
}

MaskPlane planeOf(const RunMask& mask, bool transpose, PixelRange visibleAcross, PixelRange visibleDown) {
  const auto rect = bounds(mask);
  if (!rect) return {};
  const PixelRange columns = common({rect->left, rect->right}, transpose ? visibleDown : visibleAcross);
  const PixelRange rows = common({rect->top, rect->bottom}, transpose ? visibleAcross : visibleDown);
  if (columns.empty() || rows.empty()) return {};
  BitRows byColumn(columns.length(), rows.length());
  forEachPiece(mask, columns, rows, [&](int column, int first, int end) {
    setBits(byColumn.row(column - columns.first), first - rows.first, end - rows.first);
  });
  if (transpose) return {rows, columns, std::move(byColumn)};
  return {columns, rows, turned(byColumn, columns.length(), rows.length())};
}

}  // namespace fiducial::render
