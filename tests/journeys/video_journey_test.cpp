// An annotator's day at the real window: a surgical video, a track with key frames, an event, the timeline, reopening.
#include <gtest/gtest.h>

#include "journey.h"
#include "support/shared_data.h"
#include "support/temporary_folder.h"

namespace fiducial::test {
namespace {

class VideoJourney : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(user.workspace().newProject(project));
    ASSERT_TRUE(user.open({sourceFolder() / "resources/demo/media/surgery.mp4"}));
    ASSERT_TRUE(user.workspace().addClass("grasper"));
    ASSERT_TRUE(user.settle());
  }
  [[nodiscard]] const workspace::LabelStore& labels() { return user.workspace().labels(); }
  void goTo(int frame) {
    user.workspace().setFrame(frame);
    ASSERT_TRUE(waitForPicture());
  }
  /// The picture of the current frame, and with it its labels, is on the screen.
  bool waitForPicture() {
    return user.waitUntil([&] {
      const auto shown = user.workspace().shownFrame();
      return shown && shown->index == user.workspace().frame();
    });
  }
  void drawTrack() {
    goTo(10);
    user.key(Qt::Key_B);
    user.drag({100, 100}, {200, 180});
    ASSERT_TRUE(user.settle());
    ASSERT_EQ(labels().tracks().size(), 1U);
  }
  [[nodiscard]] const workspace::TrackEntry& track() { return labels().tracks().begin()->second; }

  TemporaryFolder folder;
  std::filesystem::path project = folder / "operation.fiducial";
  Journey user;
};

TEST_F(VideoJourney, TheNextFrameKeyShowsExactlyTheNextFrame) {
  goTo(20);
  user.key(Qt::Key_F);
  ASSERT_TRUE(waitForPicture());
  EXPECT_EQ(user.workspace().frame(), 21);
  ASSERT_TRUE(user.workspace().shownFrame());
  EXPECT_EQ(user.workspace().shownFrame()->index, 21);
}

TEST_F(VideoJourney, MovingATrackedBoxOnALaterFrameMakesAKeyFrameAndInterpolatesBetween) {
  drawTrack();
  goTo(20);
  user.key(Qt::Key_V);
  user.click({150, 140});
  user.drag({150, 140}, {250, 160});
  ASSERT_TRUE(user.settle());
  ASSERT_EQ(track().keyframes.size(), 2U);
  goTo(15);
  ASSERT_EQ(user.workspace().shapes().size(), 1U);
  EXPECT_TRUE(user.workspace().shapes()[0].interpolated);
  EXPECT_NEAR(std::get<Box>(user.workspace().shapes()[0].shape).x, 150, 2.5);
}

TEST_F(VideoJourney, ATrackEndsAfterTheFrameWhereShiftCIsPressed) {
  drawTrack();
  goTo(30);
  user.key(Qt::Key_C, Qt::ShiftModifier);
  ASSERT_TRUE(user.settle());
  EXPECT_EQ(user.workspace().shapes().size(), 1U) << "still there on the frame itself";
  goTo(31);
  EXPECT_TRUE(user.workspace().shapes().empty());
}

TEST_F(VideoJourney, AnEventIsCodedWithADigitAndItsBorderDraggedOnTheTimeline) {
  goTo(40);
  user.key(Qt::Key_T);
  user.key(Qt::Key_1);
  goTo(60);
  user.key(Qt::Key_1);
  ASSERT_TRUE(user.settle());
  ASSERT_EQ(labels().events().size(), 1U);
  const Event coded = labels().events().begin()->second.value;
  EXPECT_EQ(coded.firstFrame, 40);
  EXPECT_GE(coded.lastFrame, 59);

  QWidget* lanes = user.find("timelineLanes");
  ASSERT_NE(lanes, nullptr);
  const auto x = [&](double frame) {
    const double width = lanes->width() - 128 - 12;
    return static_cast<int>(128 + frame / user.workspace().frameCount() * width);
  };
  user.dragOn(lanes, {x(40), 30}, {x(25), 30});
  ASSERT_TRUE(user.settle());
  EXPECT_NEAR(labels().events().begin()->second.value.firstFrame, 25, 1);
}

TEST_F(VideoJourney, TracksAndEventsAreThereAfterReopening) {
  drawTrack();
  goTo(40);
  user.key(Qt::Key_T);
  user.key(Qt::Key_1);
  goTo(60);
  user.key(Qt::Key_1);
  ASSERT_TRUE(user.settle());
  user.restart();
  ASSERT_TRUE(user.open({project}));
  EXPECT_EQ(labels().tracks().size(), 1U);
  EXPECT_EQ(labels().events().size(), 1U);
  goTo(10);
  EXPECT_EQ(user.workspace().shapes().size(), 1U);
}

TEST_F(VideoJourney, SpacePlaysAndPauses) {
  goTo(0);
  user.key(Qt::Key_Space);
  EXPECT_TRUE(user.workspace().isPlaying());
  ASSERT_TRUE(user.waitUntil([&] { return user.workspace().frame() >= 3; }));
  user.key(Qt::Key_Space);
  EXPECT_FALSE(user.workspace().isPlaying());
}

TEST_F(VideoJourney, ACopiedShapeGoesToTheNextFrame) {
  user.workspace().setDrawsTracks(false);
  goTo(5);
  user.key(Qt::Key_B);
  user.drag({100, 100}, {200, 180});
  ASSERT_TRUE(user.settle());
  user.key(Qt::Key_V);
  user.click({150, 140});
  user.key(Qt::Key_D, Qt::ControlModifier);
  ASSERT_TRUE(user.settle());
  EXPECT_EQ(user.workspace().frame(), 6);
  EXPECT_EQ(labels().annotations().size(), 2U);
}

}  // namespace
}  // namespace fiducial::test
