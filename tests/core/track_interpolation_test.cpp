#include "fiducial/core/track_interpolation.h"

#include <gtest/gtest.h>

namespace fiducial {
namespace {

Stored<Keyframe> key(RawId id, int frame, double x, bool outside = false) {
  Stored<Keyframe> stored;
  stored.id = id;
  stored.value.frame = frame;
  stored.value.shape = Box{x, 0, 10, 10};
  stored.value.outside = outside;
  return stored;
}
double xOf(const std::optional<TrackState>& state) { return std::get<Box>(state.value().shape).x; }

// Seen on 10..19 with a gap in the middle: in at 10, out at 15, in again at 18, and no end.
const std::vector<Stored<Keyframe>> kTrack = {key(1, 10, 0), key(2, 13, 30), key(3, 15, 0, true), key(4, 18, 100)};

TEST(Track, IsNotThereBeforeItsFirstKeyFrame) {
  EXPECT_FALSE(stateAt(kTrack, 9));
  EXPECT_FALSE(stateAt({}, 0));
}

TEST(Track, MovesLinearlyBetweenKeyFrames) {
  EXPECT_DOUBLE_EQ(xOf(stateAt(kTrack, 11)), 10);
  EXPECT_DOUBLE_EQ(xOf(stateAt(kTrack, 12)), 20);
  EXPECT_FALSE(stateAt(kTrack, 12)->isKeyframe);
  EXPECT_EQ(stateAt(kTrack, 12)->keyframeId, 1);
  EXPECT_TRUE(stateAt(kTrack, 13)->isKeyframe);
  EXPECT_EQ(stateAt(kTrack, 13)->keyframeId, 2);
}

TEST(Track, HoldsBeforeAnEndIsGoneAfterItAndHoldsToTheEndOfTheMedium) {
  EXPECT_DOUBLE_EQ(xOf(stateAt(kTrack, 14)), 30);
  EXPECT_FALSE(stateAt(kTrack, 15));
  EXPECT_FALSE(stateAt(kTrack, 17));
  EXPECT_DOUBLE_EQ(xOf(stateAt(kTrack, 18)), 100);
  EXPECT_DOUBLE_EQ(xOf(stateAt(kTrack, 1'000'000)), 100);
}

TEST(Track, OcclusionIsThatOfTheKeyFrameBefore) {
  auto track = kTrack;
  track[0].value.occluded = true;
  EXPECT_TRUE(stateAt(track, 12)->occluded);
  EXPECT_FALSE(stateAt(track, 13)->occluded);
}

}  // namespace
}  // namespace fiducial
