// Bricks to and from run lengths over the whole volume.
#include <algorithm>
#include <string>

#include "fiducial/core/bricks.h"

namespace fiducial {
namespace {

constexpr int kEdge = kBrickSizeVoxels;
constexpr int kLargestEdge = 1 << 20;
constexpr std::uint64_t kLargestSlice = std::uint64_t{1} << 32;

int brickCount(int voxels) { return (voxels + kEdge - 1) / kEdge; }

class VolumeRunWriter {
 public:
  void append(bool on, std::uint64_t count) {
    if (count == 0) return;
    if (on != current_) {
      counts_.push_back(length_);
      length_ = 0;
      current_ = on;
    }
    length_ += count;
  }
  /// `count` <= 32 bits of one row.
  void append(std::uint32_t bits, int count) {
    while (count > 0) {
      const bool on = bits & 1U;
      const int same = std::min(on ? std::countr_one(bits) : std::countr_zero(bits), count);
      append(on, static_cast<std::uint64_t>(same));
      count -= same;
      bits = same < kEdge ? bits >> same : 0;
    }
  }
  std::vector<std::uint64_t> finish() {
    counts_.push_back(length_);
    return std::move(counts_);
  }

 private:
  std::vector<std::uint64_t> counts_;
  std::uint64_t length_ = 0;
  bool current_ = false;
};

/// The bricks of one layer (32 slices), bi fastest, bj after it; null where absent.
template <class Pointer>
struct BrickLayer {
  BrickLayer(VolumeSize size)
      : across(brickCount(size.columns)), bricks(static_cast<std::size_t>(across * brickCount(size.rows))) {}
  Pointer& at(int bi, int bj) { return bricks[static_cast<std::size_t>(bi + across * bj)]; }
  std::span<Pointer> row(int bj) {
    return std::span(bricks).subspan(static_cast<std::size_t>(across * bj), static_cast<std::size_t>(across));
  }
  int across;
  std::vector<Pointer> bricks;
};

using ReadLayer = BrickLayer<const Brick*>;
using WriteLayer = BrickLayer<std::shared_ptr<Brick>>;

void appendRow(std::span<const Brick* const> bricks, int columns, std::size_t row, VolumeRunWriter& runs) {
  for (const Brick* brick : bricks) {
    runs.append(brick ? brick->rows[row] : 0U, std::min(columns, kEdge));
    columns -= kEdge;
  }
}

void appendLayer(ReadLayer& layer, VolumeSize size, int slices, VolumeRunWriter& runs) {
  std::vector<bool> used;
  for (int bj = 0; bj < brickCount(size.rows); ++bj) {
    used.push_back(std::ranges::any_of(layer.row(bj), [](const Brick* b) { return b != nullptr; }));
  }
  for (int k = 0; k < slices; ++k) {
    for (int j = 0; j < size.rows; ++j) {
      if (used[static_cast<std::size_t>(j / kEdge)]) {
        appendRow(layer.row(j / kEdge), size.columns, static_cast<std::size_t>(j % kEdge + kEdge * k), runs);
      } else {
        runs.append(false, static_cast<std::uint64_t>(size.columns));
      }
    }
  }
}

/// Fills the layers in ascending order of slices, which is the order of runs.
class LayerFiller {
 public:
  explicit LayerFiller(VolumeSize size) : volume_(size), layer_(size) {}
  void fill(std::uint64_t first, std::uint64_t end) {
    const auto columns = static_cast<std::uint64_t>(volume_.size().columns);
    const auto rows = static_cast<std::uint64_t>(volume_.size().rows);
    while (first < end) {
      const std::uint64_t row = first / columns;
      const std::uint64_t rowEnd = std::min(end, (row + 1) * columns);
      fillRow(static_cast<int>(first - row * columns), static_cast<int>(rowEnd - row * columns),
              static_cast<int>(row % rows), static_cast<int>(row / rows));
      first = rowEnd;
    }
  }
  BrickVolume finish() {
    flush();
    return std::move(volume_);
  }

 private:
  void fillRow(int first, int end, int j, int k) {
    if (k / kEdge != bk_) {
      flush();
      bk_ = k / kEdge;
    }
    const auto row = static_cast<std::size_t>(j % kEdge + kEdge * (k % kEdge));
    while (first < end) {
      const int bi = first / kEdge;
      const int pieceEnd = std::min(end, (bi + 1) * kEdge);
      auto& brick = layer_.at(bi, j / kEdge);
      if (!brick) brick = std::make_shared<Brick>();
      const int count = pieceEnd - first;
      brick->rows[row] |= (count == kEdge ? ~0U : (1U << count) - 1U) << (first % kEdge);
      first = pieceEnd;
    }
  }
  void flush() {
    for (std::size_t n = 0; n < layer_.bricks.size(); ++n) {
      auto& brick = layer_.bricks[n];
      if (!brick) continue;
      const int position = static_cast<int>(n);
      volume_.setBrick({position % layer_.across, position / layer_.across, bk_}, std::move(brick));
      brick.reset();
    }
  }
  BrickVolume volume_;
  WriteLayer layer_;
  int bk_ = 0;
};

}  // namespace

std::vector<std::uint64_t> encodeVolumeRuns(const BrickVolume& volume) {
  const VolumeSize size = volume.size();
  std::vector<ReadLayer> layers(static_cast<std::size_t>(brickCount(size.slices)), ReadLayer(size));
  std::vector<bool> used(layers.size());
  for (const auto& [index, brick] : volume.bricks()) {
    layers[static_cast<std::size_t>(index.bk)].at(index.bi, index.bj) = brick.get();
    used[static_cast<std::size_t>(index.bk)] = true;
  }
  VolumeRunWriter runs;
  const std::uint64_t slicePixels = static_cast<std::uint64_t>(size.columns) * static_cast<std::uint64_t>(size.rows);
  for (std::size_t bk = 0; bk < layers.size(); ++bk) {
    const int slices = std::min(kEdge, size.slices - static_cast<int>(bk) * kEdge);
    if (used[bk]) {
      appendLayer(layers[bk], size, slices, runs);
    } else {
      runs.append(false, slicePixels * static_cast<std::uint64_t>(slices));
    }
  }
  return runs.finish();
}

Result<BrickVolume> decodeVolumeRuns(VolumeSize size, std::span<const std::uint64_t> counts) {
  if (size.columns <= 0 || size.rows <= 0 || size.slices <= 0) {
    return Error{ErrorCode::Invalid, "a segmentation needs a positive size", {}, {}};
  }
  // Bounds the table of bricks of one layer, and keeps the product of three ints within 64 bits.
  const std::uint64_t slicePixels = static_cast<std::uint64_t>(size.columns) * static_cast<std::uint64_t>(size.rows);
  if (std::max(size.columns, size.rows) > kLargestEdge || slicePixels > kLargestSlice) {
    return Error{ErrorCode::Invalid, "a segmentation has at most 2^32 voxels in a slice", {}, {}};
  }
  const std::uint64_t voxels = slicePixels * static_cast<std::uint64_t>(size.slices);
  std::uint64_t sum = 0;
  for (const std::uint64_t count : counts) {
    if (count > voxels - sum) {
      return Error{ErrorCode::Invalid,
                   "the runs add up to more than the " + std::to_string(voxels) + " voxels of the volume",
                   {},
                   {}};
    }
    sum += count;
  }
  if (sum != voxels) {
    return Error{ErrorCode::Invalid,
                 "the runs add up to " + std::to_string(sum) + ", the volume has " + std::to_string(voxels) + " voxels",
                 {},
                 {}};
  }
  LayerFiller filler(size);
  std::uint64_t position = 0;
  for (std::size_t n = 0; n < counts.size(); ++n) {
    if (n % 2 == 1) filler.fill(position, position + counts[n]);
    position += counts[n];
  }
  return filler.finish();
}

}  // namespace fiducial
