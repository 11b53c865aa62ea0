// The same on a real surgical video: a track with key frames, an event, playing, closing and reopening.
#include "session.h"

namespace fiducial::workspace::test {
namespace {

// Small, with B frames, and quickly decoded: what concerns labels does not need a large picture.
const char* kSmall = "video/coded_h264_bframes.mp4";
const char* kSurgical = "video/laparoscopy_720p_aac.mp4";

class VideoSession : public testing::Test {
 protected:
  void SetUp() override { begin(kSmall); }
  void begin(const char* video) {
    FIDUCIAL_REQUIRE_SHARED(fiducial::test::sharedData(video));
    ASSERT_TRUE(session.workspace.newProject(folder / "video.fiducial").ok());
    session.open(fiducial::test::sharedData(video));
    ASSERT_NE(session.workspace.currentMedium(), nullptr) << session.message();
    ASSERT_TRUE(session.workspace.addClass("grasper").ok());
    ASSERT_TRUE(session.workspace.addClass("scissors").ok());
    session.settle();
  }
  /// A box on frame 10 and, moved 40 pixels to the right, on frame 20.
  void drawTrack() {
    Workspace& w = session.workspace;
    w.setFrame(10);
    w.setTool("box");
    session.drag({{100, 100}, {200, 180}});
    w.setFrame(20);
    w.setTool("select");
    session.drag({{150, 140}, {170, 140}, {190, 140}});
    session.settle();
  }
  std::optional<Box> boxOn(int frame) {
    for (const edit::SceneShape& shape : session.workspace.labels().shapesOn(frame)) return std::get<Box>(shape.shape);
    return std::nullopt;
  }
  const TrackEntry& track() { return session.workspace.labels().tracks().begin()->second; }

  fiducial::test::TemporaryFolder folder;
  Session session;
};

TEST_F(VideoSession, ATrackIsDrawnMovedInterpolatedAndEnded) {
  Workspace& w = session.workspace;
  drawTrack();
  ASSERT_EQ(w.labels().tracks().size(), 1U);
  ASSERT_EQ(track().keyframes.size(), 2U);
  EXPECT_EQ(boxOn(15), (Box{120, 100, 100, 80}));
  EXPECT_EQ(boxOn(9), std::nullopt);
  EXPECT_EQ(boxOn(100), (Box{140, 100, 100, 80}));

  w.setFrame(30);
  session.run("label.endHere");
  session.settle();
  EXPECT_TRUE(boxOn(30).has_value());
  EXPECT_FALSE(boxOn(31).has_value());
  EXPECT_EQ(track().endFrame(w.frameCount()), 31);
  ASSERT_EQ(track().keyframes.size(), 3U);
  EXPECT_EQ(track().keyframes[2].value.frame, 31);
  EXPECT_TRUE(track().keyframes[2].value.outside);

  w.setFrame(40);
  session.run("label.keyframe");
  session.settle();
  EXPECT_TRUE(boxOn(40).has_value()) << "C starts an ended track again";
  EXPECT_FALSE(boxOn(35).has_value());
}

TEST_F(VideoSession, TheGhostOfAnEndedTrackIsDraggedToStartItAgain) {
  Workspace& w = session.workspace;
  drawTrack();
  w.setFrame(30);
  session.run("label.endHere");
  session.settle();
  EXPECT_FALSE(w.ghost()) << "it stands here";
  for (const int frame : {50, 31}) {  // a frame without a key frame, and the one that ends the track
    w.setFrame(frame);
    session.settle();
    ASSERT_TRUE(w.ghost());
    EXPECT_EQ(std::get<Box>(w.ghost()->shape), (Box{140, 100, 100, 80}));
    session.drag({{190, 140}, {200, 140}, {210, 150}});
    session.settle();
    EXPECT_EQ(boxOn(frame), (Box{160, 110, 100, 80}));
    EXPECT_FALSE(w.ghost());
    session.run("edit.undo");
    session.settle();
    EXPECT_FALSE(boxOn(frame).has_value());
  }
  w.select({});
  EXPECT_FALSE(w.ghost()) << "only of what is selected";
}

TEST_F(VideoSession, StopsOccludedAndAMovedKeyFrame) {
  Workspace& w = session.workspace;
  drawTrack();
  w.setFrame(12);
  session.run("go.nextStop");
  EXPECT_EQ(w.frame(), 20);
  session.run("go.previousStop");
  EXPECT_EQ(w.frame(), 10);
  w.moveKeyframe(KeyframeId{track().keyframes[1].id}, 30);
  session.settle();
  EXPECT_EQ(boxOn(20), (Box{120, 100, 100, 80}));
  w.setFrame(15);
  session.run("label.occluded");
  session.settle();
  EXPECT_TRUE(w.shapes()[0].occluded);
  EXPECT_EQ(w.shapes()[0].keyframeId, track().keyframes[1].id);
}

TEST_F(VideoSession, ANewClassLeavesTheAttributesOfTheOldOneBehindOnKeyFramesToo) {
  Workspace& w = session.workspace;
  drawTrack();
  const ClassId old = track().track.value.labelClass;
  LabelClass withOpen = *w.labels().findClass(old);
  AttributeSpec open;
  open.name = "open";
  open.type = AttributeType::Bool;
  open.perFrame = true;
  withOpen.attributes.push_back(open);
  ASSERT_TRUE(w.updateClass(old, withOpen).ok());
  session.settle();
  const edit::LabelRef label{RecordKind::Track, track().track.id};
  w.setAttribute(label, "open", AttributeValue(true));
  ASSERT_TRUE(w.addClass("needle").ok());
  session.settle();
  const ClassId needle = w.currentClass();
  ASSERT_NE(needle, old);
  w.select({label});
  w.setClassOfSelection(needle);
  session.settle();
  EXPECT_EQ(track().track.value.labelClass, needle);
  for (const auto& keyframe : track().keyframes) EXPECT_TRUE(keyframe.value.attributes.empty());
}

TEST_F(VideoSession, EventsOfAnExclusiveLayerFollowOneAnother) {
  Workspace& w = session.workspace;
  w.apply(Edit{"Add layer", {create(Layer{"phases", true})}, {}});
  session.settle();
  w.setCurrentLayer(w.labels().layers().begin()->first);
  w.setTool("code");
  w.setFrame(5);
  w.pressDigit(1, false);
  w.setFrame(50);
  w.pressDigit(2, false);
  w.setFrame(60);
  session.settle();
  w.toggleEvent(*w.labels().classByHotkey("2"));  // the running one again: nothing
  session.settle();
  std::vector<std::pair<int, int>> spans;
  for (const auto& [id, event] : w.labels().events()) spans.emplace_back(event.value.firstFrame, event.value.lastFrame);
  EXPECT_EQ(spans, (std::vector<std::pair<int, int>>{{5, 49}, {50, w.frameCount() - 1}}));
  session.run("go.previousStop");
  EXPECT_EQ(w.frame(), 50);
}

class SurgicalVideo : public VideoSession {
 protected:
  void SetUp() override { begin(kSurgical); }
};

TEST_F(SurgicalVideo, EverythingIsThereAfterReopening) {
  drawTrack();
  Workspace& w = session.workspace;
  w.toggleEvent(w.currentClass());
  session.settle();
  w.closeProject();
  ASSERT_TRUE(w.openProject(folder / "video.fiducial").ok());
  session.settle();
  ASSERT_EQ(w.labels().tracks().size(), 1U);
  EXPECT_EQ(boxOn(15), (Box{120, 100, 100, 80}));
  EXPECT_EQ(w.labels().events().size(), 1U);
  w.undo();
  w.undo();
  session.settle();
  EXPECT_TRUE(w.labels().events().empty());
  EXPECT_EQ(boxOn(20), (Box{100, 100, 100, 80})) << "undo reaches back over the closing";
}

TEST_F(VideoSession, DeletingATrackAndUndoingBringsItsKeyFramesBack) {
  drawTrack();
  Workspace& w = session.workspace;
  w.select({{RecordKind::Track, track().track.id}});
  w.deleteSelection();
  EXPECT_TRUE(w.labels().tracks().empty());
  session.settle();
  w.undo();
  session.settle();
  ASSERT_EQ(w.labels().tracks().size(), 1U);
  EXPECT_EQ(boxOn(15), (Box{120, 100, 100, 80}));
}

TEST_F(VideoSession, CopyToTheNextFrameAndDrawingWithoutTracks) {
  Workspace& w = session.workspace;
  w.setDrawsTracks(false);
  w.setTool("box");
  session.drag({{100, 100}, {200, 180}});
  EXPECT_EQ(w.labels().tracks().size(), 0U);
  const int from = w.frame();
  session.run("edit.copyToNext");
  session.settle();
  EXPECT_EQ(w.frame(), from + 1);
  ASSERT_EQ(w.labels().annotations().size(), 2U);
  ASSERT_EQ(w.selection().size(), 1U);
  session.run("label.nudgeRight");
  session.settle();
  EXPECT_EQ(boxOn(from + 1), (Box{101, 100, 100, 80}));
}

TEST_F(VideoSession, TheFrameOfALabelIsIdentifiedByTimeAndPlanes) {
  drawTrack();
  Workspace& w = session.workspace;
  const MediumId id{w.currentMedium()->medium.id};
  std::vector<project::Project::FrameIdentity> kept;
  ASSERT_TRUE(session.queue.runUntil([&] {
    kept = w.project()->frameIdentities(id).value();
    return kept.size() == 2;
  }));
  EXPECT_EQ(kept[0].frame, 10);
  EXPECT_EQ(kept[0].pts, w.pts(10));
  EXPECT_EQ(kept[0].planeHash.size(), 32U);
}

TEST_F(VideoSession, CutAndPasteOntoAnotherFrame) {
  Workspace& w = session.workspace;
  w.setDrawsTracks(false);
  w.setTool("box");
  session.drag({{100, 100}, {200, 180}});
  session.run("edit.cut");
  EXPECT_TRUE(w.shapes().empty());
  w.setFrame(33);
  session.run("edit.paste");
  session.settle();
  ASSERT_EQ(w.labels().annotations().size(), 1U);
  EXPECT_EQ(boxOn(33), (Box{100, 100, 100, 80}));
}

TEST_F(VideoSession, ABrushPaintsAMaskOnOneFrameAndAddsToIt) {
  Workspace& w = session.workspace;
  w.setTool("brush");
  session.drag({{130, 130}, {170, 130}});
  session.drag({{130, 150}, {170, 150}});  // not durable yet: it adds to the mask all the same
  session.settle();
  ASSERT_EQ(w.labels().annotations().size(), 1U);
  const Shape shape = w.labels().annotations().begin()->second.value.shape;
  EXPECT_TRUE(contains(std::get<RunMask>(shape), {150.5, 130.5}));
  EXPECT_TRUE(contains(std::get<RunMask>(shape), {150.5, 150.5}));
  EXPECT_EQ(w.maskLayers(0).size(), 1U);
}

TEST_F(VideoSession, TheFrameOnShowIsTheOneAskedFor) {
  Workspace& w = session.workspace;
  for (const int frame : {100, 3, 57}) {
    w.setFrame(frame);
    session.settle();
    ASSERT_NE(w.shownFrame(), nullptr);
    EXPECT_EQ(w.shownFrame()->index, frame);
    EXPECT_TRUE(w.isPictureCurrent());
  }
  w.setFrame(1);  // of several wishes the last one wins
  w.setFrame(80);
  w.setFrame(40);
  session.settle();
  EXPECT_EQ(w.shownFrame()->index, 40);
}

TEST_F(VideoSession, PlayingAtNormalSpeedDropsNoFrame) {
  Workspace& w = session.workspace;
  w.setFrame(0);
  session.settle();
  std::vector<int> seen{w.frame()};
  w.play(1);
  std::int64_t nowMs = 1000;
  ASSERT_TRUE(session.queue.runUntil(
      [&] {
        w.tick(nowMs += 8);
        if (w.frame() != seen.back()) seen.push_back(w.frame());
        return w.frame() >= 40;
      },
      30'000));
  w.pause();
  for (std::size_t n = 1; n < seen.size(); ++n) EXPECT_EQ(seen[n], seen[n - 1] + 1);
  EXPECT_FALSE(w.isPlaying());
}

}  // namespace
}  // namespace fiducial::workspace::test
