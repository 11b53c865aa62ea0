#include "box_tool.h"

#include <gtest/gtest.h>

#include "play.h"

namespace fiducial::edit::test {
namespace {

TEST(BoxTool, DragPastTheEdgeIsClampedToTheImage) {
  BoxTool tool;
  const Played played = play(tool, {press(90, 90), move(150, 40), release(150, 40)}, imageContext(100, 100));
  ASSERT_EQ(played.edits.size(), 1U);
  EXPECT_EQ(shapeOf(played.edits[0]), Shape(Box{90, 40, 10, 50}));
}

TEST(BoxTool, ShiftMakesASquareOfTheLargerSideThatStaysInside) {
  BoxTool tool;
  Played played = play(tool, {press(10, 10), withShift(release(30, 15))}, imageContext(100, 100));
  ASSERT_EQ(played.edits.size(), 1U);
  EXPECT_EQ(shapeOf(played.edits[0]), Shape(Box{10, 10, 20, 20}));
  played = play(tool, {press(10, 90), withShift(release(60, 95))}, imageContext(100, 100));
  EXPECT_EQ(shapeOf(played.edits.at(0)), Shape(Box{10, 90, 10, 10}));
}

TEST(BoxTool, AClickMakesNothing) {
  BoxTool tool;
  EXPECT_TRUE(play(tool, {press(10, 10), release(11, 11)}, imageContext(100, 100)).edits.empty());
}

TEST(BoxTool, OnVideoABoxBecomesATrackWithAKeyFrameHere) {
  ToolContext context = imageContext(100, 100);
  context.mediumKind = MediumKind::Video;
  context.frame = 42;
  context.drawsTracks = true;
  BoxTool tool;
  const Played played = play(tool, {press(10, 20), release(50, 60)}, context);
  ASSERT_EQ(played.edits.size(), 1U);
  const std::vector<Change>& changes = played.edits[0].changes;
  ASSERT_EQ(changes.size(), 2U);
  EXPECT_EQ(std::get<Track>(*changes[0].after).labelClass, kPolyp);
  EXPECT_LT(changes[0].id, 0);
  const Keyframe& keyframe = std::get<Keyframe>(*changes[1].after);
  EXPECT_EQ(raw(keyframe.track), changes[0].id);
  EXPECT_EQ(keyframe.frame, 42);
  EXPECT_EQ(keyframe.shape, Shape(Box{10, 20, 40, 40}));
}

TEST(BoxTool, OnAReformattedPlaneItSaysWhereShapesStand) {
  ToolContext context = volumeContext(100, 100, 20);
  context.plane = {.axisX = 0, .axisY = 2, .axisStep = 1, .step = 5};
  BoxTool tool;
  const Played played = play(tool, {press(10, 2), release(50, 15)}, context);
  EXPECT_TRUE(played.edits.empty());
  EXPECT_NE(played.message.find("stored slices"), std::string::npos);
}

}  // namespace
}  // namespace fiducial::edit::test
