#include "fiducial/core/shape.h"

#include <gtest/gtest.h>

#include <limits>
#include <numbers>

namespace fiducial {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr ImageSize kImage{100, 80};

const Ring kSquare = {{10, 10}, {30, 10}, {30, 30}, {10, 30}};
const Ring kHole = {{15, 15}, {15, 25}, {25, 25}, {25, 15}};
const Polygon kFrame{{{kSquare, kHole}}};
const RunMask kMask{{4, 3}, {4, 1, 7}};  // pixel (1, 1)

TEST(Shape, EveryKindHasItsName) {
  EXPECT_EQ(kindName(Box{}), "box");
  EXPECT_EQ(kindName(RotatedBox{}), "rotated_box");
  EXPECT_EQ(kindName(Ellipse{}), "ellipse");
  EXPECT_EQ(kindName(Polygon{}), "polygon");
  EXPECT_EQ(kindName(Polyline{}), "polyline");
  EXPECT_EQ(kindName(Points{}), "points");
  EXPECT_EQ(kindName(Skeleton{}), "skeleton");
  EXPECT_EQ(kindName(Arrow{}), "arrow");
  EXPECT_EQ(kindName(NoteAnchor{}), "note");
  EXPECT_EQ(kindName(RunMask{}), "mask");
}

TEST(Shape, BoundsOfTurnedShapes) {
  const auto quarter = boundsOf(RotatedBox{{50, 40}, 20, 10, 90});
  EXPECT_EQ(quarter, (Box{45, 30, 10, 20}));
  const auto diagonal = boundsOf(RotatedBox{{0, 0}, 2, 2, 45});
  EXPECT_NEAR(diagonal->width, 2 * std::numbers::sqrt2, 1e-12);
  EXPECT_EQ(boundsOf(Ellipse{{10, 20}, 6, 3, 90}), (Box{7, 14, 6, 12}));
  const auto leaning = boundsOf(Ellipse{{0, 0}, 5, 5, 33});
  EXPECT_NEAR(leaning->width, 10, 1e-12);
}

TEST(Shape, BoundsOfPointsAndMasks) {
  EXPECT_EQ(boundsOf(kFrame), (Box{10, 10, 20, 20}));
  EXPECT_EQ(boundsOf(Arrow{{5, 9}, {1, 2}}), (Box{1, 2, 4, 7}));
  EXPECT_EQ(boundsOf(kMask), (Box{1, 1, 1, 1}));
  EXPECT_FALSE(boundsOf(RunMask{{4, 3}, {12}}));
  EXPECT_FALSE(boundsOf(Polygon{}));
  const Skeleton skeleton{"s", {{{1, 1}}, {{0, 0}, Visibility::Absent}, {{3, 5}, Visibility::Hidden}}};
  EXPECT_EQ(boundsOf(skeleton), (Box{1, 1, 2, 4}));  // the absent point stands nowhere
}

TEST(Shape, AreasSubtractHolesWhateverTheirDirection) {
  EXPECT_EQ(areaOf(kFrame), 300);
  Polygon reversed = kFrame;
  std::ranges::reverse(reversed.parts[0][1]);
  EXPECT_EQ(areaOf(reversed), 300);
  EXPECT_EQ(areaOf(Box{1, 2, 3, 4}), 12);
  EXPECT_EQ(areaOf(RotatedBox{{0, 0}, 3, 4, 17}), 12);
  EXPECT_NEAR(areaOf(Ellipse{{0, 0}, 2, 3, 0}), 6 * std::numbers::pi, 1e-12);
  EXPECT_EQ(areaOf(kMask), 1);
  EXPECT_EQ(areaOf(Polyline{kSquare}), 0);
}

TEST(Shape, SignedAreaIsPositiveClockwiseOnScreen) {
  EXPECT_EQ(signedArea(kSquare), 400);
  EXPECT_EQ(signedArea(kHole), -100);
  EXPECT_EQ(signedArea({}), 0);
  const double far = 1e9;  // the products of absolute coordinates would lose the area
  EXPECT_NEAR(signedArea({{far, far}, {far + 0.5, far}, {far + 0.5, far + 0.5}, {far, far + 0.5}}), 0.25, 1e-6);
}

TEST(Shape, HitsInsideAndNearBorders) {
  EXPECT_TRUE(hits(kFrame, {12, 20}, 0));
  EXPECT_FALSE(hits(kFrame, {20, 20}, 2));  // in the hole
  EXPECT_TRUE(hits(kFrame, {16, 20}, 1.5));
  EXPECT_TRUE(hits(kFrame, {8.5, 20}, 2));
  EXPECT_FALSE(hits(kFrame, {8.5, 20}, 1));
  EXPECT_TRUE(hits(RotatedBox{{50, 40}, 20, 4, 45}, {56, 46}, 0));
  EXPECT_FALSE(hits(RotatedBox{{50, 40}, 20, 4, 45}, {56, 34}, 0));  // clockwise, so the other diagonal
  EXPECT_TRUE(hits(Ellipse{{0, 0}, 10, 2, 90}, {0, 9}, 0));
  EXPECT_FALSE(hits(Ellipse{{0, 0}, 10, 2, 90}, {9, 0}, 1));
}

TEST(Shape, HitsLinesPointsAndMasks) {
  const Polyline line{{{0, 0}, {10, 0}, {10, 10}}};
  EXPECT_TRUE(hits(line, {5, 1}, 1));
  EXPECT_FALSE(hits(line, {5, 5}, 1));  // no edge closes it
  EXPECT_TRUE(hits(Points{{{3, 3}}}, {3, 4}, 1));
  EXPECT_TRUE(hits(Arrow{{0, 0}, {4, 4}}, {2, 2}, 0.1));
  EXPECT_TRUE(hits(NoteAnchor{{1, 1}}, {1, 2}, 1));
  EXPECT_FALSE(hits(Skeleton{"s", {{{3, 3}, Visibility::Absent}}}, {3, 3}, 1));
  EXPECT_TRUE(hits(kMask, {1.5, 1.5}, 0));
  EXPECT_FALSE(hits(kMask, {2.5, 1.5}, 0));
  EXPECT_TRUE(hits(kMask, {2.5, 1.5}, 0.5));
}

TEST(Shape, NothingIsHitByWhatIsNotANumber) {
  for (const Shape& shape : {Shape{Box{0, 0, 10, 10}}, Shape{kFrame}, Shape{kMask}, Shape{Ellipse{{0, 0}, 5, 5, 0}}}) {
    EXPECT_FALSE(hits(shape, {kNan, 5}, 100)) << kindName(shape);
    EXPECT_FALSE(hits(shape, {5, kInfinity}, 100)) << kindName(shape);
  }
  EXPECT_FALSE(hits(Polygon{{{{{kNan, 0}, {1, kInfinity}, {2, 2}}}}}, {1, 1}, 0));
  EXPECT_FALSE(hits(Polygon{{{{}}, {}}}, {1, 1}, 5));
}

TEST(Shape, TranslationMovesAllPoints) {
  EXPECT_EQ(translated(Box{1, 2, 3, 4}, 5, -1), Shape(Box{6, 1, 3, 4}));
  EXPECT_EQ(std::get<Polygon>(translated(kFrame, 1, 1)).parts[0][1][0], (ImagePoint{16, 16}));
  EXPECT_EQ(translated(Arrow{{0, 0}, {1, 1}}, 1, 2), Shape(Arrow{{1, 2}, {2, 3}}));
}

TEST(Shape, AMaskMovesByWholePixelsAndLosesWhatLeavesTheImage) {
  EXPECT_EQ(boundsOf(translated(kMask, 1.4, 0.6)), (Box{2, 2, 1, 1}));
  EXPECT_EQ(areaOf(translated(kMask, 3, 0)), 0);
  EXPECT_EQ(areaOf(translated(kMask, -1e300, 1e300)), 0);
  EXPECT_EQ(translated(kMask, kNan, kNan), Shape(kMask));
}

TEST(Shape, CheckTakesSoundShapes) {
  const std::vector<Shape> sound = {Box{-5, -5, 500, 1},
                                    RotatedBox{{0, 0}, 1, 1, -720},
                                    Ellipse{{0, 0}, 1, 1, 0},
                                    kFrame,
                                    Polyline{{{0, 0}, {1, 1}}},
                                    Points{{{0, 0}}},
                                    Skeleton{"s", {{{0, 0}, Visibility::Absent}}},
                                    Arrow{},
                                    NoteAnchor{},
                                    RunMask{kImage, {8000}}};
  for (const Shape& shape : sound) EXPECT_TRUE(check(shape, kImage)) << kindName(shape);
}

TEST(Shape, CheckRefusesWhatIsNotFinite) {
  const std::vector<Shape> broken = {Box{kNan, 0, 1, 1},
                                     Box{0, 0, kInfinity, 1},
                                     Box{1e308, 0, 1e308, 1},
                                     RotatedBox{{0, 0}, 1, 1, kNan},
                                     Ellipse{{0, kInfinity}, 1, 1, 0},
                                     Polygon{{{{{0, 0}, {1, 0}, {kNan, 1}}}}},
                                     Polyline{{{0, 0}, {kNan, 1}}},
                                     Points{{{kInfinity, 0}}},
                                     Skeleton{"s", {{{kNan, 0}}}},
                                     Arrow{{0, 0}, {kNan, 0}},
                                     NoteAnchor{{kInfinity, 0}}};
  for (const Shape& shape : broken) {
    const Status status = check(shape, kImage);
    ASSERT_FALSE(status) << kindName(shape);
    EXPECT_EQ(status.error().code, ErrorCode::Invalid);
  }
}

TEST(Shape, CheckRefusesWhatIsEmpty) {
  const std::vector<Shape> broken = {Box{0, 0, 0, 1},
                                     Box{0, 0, 1, -1},
                                     RotatedBox{{0, 0}, 0, 1, 0},
                                     Ellipse{{0, 0}, 1, 0, 0},
                                     Polygon{},
                                     Polygon{{{}}},
                                     Polygon{{{{{0, 0}, {1, 1}}}}},
                                     Polyline{{{0, 0}}},
                                     Points{},
                                     Skeleton{"s", {}},
                                     Skeleton{"", {{{0, 0}}}},
                                     Skeleton{"s", {{{0, 0}, static_cast<Visibility>(3)}}},
                                     RunMask{kImage, {7999}},
                                     RunMask{{80, 100}, {8000}},
                                     RunMask{}};
  for (const Shape& shape : broken) EXPECT_FALSE(check(shape, kImage)) << kindName(shape);
}

}  // namespace
}  // namespace fiducial
