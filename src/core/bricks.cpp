#include "fiducial/core/bricks.h"

#include <algorithm>
#include <atomic>

namespace fiducial {
namespace {

constexpr int kEdge = kBrickSizeVoxels;

/// Bits [first, end) of one row of a brick.
std::uint32_t rowBits(int first, int end) {
  const int count = end - first;
  const std::uint32_t ones = count >= kEdge ? ~0U : (1U << count) - 1U;
  return ones << first;
}

/// How much of a brick lies inside the volume along one axis.
int extentOf(int brick, int voxels) { return std::clamp(voxels - brick * kEdge, 0, kEdge); }

/// A brick that may be changed: the same one where nobody else holds it, else a copy, else a new one.
Brick& writable(BrickPointer& pointer) {
  if (!pointer) {
    pointer = std::make_shared<Brick>();
  } else if (pointer.use_count() != 1) {
    pointer = std::make_shared<Brick>(*pointer);
  } else {
    std::atomic_thread_fence(std::memory_order_acquire);  // after the last other owner's release
  }
  return const_cast<Brick&>(*pointer);  // bricks are never const objects, and this one is ours alone
}

/// The brick without bits outside the volume; the same pointer where there are none.
BrickPointer clipped(const BrickPointer& brick, int ni, int nj, int nk) {
  if (ni == kEdge && nj == kEdge && nk == kEdge) return brick;
  Brick inside;
  for (int k = 0; k < nk; ++k) {
    for (int j = 0; j < nj; ++j) {
      const auto row = static_cast<std::size_t>(j + kEdge * k);
      inside.rows[row] = brick->rows[row] & rowBits(0, ni);
    }
  }
  return inside == *brick ? brick : std::make_shared<Brick>(inside);
}

}  // namespace

std::int64_t Brick::count() const {
  std::int64_t sum = 0;
  for (const std::uint32_t row : rows) sum += std::popcount(row);
  return sum;
}

bool Brick::isEmpty() const {
  return std::ranges::all_of(rows, [](std::uint32_t row) { return row == 0; });
}

bool BrickVolume::at(Voxel v) const {
  if (!size_.contains(v)) return false;
  const auto found = bricks_.find(brickOf(v));
  return found != bricks_.end() && found->second->at(v.i % kEdge, v.j % kEdge, v.k % kEdge);
}

void BrickVolume::set(Voxel v, bool on) { fillRow(v.i, v.i + 1, v.j, v.k, on); }

void BrickVolume::fillRow(int first, int last, int j, int k, bool on) {
  if (j < 0 || k < 0 || j >= size_.rows || k >= size_.slices) return;
  first = std::max(first, 0);
  last = std::min(last, size_.columns);
  const auto row = static_cast<std::size_t>(j % kEdge + kEdge * (k % kEdge));
  while (first < last) {
    const BrickIndex index = brickOf({first, j, k});
    const int end = std::min(last, (index.bi + 1) * kEdge);
    const std::uint32_t bits = rowBits(first % kEdge, first % kEdge + end - first);
    first = end;
    const auto found = bricks_.find(index);
    if (found == bricks_.end()) {
      if (on) writable(bricks_[index]).rows[row] = bits;
      continue;
    }
    const std::uint32_t before = found->second->rows[row];
    const std::uint32_t after = on ? before | bits : before & ~bits;
    if (after == before) continue;
    writable(found->second).rows[row] = after;
    if (after == 0 && found->second->isEmpty()) bricks_.erase(found);
  }
}

BrickPointer BrickVolume::brick(BrickIndex index) const {
  const auto found = bricks_.find(index);
  return found == bricks_.end() ? nullptr : found->second;
}

void BrickVolume::setBrick(BrickIndex index, BrickPointer brick) {
  if (index.bi < 0 || index.bj < 0 || index.bk < 0) return;
  const int ni = extentOf(index.bi, size_.columns);
  const int nj = extentOf(index.bj, size_.rows);
  const int nk = extentOf(index.bk, size_.slices);
  if (ni == 0 || nj == 0 || nk == 0) return;
  if (brick) brick = clipped(brick, ni, nj, nk);
  if (!brick || brick->isEmpty()) {
    bricks_.erase(index);
  } else {
    bricks_[index] = std::move(brick);
  }
}

std::int64_t BrickVolume::count() const {
  std::int64_t sum = 0;
  for (const auto& [index, brick] : bricks_) sum += brick->count();
  return sum;
}

std::vector<std::uint8_t> BrickVolume::slice(int k) const {
  std::vector<std::uint8_t> pixels(static_cast<std::size_t>(std::int64_t{size_.columns} * size_.rows));
  if (k < 0 || k >= size_.slices) return pixels;
  for (const auto& [index, brick] : bricks_) {
    if (index.bk != k / kEdge) continue;
    const int nj = extentOf(index.bj, size_.rows);
    for (int j = 0; j < nj; ++j) {
      std::uint32_t row = brick->rows[static_cast<std::size_t>(j + kEdge * (k % kEdge))];
      auto* out = pixels.data() + std::int64_t{index.bj * kEdge + j} * size_.columns + index.bi * kEdge;
      for (; row != 0; row &= row - 1) out[std::countr_zero(row)] = 1;
    }
  }
  return pixels;
}

bool operator==(const BrickVolume& a, const BrickVolume& b) {
  return a.size_ == b.size_ && std::ranges::equal(a.bricks_, b.bricks_, [](const auto& x, const auto& y) {
           return x.first == y.first && (x.second == y.second || *x.second == *y.second);
         });
}

}  // namespace fiducial
