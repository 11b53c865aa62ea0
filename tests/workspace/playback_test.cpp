// The clock alone, with times of its own: 25 frames a second, the tick of a window every 8 ms.
#include "playback.h"

#include <gtest/gtest.h>

#include <vector>

namespace fiducial::workspace {
namespace {

class Clock : public testing::Test {
 protected:
  /// Frames shown during `ms`.
  std::vector<int> run(std::int64_t ms, int frame = 0) {
    std::vector<int> shown{frame};
    for (const std::int64_t end = now + ms; now < end; now += 8) {
      reel.frame = shown.back();
      const Playback::Step step = playback.tick(reel, now);
      ended |= step.ended;
      if (step.frame != shown.back()) shown.push_back(step.frame);
    }
    return shown;
  }
  Playback playback;
  Playback::Reel reel{0, 1000, false, [](int) { return 40.0; }, [](int) { return true; }};
  std::int64_t now = 5000;
  bool ended = false;
};

TEST_F(Clock, KeepsTheTimeOfTheMediumAndDropsNothing) {
  playback.start(1, now);
  const std::vector<int> shown = run(4000);
  EXPECT_NEAR(static_cast<double>(shown.back()), 100, 1);
  for (std::size_t n = 1; n < shown.size(); ++n) ASSERT_EQ(shown[n], shown[n - 1] + 1);
  EXPECT_DOUBLE_EQ(playback.shownRate(), 1);
}

TEST_F(Clock, WhereDecodingIsTooSlowItSlowsDownAndSaysHowMuch) {
  std::int64_t readyAt = now;
  reel.isReady = [&](int) { return now >= readyAt; };
  playback.start(1, now);
  std::vector<int> shown{0};
  for (const std::int64_t end = now + 5000; now < end; now += 8) {
    reel.frame = shown.back();
    const Playback::Step step = playback.tick(reel, now);
    if (step.frame == shown.back()) continue;
    ASSERT_EQ(step.frame, shown.back() + 1);
    shown.push_back(step.frame);
    readyAt = now + 80;  // half as fast as it should be
  }
  EXPECT_NEAR(playback.shownRate(), 0.5, 0.06);
}

TEST_F(Clock, FasterThanNormalMayDropFramesButKeepsTheSpeed) {
  playback.start(8, now);
  EXPECT_NEAR(static_cast<double>(run(2000).back()), 400, 8);
}

TEST_F(Clock, BackwardsAndTheEnds) {
  playback.start(-1, now);
  const std::vector<int> shown = run(1000, 10);
  EXPECT_EQ(shown.back(), 0);
  EXPECT_TRUE(ended);
}

TEST_F(Clock, ACineLoops) {
  reel.count = 10;
  reel.loops = true;
  playback.start(1, now);
  const std::vector<int> shown = run(1000);
  EXPECT_GT(shown.size(), 20U);
  EXPECT_FALSE(ended);
}

}  // namespace
}  // namespace fiducial::workspace
