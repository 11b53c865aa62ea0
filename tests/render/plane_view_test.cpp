// Known orientations: a DICOM axial series (identity), a NIfTI axial one as nibabel's RAS gives it, sagittal and
// coronal acquisitions, and an oblique one.
#include "fiducial/render/plane_view.h"

#include <gtest/gtest.h>

#include <cmath>

namespace fiducial::render {
namespace {

/// Columns are the directions of i, j, k.
Affine affineOf(std::array<double, 3> i, std::array<double, 3> j, std::array<double, 3> k) {
  return Affine({{{i[0], j[0], k[0], 0}, {i[1], j[1], k[1], 0}, {i[2], j[2], k[2], 0}, {0, 0, 0, 1}}});
}
std::string lettersOf(const Affine& affine, Plane plane) {
  const auto letters = orientationLetters(planeAxesFor(affine, true, plane), affine, true);
  return letters.left + " " + letters.right + " " + letters.top + " " + letters.bottom;
}
constexpr auto kPlanes = {Plane::Stored, Plane::Axial, Plane::Sagittal, Plane::Coronal};

const Affine kDicomAxial = affineOf({0.5, 0, 0}, {0, 0.5, 0}, {0, 0, 3});
const Affine kNiftiAxial = affineOf({-1, 0, 0}, {0, -1, 0}, {0, 0, 1});  // RAS: i to the right, j to the front
const Affine kSagittal = affineOf({0, 1, 0}, {0, 0, -1}, {-1, 0, 0});
const Affine kCoronal = affineOf({1, 0, 0}, {0, 0, -1}, {0, 1, 0});
const Affine kTransposed = affineOf({0, 1, 0}, {1, 0, 0}, {0, 0, -1});  // rows run to the left, columns to the back

TEST(PlaneView, ADicomAxialSeriesIsShownAsItIs) {
  EXPECT_EQ(planeAxesFor(kDicomAxial, true, Plane::Stored), PlaneAxes{});
  EXPECT_EQ(planeAxesFor(kDicomAxial, true, Plane::Axial), PlaneAxes{});
  EXPECT_EQ(planeAxesFor(kDicomAxial, true, Plane::Coronal), (PlaneAxes{0, 2, 1, false, false, true}));
  EXPECT_EQ(planeAxesFor(kDicomAxial, true, Plane::Sagittal), (PlaneAxes{1, 2, 0, false, false, true}));
}

TEST(PlaneView, ANiftiSeriesIsTurnedForDisplayOnly) {
  EXPECT_EQ(planeAxesFor(kNiftiAxial, true, Plane::Stored), (PlaneAxes{0, 1, 2, false, true, true}));
  EXPECT_EQ(planeAxesFor(kNiftiAxial, true, Plane::Sagittal), (PlaneAxes{1, 2, 0, false, true, true}));
}

TEST(PlaneView, EveryAcquisitionIsShownTheRadiologicalWay) {
  for (const Affine& affine : {kDicomAxial, kNiftiAxial, kSagittal, kCoronal, kTransposed}) {
    EXPECT_EQ(lettersOf(affine, Plane::Axial), "R L A P");
    EXPECT_EQ(lettersOf(affine, Plane::Sagittal), "A P H F");
    EXPECT_EQ(lettersOf(affine, Plane::Coronal), "R L H F");
  }
  EXPECT_EQ(lettersOf(kSagittal, Plane::Stored), "A P H F");
  EXPECT_EQ(lettersOf(kCoronal, Plane::Stored), "R L H F");
  EXPECT_EQ(lettersOf(kTransposed, Plane::Stored), "R L A P");
}

TEST(PlaneView, StoredCoordinatesAreTheLabelsWhateverTheDisplay) {
  for (const Affine& affine : {kDicomAxial, kNiftiAxial, kSagittal, kCoronal, kTransposed}) {
    const PlaneAxes axes = planeAxesFor(affine, true, Plane::Stored);
    EXPECT_EQ(axes.axisX, 0);
    EXPECT_EQ(axes.axisY, 1);
    EXPECT_EQ(axes.axisStep, 2);
  }
  EXPECT_TRUE(planeAxesFor(kTransposed, true, Plane::Stored).transpose);
  // The plane of the acquisition has the same coordinates as the stored slices.
  EXPECT_EQ(planeAxesFor(kTransposed, true, Plane::Axial), planeAxesFor(kTransposed, true, Plane::Stored));
  EXPECT_EQ(planeAxesFor(kCoronal, true, Plane::Coronal), planeAxesFor(kCoronal, true, Plane::Stored));
}

TEST(PlaneView, ObliqueSlicesTakeTheNearestAxesAndSayWhereTheyLean) {
  const double c = std::cos(0.5), s = std::sin(0.5);  // 29 degrees about the left-right axis
  const Affine oblique = affineOf({1, 0, 0}, {0, c, s}, {0, -s, c});
  EXPECT_EQ(planeAxesFor(oblique, true, Plane::Axial), PlaneAxes{});
  EXPECT_EQ(lettersOf(oblique, Plane::Axial), "R L AF PH");
}

TEST(PlaneView, EachPlaneUsesEachAxisOnceEvenAtFortyFiveDegrees) {
  const double h = std::sqrt(0.5);
  for (const Affine& affine : {affineOf({h, h, 0}, {-h, h, 0}, {0, 0, 1}), affineOf({h, 0, h}, {0, 1, 0}, {-h, 0, h}),
                               Affine({{{0, 0, 0, 0}, {0, 0, 0, 0}, {0, 0, 0, 0}, {0, 0, 0, 1}}}),
                               affineOf({std::nan(""), 0, 0}, {0, 1, 0}, {0, 0, 1})}) {
    for (const Plane plane : kPlanes) {
      const PlaneAxes axes = planeAxesFor(affine, true, plane);
      EXPECT_EQ((1 << axes.axisX) + (1 << axes.axisY) + (1 << axes.axisStep), 7);
    }
  }
}

TEST(PlaneView, WithoutGeometryThePictureStaysAsItIs) {
  EXPECT_EQ(planeAxesFor(kNiftiAxial, false, Plane::Stored), PlaneAxes{});
  const auto letters = orientationLetters({}, kNiftiAxial, false);
  EXPECT_TRUE(letters.left.empty() && letters.top.empty());
}

TEST(PlaneView, SizesStepsAndSpacingFollowTheAxes) {
  const VolumeSize size{512, 400, 30};
  const PlaneAxes sagittal = planeAxesFor(kDicomAxial, true, Plane::Sagittal);
  EXPECT_EQ(pictureSize(sagittal, size), (ImageSize{400, 30}));
  EXPECT_EQ(stepCount(sagittal, size), 512);
  EXPECT_EQ(pixelSpacingMm(sagittal, kDicomAxial), (std::array<double, 2>{0.5, 3}));
}

TEST(PlaneView, PictureAndVoxelAreHalfAPixelApart) {
  const PlaneAxes coronal{0, 2, 1};
  const VoxelPoint voxel = pictureToVoxel(coronal, {0.5, 10.5}, 7);
  EXPECT_EQ(voxel, (VoxelPoint{0, 7, 10}));
  EXPECT_EQ(voxelToPicture(coronal, voxel), (ImagePoint{0.5, 10.5}));
}

TEST(ViewTransform, EveryTurnRoundTrips) {
  for (int turn = 0; turn < 8; ++turn) {
    const PlaneAxes axes{0, 1, 2, (turn & 1) != 0, (turn & 2) != 0, (turn & 4) != 0};
    const ViewTransform view(axes, {512, 300}, 1.7, 2.3, {400.25, 300.5}, {200, 100});
    for (const ImagePoint p : {ImagePoint{0, 0}, {511.5, 3.25}, {-40, 900}}) {
      const ImagePoint back = view.toPicture(view.toScreen(p));
      EXPECT_NEAR(back.x, p.x, 1e-9) << turn;
      EXPECT_NEAR(back.y, p.y, 1e-9) << turn;
    }
    EXPECT_NEAR(view.toScreen({200, 100}).x, 400.25, 1e-9) << turn;
    EXPECT_NEAR(view.toScreen({200, 100}).y, 300.5, 1e-9) << turn;
  }
}

TEST(ViewTransform, TransposesBeforeItFlips) {
  const ViewTransform plain({0, 1, 2, true, false, false}, {10, 20}, 2, 3, {0, 0}, {0, 0});
  EXPECT_EQ(plain.toScreen({1, 0}), (ScreenPoint{0, 3}));  // picture x runs down
  EXPECT_EQ(plain.toScreen({0, 1}), (ScreenPoint{6, 0}));  // picture y to the right, and is twice as long
  const ViewTransform flipped({0, 1, 2, true, true, false}, {10, 20}, 2, 3, {0, 0}, {0, 0});
  EXPECT_EQ(flipped.toScreen({0, 1}), (ScreenPoint{-6, 0}));
}

TEST(ViewTransform, FitsTheWholePictureIntoTheView) {
  const ViewTransform view = ViewTransform::fitted({}, {512, 256}, 1, 1044, 800, 10);
  EXPECT_DOUBLE_EQ(view.zoom(), 2);
  EXPECT_EQ(view.toScreen({0, 0}), (ScreenPoint{10, 144}));
  EXPECT_EQ(view.toScreen({512, 256}), (ScreenPoint{1034, 656}));
  // Tall pixels: 100 x 100 pixels of aspect 3 are 100 x 300.
  EXPECT_DOUBLE_EQ(ViewTransform::fitted({}, {100, 100}, 3, 600, 600).zoom(), 2);
  const PlaneAxes turned{0, 1, 2, true, false, false};
  EXPECT_DOUBLE_EQ(ViewTransform::fitted(turned, {100, 100}, 3, 600, 600).zoom(), 2);
  EXPECT_GT(ViewTransform::fitted({}, {0, 0}, 0, 0, 0).zoom(), 0);
  EXPECT_GT(ViewTransform::fitted({}, {10, 10}, std::nan(""), -5, 100, 50).zoom(), 0);
}

TEST(ViewTransform, ZoomKeepsThePointUnderTheAnchor) {
  const ViewTransform view({0, 1, 2, false, true, false}, {512, 512}, 1.3, 1, {300, 200}, {256, 256});
  const ScreenPoint anchor{77, 133};
  const ImagePoint before = view.toPicture(anchor);
  const ImagePoint after = view.zoomedAt(anchor, 3.7).toPicture(anchor);
  EXPECT_NEAR(after.x, before.x, 1e-9);
  EXPECT_NEAR(after.y, before.y, 1e-9);
  EXPECT_DOUBLE_EQ(view.zoomedAt(anchor, 1e9).zoom(), 64);
  EXPECT_DOUBLE_EQ(view.zoomedAt(anchor, 1e-9).zoom(), 0.01);
}

TEST(ViewTransform, PansAndScalesInScreenPixels) {
  const ViewTransform view({}, {100, 100}, 1, 2, {50, 50}, {50, 50});
  EXPECT_EQ(view.panned(5, -7).toScreen({50, 50}), (ScreenPoint{55, 43}));
  const ViewTransform device = view.scaled(1.5);
  const ScreenPoint logical = view.toScreen({10, 20});
  EXPECT_EQ(device.toScreen({10, 20}), (ScreenPoint{logical.x * 1.5, logical.y * 1.5}));
}

}  // namespace
}  // namespace fiducial::render
