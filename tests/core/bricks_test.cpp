// Bricks against a plain array of voxels that is written the same way, on sizes that do not divide by 32.
#include "fiducial/core/bricks.h"

#include <gtest/gtest.h>

#include <random>

namespace fiducial {
namespace {

constexpr VolumeSize kSize{70, 45, 37};

struct PlainVolume {
  VolumeSize size = kSize;
  std::vector<std::uint8_t> voxels = std::vector<std::uint8_t>(static_cast<std::size_t>(kSize.voxels()));
  std::uint8_t& at(int i, int j, int k) {
    return voxels[static_cast<std::size_t>((k * size.rows + j) * size.columns + i)];
  }
  [[nodiscard]] std::vector<std::uint64_t> runs() const {
    std::vector<std::uint64_t> counts = {0};
    std::uint8_t current = 0;
    for (const std::uint8_t voxel : voxels) {
      if (voxel != current) counts.push_back(0);
      current = voxel;
      ++counts.back();
    }
    return counts;
  }
};

struct Pair {
  BrickVolume bricks{kSize};
  PlainVolume plain;
};
Pair randomRows(unsigned seed) {
  Pair pair;
  std::mt19937 random(seed);
  const auto below = [&](int limit) { return static_cast<int>(random() % static_cast<unsigned>(limit)); };
  for (int n = 0; n < 3000; ++n) {
    const int j = below(kSize.rows), k = below(kSize.slices);
    const int first = below(kSize.columns + 20) - 10, last = first + below(60);
    const bool on = below(3) != 0;
    pair.bricks.fillRow(first, last, j, k, on);
    for (int i = std::max(first, 0); i < std::min(last, kSize.columns); ++i) pair.plain.at(i, j, k) = on;
  }
  return pair;
}

TEST(Bricks, RowsAreFilledAsInAPlainVolume) {
  auto [bricks, plain] = randomRows(7);
  EXPECT_EQ(bricks.count(), std::ranges::count(plain.voxels, 1));
  for (int k = 0; k < kSize.slices; ++k) {
    const auto first = plain.voxels.begin() + std::ptrdiff_t{k} * kSize.columns * kSize.rows;
    ASSERT_EQ(bricks.slice(k), std::vector<std::uint8_t>(first, first + kSize.columns * kSize.rows)) << k;
  }
  EXPECT_EQ(bricks.at({3, 4, 5}), plain.at(3, 4, 5) == 1);
}

TEST(Bricks, RunsRoundTrip) {
  auto [bricks, plain] = randomRows(8);
  const auto runs = encodeVolumeRuns(bricks);
  EXPECT_EQ(runs, plain.runs());
  const auto back = decodeVolumeRuns(kSize, runs);
  ASSERT_TRUE(back);
  EXPECT_EQ(*back, bricks);
}

TEST(Bricks, EmptyAndFullVolumesRoundTrip) {
  const auto voxels = static_cast<std::uint64_t>(kSize.voxels());
  EXPECT_EQ(encodeVolumeRuns(BrickVolume(kSize)), (std::vector<std::uint64_t>{voxels}));
  const auto full = decodeVolumeRuns(kSize, std::vector<std::uint64_t>{0, voxels});
  ASSERT_TRUE(full);
  EXPECT_EQ(full->count(), kSize.voxels());
  EXPECT_EQ(full->bricks().size(), 3U * 2U * 2U);
  EXPECT_EQ(encodeVolumeRuns(*full), (std::vector<std::uint64_t>{0, voxels}));
}

TEST(Bricks, RunsThatDoNotAddUpAreRefused) {
  using Runs = std::vector<std::uint64_t>;
  EXPECT_FALSE(decodeVolumeRuns({2, 2, 2}, Runs{7}));
  EXPECT_FALSE(decodeVolumeRuns({2, 2, 2}, Runs{9}));
  EXPECT_FALSE(decodeVolumeRuns({2, 2, 2}, Runs{~0ULL, 9}));  // 8 in 64 bits
  EXPECT_FALSE(decodeVolumeRuns({2, 2, 2}, Runs{}));
  EXPECT_FALSE(decodeVolumeRuns({0, 2, 2}, Runs{0}));
  EXPECT_FALSE(decodeVolumeRuns({2147483647, 2147483647, 2147483647}, Runs{1}));
  EXPECT_TRUE(decodeVolumeRuns({2, 2, 2}, Runs{8}));
}

TEST(Bricks, ABrickGoesWithItsLastVoxel) {
  BrickVolume volume(kSize);
  volume.set({40, 10, 3}, true);
  EXPECT_EQ(volume.bricks().size(), 1U);
  volume.set({40, 10, 3}, false);
  EXPECT_TRUE(volume.isEmpty());
  volume.set({40, 10, 3}, false);
  EXPECT_TRUE(volume.isEmpty());
}

TEST(Bricks, OutsideIsNeitherReadNorWritten) {
  BrickVolume volume(kSize);
  for (const Voxel v : {Voxel{-1, 0, 0}, {70, 0, 0}, {0, 45, 0}, {0, 0, 37}, {0, -1, 0}, {0, 0, -1}}) {
    volume.set(v, true);
    EXPECT_FALSE(volume.at(v));
  }
  EXPECT_TRUE(volume.isEmpty());
}

TEST(Bricks, BitsOutsideTheVolumeAreTakenFromABorderBrick) {
  auto full = std::make_shared<Brick>();
  full->rows.fill(~0U);
  BrickVolume volume(kSize);
  volume.setBrick({2, 1, 1}, full);
  EXPECT_EQ(volume.count(), (70 - 64) * (45 - 32) * (37 - 32));
  EXPECT_EQ(full->count(), 32 * 32 * 32);
  volume.setBrick({0, 0, 0}, full);
  EXPECT_EQ(volume.brick({0, 0, 0}), full);  // inside: shared, not copied
  volume.setBrick({0, 0, 0}, std::make_shared<Brick>());
  EXPECT_EQ(volume.brick({0, 0, 0}), nullptr);
  volume.setBrick({3, 0, 0}, full);  // there is no such brick
  EXPECT_EQ(volume.bricks().size(), 1U);
}

TEST(Bricks, AChangeLeavesCopiesAlone) {
  BrickVolume volume(kSize);
  volume.fillRow(0, 10, 0, 0, true);
  const BrickVolume copy = volume;
  const BrickPointer held = volume.brick({0, 0, 0});
  volume.fillRow(0, 20, 0, 0, true);
  EXPECT_EQ(copy.count(), 10);
  EXPECT_EQ(held->count(), 10);
  EXPECT_EQ(volume.count(), 20);
  EXPECT_NE(volume, copy);
}

}  // namespace
}  // namespace fiducial
