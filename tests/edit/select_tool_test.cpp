#include "select_tool.h"

#include <gtest/gtest.h>

#include "play.h"

namespace fiducial::edit::test {
namespace {

const LabelRef kBox{RecordKind::Annotation, 11};
const LabelRef kTrack{RecordKind::Track, 12};

class SelectToolTest : public testing::Test {
 protected:
  SelectToolTest() {
    shapes = {{.ref = kBox, .shape = Box{20, 20, 40, 40}, .labelClass = kPolyp, .note = "seen twice"},
              {.ref = kTrack, .shape = Polygon{{{{{70, 70}, {90, 70}, {90, 90}, {70, 90}}}}}, .labelClass = kPolyp}};
    shapes[0].attributes["size"] = 4.5;
    context = imageContext(100, 100);
    context.shapes = shapes;
    context.frame = 6;
  }
  void choose(std::vector<LabelRef> refs) {
    selection = std::move(refs);
    context.selection = selection;
  }
  std::vector<SceneShape> shapes;
  std::vector<LabelRef> selection;
  ToolContext context;
  SelectTool tool;
};

TEST_F(SelectToolTest, APressOnEmptyPictureIsLeftToTheWindow) {
  const ToolOutput output = tool.handle(press(5, 90), context);
  EXPECT_FALSE(output.preview || output.edit || output.selection || tool.isBusy());
}

TEST_F(SelectToolTest, AClickSelectsAndAMoveKeepsAttributesAndNote) {
  const Played played = play(tool, {press(40, 40), move(45, 43), release(50, 45)}, context);
  EXPECT_EQ(played.selection, std::vector{kBox});
  ASSERT_EQ(played.edits.size(), 1U);
  const auto& after = std::get<Annotation>(*played.edits[0].changes.at(0).after);
  EXPECT_EQ(after.shape, Shape(Box{30, 25, 40, 40}));
  EXPECT_EQ(after.note, "seen twice");
  EXPECT_EQ(after.attributes, shapes[0].attributes);
  EXPECT_EQ(after.frame, 6);
}

TEST_F(SelectToolTest, AHandleResizesAndTheEdgeIsGrabbedAnywhere) {
  choose({kBox});
  Played played = play(tool, {press(61, 61), release(71, 66)}, context);
  EXPECT_EQ(shapeOf(played.edits.at(0)), Shape(Box{20, 20, 50, 45}));
  played = play(tool, {press(20, 33), release(10, 60)}, context);
  EXPECT_EQ(shapeOf(played.edits.at(0)), Shape(Box{10, 20, 50, 40}));
}

TEST_F(SelectToolTest, MovingATrackBetweenKeyFramesMakesAKeyFrame) {
  const Played played = play(tool, {press(80, 80), release(75, 80)}, context);
  ASSERT_EQ(played.edits.size(), 1U);
  const Change& change = played.edits[0].changes.at(0);
  EXPECT_EQ(change.kind, RecordKind::Keyframe);
  EXPECT_LE(change.id, 0);
  EXPECT_EQ(std::get<Keyframe>(*change.after).track, TrackId{12});
  EXPECT_EQ(std::get<Keyframe>(*change.after).frame, 6);
}

TEST_F(SelectToolTest, OnAKeyFrameTheSameOneChanges) {
  shapes[1].keyframeId = 99;
  const Played played = play(tool, {press(80, 80), release(75, 80)}, context);
  EXPECT_EQ(played.edits.at(0).changes.at(0).id, 99);
}

TEST_F(SelectToolTest, PolygonVerticesMoveAreAddedAndAreDeleted) {
  choose({kTrack});
  Played played = play(tool, {press(70, 70), release(65, 60)}, context);
  EXPECT_EQ(shapeOf(played.edits.at(0)), Shape(Polygon{{{{{65, 60}, {90, 70}, {90, 90}, {70, 90}}}}}));
  played = play(tool, {press(80, 70), release(80, 70)}, context);
  EXPECT_EQ(shapeOf(played.edits.at(0)), Shape(Polygon{{{{{70, 70}, {80, 70}, {90, 70}, {90, 90}, {70, 90}}}}}));
  played = play(tool, {withControl(press(90, 90)), release(90, 90)}, context);
  EXPECT_EQ(shapeOf(played.edits.at(0)), Shape(Polygon{{{{{70, 70}, {90, 70}, {70, 90}}}}}));
}

TEST_F(SelectToolTest, ShiftOnEmptyPictureDrawsARubberBand) {
  Played played = play(tool, {withShift(press(10, 10)), move(65, 65)}, context);
  ASSERT_TRUE(played.preview && played.preview->rubberBand);
  EXPECT_EQ(*played.preview->rubberBand, (Box{10, 10, 55, 55}));
  played = play(tool, {release(65, 65)}, context);
  EXPECT_EQ(played.selection, std::vector{kBox});
}

TEST_F(SelectToolTest, ControlAddsAndRemoves) {
  Played played = play(tool, {withControl(press(40, 40)), release(40, 40)}, context);
  EXPECT_EQ(played.selection, std::vector{kBox});
  choose({kBox, kTrack});
  played = play(tool, {withControl(press(35, 35)), release(35, 35)}, context);
  EXPECT_EQ(played.selection, std::vector{kTrack});
}

TEST_F(SelectToolTest, SelectedLabelsMoveTogetherInOneEdit) {
  choose({kBox, kTrack});
  const Played during = play(tool, {press(40, 40), move(38, 37)}, context);
  ASSERT_TRUE(during.preview && during.preview->shape);
  EXPECT_EQ(during.preview->moved.size(), 1U);
  const Played played = play(tool, {release(35, 35)}, context);
  ASSERT_EQ(played.edits.size(), 1U);
  EXPECT_EQ(played.edits[0].changes.size(), 2U);
}

TEST_F(SelectToolTest, ALockedShapeIsSelectedButNeverMoved) {
  shapes[0].locked = true;
  choose({kBox});
  EXPECT_TRUE(play(tool, {press(40, 40), release(50, 50)}, context).edits.empty());
  EXPECT_TRUE(play(tool, {press(20, 20), release(10, 10)}, context).edits.empty());
}

TEST_F(SelectToolTest, ASmallShapeCanStillBeMoved) {
  shapes[0].shape = Box{50, 50, 8, 8};
  choose({kBox});
  const Played played = play(tool, {press(54, 54), release(60, 54)}, context);
  EXPECT_EQ(shapeOf(played.edits.at(0)), Shape(Box{56, 50, 8, 8}));
}

TEST(Dragged, BoxesNeverTurnInsideOut) {
  const Box box{10, 10, 20, 20};
  const Handle corner = handlesOf(box).at(0);
  EXPECT_EQ(dragged(box, corner, {40, 50}, false), Shape(Box{30, 30, 10, 20}));
  EXPECT_EQ(std::get<Box>(dragged(box, corner, {30, 30}, false)).width, 1);
}

TEST(Dragged, WithConstrainTheCornerKeepsTheProportions) {
  const Box box{10, 10, 20, 10};
  EXPECT_EQ(dragged(box, handlesOf(box).at(4), {50, 22}, true), Shape(Box{10, 10, 40, 20}));
}

TEST(Dragged, TheOppositeCornerOfARotatedBoxStays) {
  const RotatedBox box{{50, 50}, 40, 20, 30};
  const std::vector<Handle> before = handlesOf(box);
  const Shape after = dragged(box, before.at(4), {90, 80}, false);
  const ImagePoint fixed = handlesOf(after).at(0).at;
  EXPECT_NEAR(distance(fixed, before.at(0).at), 0, 1e-9);
  EXPECT_NEAR(distance(handlesOf(after).at(4).at, {90, 80}), 0, 1e-9);
}

}  // namespace
}  // namespace fiducial::edit::test
