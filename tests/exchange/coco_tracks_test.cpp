// Tracks through COCO and back: every exported frame has the place it had, whichever frames the export took. Expected
// places are those of the project they came from (core's own tests hold its interpolation against arithmetic by hand).
#include <gtest/gtest.h>

#include "coco/coco_key_states.h"
#include "fiducial/core/track_interpolation.h"
#include "small_project.h"

namespace fiducial::exchange {
namespace {

using test::SmallProject;

Keyframe keyframe(int frame, Shape shape, bool outside = false) {
  Keyframe result;
  result.frame = frame;
  result.shape = std::move(shape);
  result.outside = outside;
  return result;
}

std::vector<Stored<Keyframe>> keyframesOf(const project::Project& project) {
  return *project.keyframes(TrackId{project.tracks()->front().id});
}

// Exports the frames marked done and gives the key frames that another project makes of them.
std::vector<Stored<Keyframe>> throughDoneFrames(SmallProject& small) {
  ExportOptions options;
  options.frames = FrameChoice::Done;
  (void)small.exportCoco("out", options);
  const auto other = test::emptyProject(small.folder(), "other.fiducial");
  const auto report = test::importCoco(*other, small.folder() / "out");
  EXPECT_TRUE(report) << (report ? "" : report.error().text());
  return keyframesOf(*other);
}

void expectSameBoxes(const std::vector<Stored<Keyframe>>& before, const std::vector<Stored<Keyframe>>& after, int first,
                     int end) {
  for (int frame = first; frame < end; ++frame) {
    const auto was = stateAt(before, frame);
    const auto is = stateAt(after, frame);
    ASSERT_TRUE(was && is) << "frame " << frame;
    EXPECT_EQ(was->occluded, is->occluded) << "frame " << frame;
    const Box a = std::get<Box>(was->shape);
    const Box b = std::get<Box>(is->shape);
    EXPECT_NEAR(a.x, b.x, 1e-9) << "frame " << frame;
    EXPECT_NEAR(a.y, b.y, 1e-9) << "frame " << frame;
    EXPECT_NEAR(a.width, b.width, 1e-9) << "frame " << frame;
  }
}

TEST(CocoTracks, FramesBetweenTwoKeyFramesKeepTheirPlaces) {
  SmallProject small;
  const MediumId medium = small.addMedium("v", MediumKind::Video, {200, 100}, 20);
  small.addTrack(Track{medium, small.addClass("tool"), Interpolation::Linear, {}},
                 {keyframe(0, Box{0, 0, 10, 10}), keyframe(10, Box{100, 50, 30, 10})});
  for (int frame = 2; frame <= 5; ++frame) small.add(Mark{medium, frame, "done"});
  const auto after = throughDoneFrames(small);
  expectSameBoxes(keyframesOf(small.project()), after, 2, 6);
  EXPECT_EQ(after.size(), 3U);  // the first, the last, and where it is gone
  EXPECT_FALSE(stateAt(after, 6).has_value());
}

TEST(CocoTracks, AKeyFrameAmidTheExportedFramesBendsThePathThere) {
  SmallProject small;
  const MediumId medium = small.addMedium("v", MediumKind::Video, {200, 100}, 30);
  Keyframe hidden = keyframe(8, Box{80, 0, 10, 10});
  hidden.occluded = true;
  small.addTrack(Track{medium, small.addClass("tool"), Interpolation::Linear, {}},
                 {keyframe(0, Box{0, 0, 10, 10}), hidden, keyframe(20, Box{0, 70, 10, 10})});
  for (int frame = 5; frame <= 15; ++frame) small.add(Mark{medium, frame, "done"});
  const auto after = throughDoneFrames(small);
  expectSameBoxes(keyframesOf(small.project()), after, 5, 16);
  EXPECT_EQ(after.size(), 4U);  // 5, 8, 15 and the end
}

std::vector<CocoState> statesAlong(const std::vector<double>& places) {
  std::vector<CocoState> run;
  for (const double x : places) run.push_back({static_cast<int>(run.size()), Box{x, 0, 10, 10}, false, false, {}});
  return run;
}

std::vector<std::size_t> kept(const std::vector<CocoState>& run) {
  const auto isKept = keyStates(run);
  std::vector<std::size_t> at;
  for (std::size_t i = 0; i < isKept.size(); ++i) {
    if (isKept[i]) at.push_back(i);
  }
  return at;
}

TEST(CocoTracks, KeyFramesAreMadeWhereThePathBendsOnly) {
  using Indices = std::vector<std::size_t>;
  EXPECT_EQ(kept(statesAlong({5})), (Indices{0}));
  EXPECT_EQ(kept(statesAlong({5, 5, 5})), (Indices{0}));
  EXPECT_EQ(kept(statesAlong({0, 1, 2, 3})), (Indices{0, 3}));
  EXPECT_EQ(kept(statesAlong({0, 2, 4, 3, 2, 1, 0})), (Indices{0, 2, 6}));
  EXPECT_EQ(kept(statesAlong({0, 0, 0, 10, 20, 20})), (Indices{0, 2, 4, 5}));
  EXPECT_EQ(kept(statesAlong({0, 1, 2.0001, 3, 4})), (Indices{0, 4}));  // less than a thousandth of a pixel off
}

TEST(CocoTracks, MasksAreKeptWhereTheyChange) {
  const RunMask one{{4, 3}, {3, 2, 7}};
  const RunMask two{{4, 3}, {4, 2, 6}};
  std::vector<CocoState> run;
  for (const RunMask& mask : {one, one, two, two, one, two}) {
    run.push_back({static_cast<int>(run.size()), mask, false, false, {}});
  }
  EXPECT_EQ(kept(run), (std::vector<std::size_t>{0, 2, 4, 5}));
  run[3].shape = Box{0, 0, 2, 2};
  EXPECT_EQ(kept(run), (std::vector<std::size_t>{0, 2, 3, 4, 5}));
}

TEST(CocoTracks, APathThatNeverFitsEndsInTimeWithAllOfIt) {
  std::vector<double> places;
  for (int i = 0; i < 20000; ++i) places.push_back((i % 2 == 0 ? 1 : -1) * (20000.0 - i));
  EXPECT_EQ(kept(statesAlong(places)).size(), places.size());
}

}  // namespace
}  // namespace fiducial::exchange
