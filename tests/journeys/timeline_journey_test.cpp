// The timeline under the hand: key frames and borders are dragged and the drag undone, lanes scroll, time runs.
#include <gtest/gtest.h>

#include <QApplication>
#include <QElapsedTimer>
#include <QScrollBar>

#include "journey.h"
#include "support/shared_data.h"
#include "support/temporary_folder.h"

namespace fiducial::test {
namespace {

constexpr int kTitlePx = 128;
constexpr int kRightPx = 12;
constexpr int kRulerPx = 22;
constexpr int kLanePx = 20;

class TimelineJourney : public ::testing::Test {
 protected:
  void SetUp() override { start("surgery.mp4"); }
  void start(const char* medium) {
    ASSERT_TRUE(user.workspace().newProject(folder / (std::string(medium) + ".fiducial")));
    ASSERT_TRUE(user.open({sourceFolder() / "resources/demo/media" / medium}));
    ASSERT_TRUE(user.workspace().addClass("grasper"));
    ASSERT_TRUE(user.settle());
    lanes = user.find("timelineLanes");
    ASSERT_NE(lanes, nullptr);
  }
  [[nodiscard]] const workspace::LabelStore& labels() { return user.workspace().labels(); }
  [[nodiscard]] MediumId medium() { return MediumId{user.workspace().currentMedium()->medium.id}; }
  bool waitForPicture() {
    return user.waitUntil([&] {
      const auto shown = user.workspace().shownFrame();
      return shown && shown->index == user.workspace().frame();
    });
  }
  void goTo(int frame) {
    user.workspace().setFrame(frame);
    ASSERT_TRUE(waitForPicture());
  }
  /// The middle of a frame (0.5 later than its beginning), in pixels of the lanes.
  [[nodiscard]] int x(double frame) {
    const double width = lanes->width() - kTitlePx - kRightPx;
    return static_cast<int>(std::lround(kTitlePx + frame / user.workspace().frameCount() * width));
  }
  [[nodiscard]] static int y(int lane) { return kRulerPx + lane * kLanePx + kLanePx / 2; }
  void undo() {
    user.key(Qt::Key_Z, Qt::ControlModifier);
    ASSERT_TRUE(user.settle());
  }

  TemporaryFolder folder;
  Journey user;
  QWidget* lanes = nullptr;
};

TEST_F(TimelineJourney, AKeyFrameDiamondIsDraggedAndTheDragUndone) {
  goTo(10);
  user.key(Qt::Key_B);
  user.drag({100, 100}, {200, 180});
  ASSERT_TRUE(user.settle());
  goTo(30);
  user.key(Qt::Key_C);
  ASSERT_TRUE(user.settle());
  const auto& keys = [&]() -> const auto& { return labels().tracks().begin()->second.keyframes; };
  ASSERT_EQ(keys().size(), 2U);
  ASSERT_EQ(keys()[1].value.frame, 30);
  user.dragOn(lanes, {x(30.5), y(0)}, {x(45.5), y(0)});
  ASSERT_TRUE(user.settle());
  ASSERT_EQ(keys().size(), 2U);
  EXPECT_NEAR(keys()[1].value.frame, 45, 1);
  undo();
  ASSERT_EQ(keys().size(), 2U);
  EXPECT_EQ(keys()[1].value.frame, 30);
}

TEST_F(TimelineJourney, AnEventBorderIsDraggedAndTheDragUndone) {
  user.workspace().apply({"Add event", {create(Event{medium(), user.workspace().currentClass(), {}, 20, 39, {}})}, {}});
  ASSERT_TRUE(user.settle());
  ASSERT_EQ(labels().events().size(), 1U);
  const auto event = [&] { return labels().events().begin()->second.value; };
  user.dragOn(lanes, {x(40), y(0)}, {x(55), y(0)});
  ASSERT_TRUE(user.settle());
  EXPECT_NEAR(event().lastFrame, 54, 1);
  EXPECT_EQ(event().firstFrame, 20);
  undo();
  EXPECT_EQ(event().lastFrame, 39);
  EXPECT_EQ(event().firstFrame, 20);
}

TEST_F(TimelineJourney, ManyLanesScrollAndTheSelectedOneIsAlwaysInSight) {
  const ClassId first = user.workspace().currentClass();
  Edit tracks{"Add tracks", {}, {}};
  for (int n = 0; n < 20; ++n) {
    const RawId track = -(n + 1);
    Change made = create(Track{medium(), first, Interpolation::Linear, {}});
    made.id = track;
    tracks.changes.push_back(std::move(made));
    tracks.changes.push_back(create(Keyframe{TrackId{track}, n, Box{10, 10, 20, 20}, false, false, {}}));
  }
  user.workspace().apply(tracks);
  ASSERT_TRUE(user.settle());
  ASSERT_EQ(labels().tracks().size(), 20U);
  ASSERT_TRUE(user.workspace().addClass("polyp"));
  user.workspace().setDrawsTracks(false);
  goTo(40);
  user.key(Qt::Key_B);
  user.drag({100, 100}, {200, 180});
  ASSERT_TRUE(user.settle());
  ASSERT_EQ(labels().annotations().size(), 1U);

  auto* bar = user.find<QScrollBar>("timelineScroll");
  ASSERT_NE(bar, nullptr);
  EXPECT_TRUE(bar->isVisible());
  const auto isInSight = [&](int lane) {
    const int top = kRulerPx + lane * kLanePx - bar->value();
    return top >= kRulerPx && top + kLanePx <= lanes->height();
  };
  user.workspace().select({{RecordKind::Annotation, raw(labels().annotations().begin()->first)}});
  ASSERT_TRUE(user.waitUntil([&] { return isInSight(20); }, 1000)) << "a shape of one frame, in the last lane";
  user.screenshot(QStringLiteral("many_lanes"));
  user.workspace().select({{RecordKind::Track, raw(labels().tracks().begin()->first)}});
  ASSERT_TRUE(user.waitUntil([&] { return isInSight(0); }, 1000));
  bar->setValue(bar->maximum());
  EXPECT_TRUE(isInSight(20)) << "by hand";
  user.clickOn(lanes, {x(40.5), y(20) - bar->value()});
  ASSERT_EQ(user.workspace().selection().size(), 1U);
  EXPECT_EQ(user.workspace().selection()[0].kind, RecordKind::Annotation) << "a mark selects what it stands for";
}

TEST_F(TimelineJourney, LPlaysFasterEachTimeJBackwardsAndKStops) {
  goTo(0);
  user.key(Qt::Key_L);
  EXPECT_DOUBLE_EQ(user.workspace().playbackRate(), 1);
  user.key(Qt::Key_L);
  EXPECT_DOUBLE_EQ(user.workspace().playbackRate(), 2);
  ASSERT_TRUE(user.waitUntil([&] { return user.workspace().frame() >= 6; }));
  user.key(Qt::Key_J);
  EXPECT_DOUBLE_EQ(user.workspace().playbackRate(), -1);
  const int turned = user.workspace().frame();
  ASSERT_TRUE(user.waitUntil([&] { return user.workspace().frame() < turned; }));
  user.key(Qt::Key_K);
  EXPECT_FALSE(user.workspace().isPlaying());
  const int stopped = user.workspace().frame();
  user.waitUntil([] { return false; }, 150);
  EXPECT_EQ(user.workspace().frame(), stopped);
}

TEST_F(TimelineJourney, AHeldFStepsForwardAndStopsWithItsRelease) {
  goTo(5);
  std::vector<int> seen;
  const auto watch = user.workspace().observe([&](workspace::Topics) {
    const auto shown = user.workspace().shownFrame();
    if (shown && (seen.empty() || seen.back() != shown->index)) seen.push_back(shown->index);
  });
  user.hold(Qt::Key_F, 20);
  const int released = user.workspace().frame();
  EXPECT_GT(released, 6);
  EXPECT_LE(released, 5 + 21) << "never more than one frame a repeat";
  user.waitUntil([] { return false; }, 200);
  EXPECT_LE(user.workspace().frame(), released + 1);
  EXPECT_TRUE(waitForPicture());
  for (std::size_t n = 1; n < seen.size(); ++n) EXPECT_GT(seen[n], seen[n - 1]) << "a picture went back";
}

/// Plays for a while; frames passed must not be more than the recorded time allows, and time must run.
void expectRecordedTime(Journey& user, double frameMs) {
  user.workspace().setFrame(0);
  QElapsedTimer clock;
  clock.start();
  user.key(Qt::Key_Space);
  const int wanted = std::min(12, user.workspace().frameCount() - 2);
  ASSERT_TRUE(user.waitUntil([&] { return user.workspace().frame() >= wanted; }));
  const double elapsedMs = static_cast<double>(clock.nsecsElapsed()) / 1e6;
  const int frame = user.workspace().frame();
  user.workspace().pause();
  EXPECT_LE((frame - 1) * frameMs, elapsedMs) << "faster than recorded";
  if (user.workspace().shownRate() < 0.95) return;  // this machine cannot decode it in time, and the window says so
  EXPECT_GE((frame + 1) * frameMs, 0.5 * elapsedMs) << "much slower than recorded";
}

TEST_F(TimelineJourney, AVideoPlaysAtItsOwnSpeed) {
  const double fps = user.workspace().currentMedium()->medium.value.info.frameRate;
  ASSERT_GT(fps, 0);
  expectRecordedTime(user, 1000 / fps);
}

TEST_F(TimelineJourney, AnUltrasoundCineRunsAtItsRecordedFrameTime) {
  start("echo.dcm");
  ASSERT_EQ(user.workspace().currentMedium()->medium.value.info.kind, MediumKind::Cine);
  // (0018,1063) Frame Time of the file, read with dcmdump.
  expectRecordedTime(user, 33.333);
}

}  // namespace
}  // namespace fiducial::test
