// Numbers of the oblique matrix come from numpy (matrix product, linalg.inv, linalg.det, column norms).
#include "fiducial/core/affine.h"

#include <gtest/gtest.h>

namespace fiducial {
namespace {

const Affine kOblique({{{0.8, -0.1, 0.4, -120.5}, {0.15, 0.75, -0.9, -88.25}, {-0.05, 0.35, 2.6, 40.0}, {0, 0, 0, 1}}});

TEST(Affine, MapsAVoxelAsNumpyDoes) {
  const PatientPoint p = kOblique.voxelToPatient(Voxel{10, 20, 30});
  EXPECT_NEAR(p.x, -102.5, 1e-9);
  EXPECT_NEAR(p.y, -98.75, 1e-9);
  EXPECT_NEAR(p.z, 124.5, 1e-9);
}

TEST(Affine, InverseIsThatOfNumpy) {
  const auto v = kOblique.patientToVoxel({1.5, -2.25, 100});
  ASSERT_TRUE(v);
  EXPECT_NEAR(v->i, 158.36918991, 1e-7);
  EXPECT_NEAR(v->j, 98.43824701, 1e-7);
  EXPECT_NEAR(v->k, 12.87118194, 1e-7);
}

TEST(Affine, InverseUndoesTheMapForTinyAndHugeVoxels) {
  for (const double mm : {1e-6, 1.0, 1e6}) {
    const Affine affine({{{mm, 0, 0, 3}, {0, -mm, 0, 4}, {0, 0, 2 * mm, 5}, {0, 0, 0, 1}}});
    const auto back = affine.patientToVoxel(affine.voxelToPatient(VoxelPoint{7.25, -3, 11.5}));
    ASSERT_TRUE(back) << mm;
    EXPECT_NEAR(back->i, 7.25, 1e-6);
    EXPECT_NEAR(back->j, -3, 1e-6);
    EXPECT_NEAR(back->k, 11.5, 1e-6);
  }
}

TEST(Affine, FlatOrBrokenMatrixHasNoInverse) {
  const Affine flat({{{1, 2, 3, 0}, {2, 4, 6, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}}});
  EXPECT_FALSE(flat.patientToVoxel({}));
  EXPECT_FALSE(Affine({{{0, 0, 0, 0}, {0, 0, 0, 0}, {0, 0, 0, 0}, {0, 0, 0, 1}}}).patientToVoxel({}));
  const Affine notANumber({{{std::nan(""), 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}}});
  EXPECT_FALSE(notANumber.patientToVoxel({}));
}

TEST(Affine, SpacingDirectionAndVolumeAreThoseOfTheColumns) {
  const auto spacing = kOblique.spacingMm();
  EXPECT_NEAR(spacing[0], 0.81547532, 1e-8);
  EXPECT_NEAR(spacing[1], 0.8336666, 1e-7);
  EXPECT_NEAR(spacing[2], 2.78028775, 1e-8);
  EXPECT_NEAR(kOblique.voxelVolumeMm3(), 1.8825, 1e-12);
  const auto direction = Affine({{{0, -2, 0, 0}, {3, 0, 0, 0}, {0, 0, 4, 0}, {0, 0, 0, 1}}}).direction(1);
  EXPECT_EQ(direction, (std::array<double, 3>{-1, 0, 0}));
}

TEST(Affine, ShearIsFoundBeyondItsTolerance) {
  const auto tilted = [](double radians) {
    return Affine({{{1, 0, 0, 0}, {0, 1, std::sin(radians), 0}, {0, 0, std::cos(radians), 0}, {0, 0, 0, 1}}});
  };
  EXPECT_FALSE(Affine().isSheared());
  EXPECT_FALSE(tilted(0.0005).isSheared());
  EXPECT_TRUE(tilted(0.002).isSheared());
  EXPECT_FALSE(tilted(0.002).isSheared(0.01));
}

TEST(Affine, FlippingTwiceGivesTheSameAndNoNegativeZero) {
  const Affine flipped = kOblique.flippedXY();
  EXPECT_EQ(flipped.rows()[0][3], 120.5);
  EXPECT_EQ(flipped.rows()[2][3], 40.0);
  EXPECT_EQ(flipped.flippedXY(), kOblique);
  EXPECT_FALSE(std::signbit(Affine().flippedXY().rows()[0][1]));
}

}  // namespace
}  // namespace fiducial
