// The rule: a pixel belongs to a shape when its centre is inside, even-odd. Polygons of the shared reference are
// compared with an exact count of centres (rational arithmetic, in Python), and with COCO's own raster, which may
// differ at edges.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "fiducial/core/shape.h"
#include "support/shared_data.h"

namespace fiducial {
namespace {

RunMask rasterised(const std::vector<ImagePoint>& ring, ImageSize size) { return rasterise(Polygon{{{ring}}}, size); }

/// Of one polygon, by asking the same question of each pixel.
std::int64_t centresInside(const Shape& shape, ImageSize size) {
  std::int64_t count = 0;
  for (int y = 0; y < size.rows; ++y) {
    for (int x = 0; x < size.columns; ++x) count += hits(shape, {x + 0.5, y + 0.5}, -1);
  }
  return count;
}

TEST(Rasterise, ABoxHoldsThePixelsWhoseCentresItHolds) {
  EXPECT_EQ(bounds(rasterise(Box{1, 1, 2, 1}, {5, 4})), (PixelRect{1, 1, 3, 2}));
  EXPECT_EQ(bounds(rasterise(Box{0.5, 0.5, 1, 1}, {5, 4})),
            (PixelRect{0, 0, 1, 1}));  // left and top borders are inside
  EXPECT_EQ(area(rasterise(Box{0.6, 0.6, 0.8, 0.8}, {5, 4})), 0);
  EXPECT_EQ(area(rasterise(Box{-100, -100, 1000, 1000}, {5, 4})), 20);
  EXPECT_EQ(area(rasterise(Box{10, 10, 5, 5}, {5, 4})), 0);
}

TEST(Rasterise, HolesAreLeftOutAndPartsUnited) {
  const Ring outer = {{0, 0}, {10, 0}, {10, 10}, {0, 10}}, hole = {{2, 2}, {8, 2}, {8, 8}, {2, 8}};
  EXPECT_EQ(area(rasterise(Polygon{{{outer, hole}}}, {12, 12})), 100 - 36);
  EXPECT_EQ(area(rasterise(Polygon{{{outer, hole}, {hole}}}, {12, 12})), 100);
  const Ring shifted = {{5, 5}, {12, 5}, {12, 12}, {5, 12}};
  EXPECT_EQ(area(rasterise(Polygon{{{outer}, {shifted}}}, {12, 12})), 100 + 49 - 25);
}

TEST(Rasterise, ASelfCrossingRingIsEvenOdd) {
  const RunMask star = rasterised({{5, 0}, {8, 10}, {0, 4}, {10, 4}, {2, 10}}, {10, 10});
  EXPECT_FALSE(contains(star, {5, 5}));  // the middle of a pentagram is crossed twice
  EXPECT_TRUE(contains(star, {5, 2.5}));
}

TEST(Rasterise, EllipsesAndTurnedBoxesHoldTheirCentres) {
  for (const double degrees : {0.0, 17.0, 45.0, 90.0, 133.0}) {
    const Ellipse ellipse{{20.3, 17.8}, 13.7, 6.2, degrees};
    EXPECT_EQ(area(rasterise(ellipse, {40, 36})), centresInside(ellipse, {40, 36})) << degrees;
    const RotatedBox box{{20.3, 17.8}, 23.7, 9.2, degrees};
    EXPECT_EQ(area(rasterise(box, {40, 36})), centresInside(box, {40, 36})) << degrees;
  }
}

TEST(Rasterise, LinesAndPointsHaveNoInside) {
  EXPECT_EQ(area(rasterise(Polyline{{{0, 0}, {9, 0}, {9, 9}}}, {10, 10})), 0);
  EXPECT_EQ(rasterise(NoteAnchor{{1, 1}}, {3, 2}).counts, (std::vector<std::uint32_t>{6}));
}

TEST(Rasterise, AMaskIsCroppedToTheSize) {
  const RunMask mask{{3, 2}, {0, 6}};
  EXPECT_EQ(rasterise(mask, {3, 2}), mask);
  EXPECT_EQ(area(rasterise(mask, {2, 5})), 4);
}

TEST(Rasterise, WildCoordinatesAreClippedOrLeftOut) {
  const double nan = std::nan("");
  EXPECT_EQ(area(rasterised({{-1e300, -1e300}, {1e300, -1e300}, {1e300, 1e300}, {-1e300, 1e300}}, {4, 4})), 16);
  EXPECT_TRUE(check(rasterised({{nan, 0}, {3, nan}, {3, 3}}, {4, 4})));
  EXPECT_TRUE(check(rasterise(Ellipse{{nan, 0}, 3, 3, 0}, {4, 4})));
  EXPECT_TRUE(check(rasterise(Ellipse{{2, 2}, 0, 0, 0}, {4, 4})));
  EXPECT_TRUE(check(rasterise(Polygon{{{}, {{}}}}, {4, 4})));
}

TEST(Rasterise, PolygonsOfTheReferenceHoldExactlyTheirCentres) {
  const auto path = test::sharedData("labels/coco_results/reference.json");
  FIDUCIAL_REQUIRE_SHARED(path);
  std::ifstream file(path);
  const auto reference = nlohmann::json::parse(file);
  const std::vector<std::int64_t> centres = {1034, 4800, 0, 400};  // exact, in fractions
  const std::vector<std::int64_t> onBorder = {3, 0, 0, 0};         // exactly on a slanted border: either is right
  const std::vector<std::int64_t> unlikeCoco = {7, 0, 0, 0};       // pixels where COCO's finer grid decides otherwise
  ASSERT_EQ(reference["polygons"].size(), centres.size());
  for (std::size_t n = 0; n < centres.size(); ++n) {
    const auto& entry = reference["polygons"][n];
    const ImageSize size{entry["size"][1], entry["size"][0]};
    const auto numbers = entry["polygon"].get<std::vector<double>>();
    Ring ring;
    for (std::size_t p = 0; p + 1 < numbers.size(); p += 2) ring.push_back({numbers[p], numbers[p + 1]});
    const RunMask ours = rasterised(ring, size);
    EXPECT_GE(area(ours), centres[n]) << n;
    EXPECT_LE(area(ours), centres[n] + onBorder[n]) << n;
    const auto a = decodeRuns(ours), b = decodeRuns({size, entry["counts"].get<std::vector<std::uint32_t>>()});
    std::int64_t unlike = 0;
    for (std::size_t p = 0; p < a.size(); ++p) unlike += a[p] != b[p];
    EXPECT_LE(unlike, unlikeCoco[n]) << n;
  }
}

}  // namespace
}  // namespace fiducial
