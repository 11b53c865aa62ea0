// The voxels of one segment: 32^3 bricks that are absent, full, or 4 KB of bits. Copy-on-write and shared.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <vector>

#include "fiducial/core/geometry.h"
#include "fiducial/core/result.h"

namespace fiducial {

constexpr int kBrickSizeVoxels = 32;  ///< edge of a brick; in every project file, never changes

/// Bit (i + 32*j + 1024*k) of brick-local (i,j,k); one 32-bit word is one row along i.
struct Brick {
  std::array<std::uint32_t, kBrickSizeVoxels * kBrickSizeVoxels> rows{};
  friend bool operator==(const Brick&, const Brick&) = default;
  [[nodiscard]] bool at(int i, int j, int k) const {
    return (rows[static_cast<std::size_t>(j + kBrickSizeVoxels * k)] >> i) & 1U;
  }
  void set(int i, int j, int k, bool on) {
    auto& row = rows[static_cast<std::size_t>(j + kBrickSizeVoxels * k)];
    const std::uint32_t bit = 1U << i;
    row = on ? (row | bit) : (row & ~bit);
  }
  [[nodiscard]] std::int64_t count() const;
  [[nodiscard]] bool isEmpty() const;
};

/// Null is an absent (empty) brick. Made with make_shared<Brick>, never <const Brick>: a BrickVolume changes a brick
/// that it alone holds in place.
using BrickPointer = std::shared_ptr<const Brick>;

/// Brick coordinates: voxel index / 32 along i, j, k.
struct BrickIndex {
  int bi = 0;
  int bj = 0;
  int bk = 0;
  friend auto operator<=>(const BrickIndex&, const BrickIndex&) = default;
};

[[nodiscard]] inline BrickIndex brickOf(Voxel v) {
  return {v.i / kBrickSizeVoxels, v.j / kBrickSizeVoxels, v.k / kBrickSizeVoxels};
}

/// A set of voxels of one volume. Bricks on the far border have bits outside the volume; they are always 0.
/// Thread: not safe to change; copies are cheap to read (bricks are shared).
class BrickVolume {
 public:
  BrickVolume() = default;
  explicit BrickVolume(VolumeSize size) : size_(size) {}

  [[nodiscard]] VolumeSize size() const { return size_; }
  [[nodiscard]] bool at(Voxel v) const;
  /// Writes one voxel (slow path: tools write rows).
  void set(Voxel v, bool on);
  /// Sets or clears voxels [first, last) of row (j, k); clipped to the volume.
  void fillRow(int first, int last, int j, int k, bool on);
  [[nodiscard]] BrickPointer brick(BrickIndex index) const;
  /// Null or all-zero removes the brick.
  void setBrick(BrickIndex index, BrickPointer brick);
  [[nodiscard]] const std::map<BrickIndex, BrickPointer>& bricks() const { return bricks_; }
  [[nodiscard]] std::int64_t count() const;
  [[nodiscard]] bool isEmpty() const { return bricks_.empty(); }
  /// Plane k as row-major bytes 0/1, columns x rows.
  [[nodiscard]] std::vector<std::uint8_t> slice(int k) const;
  friend bool operator==(const BrickVolume&, const BrickVolume&);

 private:
  VolumeSize size_;
  std::map<BrickIndex, BrickPointer> bricks_;  ///< never holds null or an all-zero brick
};

/// Run lengths over the whole volume, i fastest, background first: `runs` of the command line's segmentation value.
[[nodiscard]] std::vector<std::uint64_t> encodeVolumeRuns(const BrickVolume& volume);
/// Errors: Invalid if the runs do not add up to the volume.
[[nodiscard]] Result<BrickVolume> decodeVolumeRuns(VolumeSize size, std::span<const std::uint64_t> counts);

}  // namespace fiducial
