#include "polygon_tool.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "play.h"

namespace fiducial::edit::test {
namespace {

const Ring kTriangle{{10, 10}, {50, 10}, {50, 50}};

std::vector<PointerEvent> clicks(const Ring& ring) {
  std::vector<PointerEvent> events;
  for (const ImagePoint p : ring) {
    events.push_back(move(p.x, p.y));
    events.push_back(press(p.x, p.y));
    events.push_back(release(p.x, p.y));
  }
  return events;
}
std::vector<PointerEvent> operator+(std::vector<PointerEvent> a, const std::vector<PointerEvent>& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

TEST(PolygonTool, AcceptDoubleClickAndTheFirstVertexAllClose) {
  for (const std::vector<PointerEvent>& end :
       {std::vector{accept()}, std::vector{doubleClick(50, 50)}, std::vector{press(12, 11), release(12, 11)}}) {
    PolygonTool tool;
    const Played played = play(tool, clicks(kTriangle) + end, imageContext(100, 100));
    ASSERT_EQ(played.edits.size(), 1U);
    EXPECT_EQ(shapeOf(played.edits[0]), Shape(Polygon{{{kTriangle}}}));
    EXPECT_FALSE(tool.isBusy());
  }
}

TEST(PolygonTool, BackTakesTheLastPointAndTheFirstOneEndsIt) {
  PolygonTool tool;
  const ToolContext context = imageContext(100, 100);
  Played played =
      play(tool, clicks(kTriangle) + std::vector{back()} + clicks({{20, 60}}) + std::vector{accept()}, context);
  EXPECT_EQ(shapeOf(played.edits.at(0)), Shape(Polygon{{{{{10, 10}, {50, 10}, {20, 60}}}}}));
  played = play(tool, clicks({{10, 10}}) + std::vector{back()}, context);
  EXPECT_FALSE(tool.isBusy());
  EXPECT_FALSE(played.preview.has_value());
}

TEST(PolygonTool, TwoPointsAreNotAPolygon) {
  PolygonTool tool;
  const Played played = play(tool, clicks({{10, 10}, {50, 10}}) + std::vector{accept()}, imageContext(100, 100));
  EXPECT_TRUE(played.edits.empty());
  EXPECT_FALSE(played.message.empty());
  EXPECT_TRUE(tool.isBusy());
}

TEST(PolygonTool, ControlClickDeletesAVertexInProgress) {
  PolygonTool tool;
  const Played played = play(tool,
                             clicks({{10, 10}, {80, 5}, {50, 10}, {50, 50}}) +
                                 std::vector{withControl(press(80, 6)), release(80, 6), accept()},
                             imageContext(100, 100));
  EXPECT_EQ(shapeOf(played.edits.at(0)), Shape(Polygon{{{kTriangle}}}));
}

TEST(PolygonTool, ADragIsFreehandAndLosesPointsButNotItsShape) {
  PolygonTool tool;
  std::vector<PointerEvent> events{press(80, 50)};
  for (int n = 1; n <= 360; ++n) {
    const double angle = n * std::numbers::pi / 180;
    events.push_back(move(50 + 30 * std::cos(angle), 50 + 30 * std::sin(angle)));
  }
  events.push_back(release(80, 50));
  const Played played = play(tool, events, imageContext(100, 100));
  ASSERT_EQ(played.edits.size(), 1U);
  const Shape shape = shapeOf(played.edits[0]);
  const Ring& ring = std::get<Polygon>(shape).parts.at(0).at(0);
  EXPECT_LT(ring.size(), 60U);
  EXPECT_GT(ring.size(), 8U);
  EXPECT_NEAR(areaOf(shape), std::numbers::pi * 900, 188.5 * 0.75);
}

TEST(PolygonTool, ThePreviewShowsTheVerticesAndThePointer) {
  PolygonTool tool;
  const Played played = play(tool, clicks(kTriangle) + std::vector{move(20, 40)}, imageContext(100, 100));
  ASSERT_TRUE(played.preview.has_value());
  ASSERT_EQ(played.preview->openPoints.size(), 4U);
  EXPECT_EQ(played.preview->openPoints.back(), (ImagePoint{20, 40}));
}

}  // namespace
}  // namespace fiducial::edit::test
