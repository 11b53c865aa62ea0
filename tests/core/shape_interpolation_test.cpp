#include <gtest/gtest.h>

#include <numbers>

#include "fiducial/core/shape.h"

namespace fiducial {
namespace {

const Polygon kTriangle{{{{{0, 0}, {10, 0}, {0, 10}}}}};

TEST(Interpolation, BoxesGoByValue) {
  EXPECT_EQ(interpolate(Box{0, 0, 10, 20}, Box{10, -4, 20, 20}, 0.25), Shape(Box{2.5, -1, 12.5, 20}));
  EXPECT_EQ(interpolate(Arrow{{0, 0}, {4, 4}}, Arrow{{2, 0}, {4, 8}}, 0.5), Shape(Arrow{{1, 0}, {4, 6}}));
}

TEST(Interpolation, TheEndsAreExactlyTheShapesGiven) {
  const Box a{0.1, 0.2, 0.3, 0.7}, b{1.1, 3.3, 0.9, 0.7};
  EXPECT_EQ(interpolate(a, b, 0), Shape(a));
  EXPECT_EQ(interpolate(a, b, 1), Shape(b));
  EXPECT_EQ(interpolate(a, b, -3), Shape(a));
  EXPECT_EQ(interpolate(a, b, 7), Shape(b));
  EXPECT_EQ(interpolate(a, b, std::nan("")), Shape(a));
}

TEST(Interpolation, AnglesTakeTheShortWay) {
  const auto box = std::get<RotatedBox>(interpolate(RotatedBox{{0, 0}, 1, 1, 350}, RotatedBox{{0, 0}, 1, 1, 10}, 0.5));
  EXPECT_DOUBLE_EQ(box.degrees, 360);
  const auto ellipse = std::get<Ellipse>(interpolate(Ellipse{{0, 0}, 2, 1, 170}, Ellipse{{0, 0}, 2, 1, 10}, 0.5));
  EXPECT_DOUBLE_EQ(ellipse.degrees, 180);  // an ellipse looks the same after half a turn
}

TEST(Interpolation, EqualRingsGoVertexByVertex) {
  Polygon moved = kTriangle;
  for (auto& p : moved.parts[0][0]) p = {p.x + 4, p.y + 8};
  const auto half = std::get<Polygon>(interpolate(kTriangle, moved, 0.5));
  EXPECT_EQ(half.parts[0][0], (Ring{{2, 4}, {12, 4}, {2, 14}}));
}

TEST(Interpolation, OtherRingsAreResampledAndStayInPlace) {
  // The same square with 4 and with 8 vertices, begun at another corner and turning the other way.
  const Polygon four{{{{{0, 0}, {8, 0}, {8, 8}, {0, 8}}}}};
  const Polygon eight{{{{{8, 8}, {8, 4}, {8, 0}, {4, 0}, {0, 0}, {0, 4}, {0, 8}, {4, 8}}}}};
  const Shape half = interpolate(four, eight, 0.5);
  EXPECT_EQ(std::get<Polygon>(half).parts[0][0].size(), 8U);
  EXPECT_NEAR(areaOf(half), 64, 1e-9);
  EXPECT_EQ(boundsOf(half), (Box{0, 0, 8, 8}));
}

TEST(Interpolation, CirclesOfDifferentVertexCountsGiveACircleBetween) {
  const auto circle = [](int count, double radius) {
    Ring ring;
    for (int n = 0; n < count; ++n) {
      const double angle = 2 * std::numbers::pi * n / count + 1;
      ring.push_back({radius * std::cos(angle), radius * std::sin(angle)});
    }
    return Polygon{{{ring}}};
  };
  const double area = areaOf(interpolate(circle(60, 10), circle(600, 20), 0.5));
  EXPECT_NEAR(area, std::numbers::pi * 15 * 15, 6);
}

TEST(Interpolation, RingsWithoutAPartnerHold) {
  Polygon withHole = kTriangle;
  withHole.parts[0].push_back({{1, 1}, {2, 1}, {1, 2}});
  Polygon moved = kTriangle;
  for (auto& p : moved.parts[0][0]) p.x += 2;
  const auto half = std::get<Polygon>(interpolate(withHole, moved, 0.5));
  ASSERT_EQ(half.parts[0].size(), 2U);
  EXPECT_EQ(half.parts[0][0][0], (ImagePoint{1, 0}));
  EXPECT_EQ(half.parts[0][1], withHole.parts[0][1]);
}

TEST(Interpolation, LinesAreResampledFromEndToEnd) {
  const Polyline two{{{0, 0}, {10, 0}}}, three{{{0, 10}, {5, 10}, {10, 10}}};
  EXPECT_EQ(interpolate(two, three, 0.5), Shape(Polyline{{{0, 5}, {5, 5}, {10, 5}}}));
}

TEST(Interpolation, SkeletonPointsThatAreAbsentDoNotMove) {
  const Skeleton a{"s", {{{0, 0}}, {{5, 5}}}};
  const Skeleton b{"s", {{{10, 0}}, {{0, 0}, Visibility::Absent}}};
  EXPECT_EQ(interpolate(a, b, 0.5), Shape(Skeleton{"s", {{{5, 0}}, {{5, 5}}}}));
  EXPECT_EQ(interpolate(a, Skeleton{"other", a.points}, 0.5), Shape(a));
}

TEST(Interpolation, MasksAndPairsOfKindsHold) {
  const RunMask mask{{2, 2}, {1, 1, 2}}, other{{2, 2}, {4}};
  EXPECT_EQ(interpolate(mask, other, 0.9), Shape(mask));
  EXPECT_EQ(interpolate(mask, Box{0, 0, 1, 1}, 0.9), Shape(mask));
  EXPECT_EQ(interpolate(Points{{{1, 1}}}, Points{{{2, 2}, {3, 3}}}, 0.5), Shape(Points{{{1, 1}}}));
}

TEST(Interpolation, DegenerateRingsGiveSomethingFinite) {
  const Polygon dot{{{{{3, 3}, {3, 3}, {3, 3}}}}};
  const Polygon square{{{{{0, 0}, {8, 0}, {8, 8}, {0, 8}}}}};
  const Shape half = interpolate(dot, square, 0.5);
  EXPECT_TRUE(check(half, {}));
  EXPECT_EQ(interpolate(Polygon{{{{}}}}, square, 0.5), Shape(Polygon{{{{}}}}));
}

}  // namespace
}  // namespace fiducial
