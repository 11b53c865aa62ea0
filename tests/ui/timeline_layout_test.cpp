// Where things stand on the timeline: lanes of labels, what lies under a point, and the scale.
#include "timeline/timeline_layout.h"

#include <gtest/gtest.h>

namespace fiducial::ui {
namespace {

using What = TimelineHit::What;

constexpr MediumId kMedium{1};
constexpr ClassId kPolyp{1};
constexpr LayerId kPhases{1};
constexpr int kFrames = 100;

/// What stands in the store after one change set, as the project tells it: real ids.
class Labels {
 public:
  Labels() {
    store_.clearLabels(kMedium, {});
    put(raw(kPolyp), LabelClass{.name = "polyp", .color = "#ffcc00", .hotkey = "1", .code = {}, .attributes = {}});
    put(raw(kPhases), Layer{"phases", true});
  }
  void put(RawId id, Record record) {
    AppliedEdit edit;
    edit.changes.push_back({kindOf(record), id, std::nullopt, std::move(record)});
    store_.apply(edit);
  }
  void event(RawId id, LayerId layer, int first, int last) {
    put(id, Event{.medium = kMedium,
                  .labelClass = kPolyp,
                  .layer = layer,
                  .firstFrame = first,
                  .lastFrame = last,
                  .attributes = {}});
  }
  void track(RawId id, std::vector<std::pair<int, bool>> keys) {
    put(id, Track{.medium = kMedium, .labelClass = kPolyp, .attributes = {}});
    for (const auto& [frame, outside] : keys)
      put(id * 100 + frame,
          Keyframe{
              .track = TrackId{id}, .frame = frame, .shape = Box{1, 2, 3, 4}, .outside = outside, .attributes = {}});
  }
  void annotation(RawId id, int frame) {
    put(id, Annotation{.medium = kMedium,
                       .frame = frame,
                       .labelClass = kPolyp,
                       .shape = Box{1, 2, 3, 4},
                       .attributes = {},
                       .note = {}});
  }
  [[nodiscard]] const workspace::LabelStore& store() const { return store_; }
  [[nodiscard]] std::vector<TimelineLane> lanes() const { return timelineLanes(store_, kFrames); }

 private:
  workspace::LabelStore store_;
};

/// One pixel a frame, the first at x = 100: frame f lies from 100 + f on.
constexpr TimelineScale kScale{0, 1, 100};

TimelineHit hit(const Labels& labels, double x, double y) { return hitTimeline(labels.lanes(), kScale, {}, x, y, 0); }

double middleOfLane(int row) { return TimelineMetrics{}.rulerHeight + (row + 0.5) * TimelineMetrics{}.laneHeight; }

TEST(TimelineLanes, EventsOfALayerShareALaneAndCoverTheirLastFrame) {
  Labels labels;
  labels.event(1, kPhases, 0, 9);
  labels.event(2, kPhases, 10, 20);
  const auto lanes = labels.lanes();
  ASSERT_EQ(lanes.size(), 1U);
  EXPECT_EQ(lanes[0].title, QStringLiteral("phases"));
  ASSERT_EQ(lanes[0].items.size(), 2U);
  EXPECT_EQ(lanes[0].items[0].end, 10);
  EXPECT_EQ(lanes[0].items[1].first, 10);
}

TEST(TimelineLanes, OverlappingFreeEventsTakeLanesOfTheirOwn) {
  Labels labels;
  labels.event(1, {}, 0, 50);
  labels.event(2, {}, 40, 60);
  labels.event(3, {}, 55, 70);  // fits behind the first
  const auto lanes = labels.lanes();
  ASSERT_EQ(lanes.size(), 2U);
  EXPECT_EQ(lanes[0].items.size(), 2U);
  EXPECT_EQ(lanes[1].items.size(), 1U);
  EXPECT_TRUE(lanes[1].title.isEmpty());
}

TEST(TimelineLanes, TrackEndsWithTheMediumOrAtItsOutsideKeyFrame) {
  Labels labels;
  labels.track(1, {{10, false}});
  labels.track(2, {{20, false}, {31, true}});
  const auto lanes = labels.lanes();
  ASSERT_EQ(lanes.size(), 2U);
  EXPECT_EQ(lanes[0].items[0].first, 10);
  EXPECT_EQ(lanes[0].items[0].end, kFrames);
  EXPECT_EQ(lanes[1].items[0].end, 31);
  ASSERT_EQ(lanes[1].items[0].keys.size(), 2U);
  EXPECT_TRUE(lanes[1].items[0].keys[1].outside);
}

TEST(TimelineLanes, ShapesOfSingleFramesStandInOneLaneOfTheirClass) {
  Labels labels;
  labels.annotation(1, 30);
  labels.annotation(2, 5);
  labels.annotation(3, 30);
  const auto lanes = labels.lanes();
  ASSERT_EQ(lanes.size(), 1U);
  EXPECT_EQ(lanes[0].title, QStringLiteral("polyp"));
  EXPECT_EQ(lanes[0].items[0].marksAt, (std::vector<int>{5, 30}));
}

TEST(TimelineLanes, ALabelStandsInItsOwnLaneOrInThatOfItsClass) {
  Labels labels;
  labels.track(1, {{10, false}});
  labels.track(2, {{20, false}});
  labels.annotation(3, 30);
  const auto lanes = labels.lanes();
  EXPECT_EQ(laneOf(lanes, labels.store(), {RecordKind::Track, 2}), std::size_t{1});
  EXPECT_EQ(laneOf(lanes, labels.store(), {RecordKind::Annotation, 3}), std::size_t{2})
      << "below the tracks, and not the lane of a track of its class";
  EXPECT_EQ(laneOf(lanes, labels.store(), {RecordKind::Track, 99}), std::nullopt);
}

TEST(TimelineLanes, AMarkStandsForEveryShapeOfItsClassOnThatFrame) {
  Labels labels;
  labels.annotation(1, 30);
  labels.annotation(2, 5);
  labels.annotation(3, 30);
  const std::vector<edit::LabelRef> both{{RecordKind::Annotation, 1}, {RecordKind::Annotation, 3}};
  EXPECT_EQ(labelsOfMark(labels.store(), kPolyp, 30), both);
  const TimelineHit found = hit(labels, 130, middleOfLane(0));
  EXPECT_TRUE(found.isMark);
  EXPECT_EQ(found.frame, 30);
  EXPECT_EQ(found.labelClass, kPolyp);
  EXPECT_EQ(hit(labels, 117, middleOfLane(0)).what, What::Nothing);
}

TEST(TimelineHits, RulerIsAboveEveryLane) {
  Labels labels;
  labels.track(1, {{0, false}});
  const TimelineHit found = hit(labels, 142, 5);
  EXPECT_EQ(found.what, What::Ruler);
  EXPECT_EQ(found.frame, 42);
}

TEST(TimelineHits, KeyFrameWinsOverTheBarItStandsOn) {
  Labels labels;
  labels.track(1, {{10, false}, {40, false}});
  const TimelineHit key = hit(labels, 100 + 42, middleOfLane(0));
  EXPECT_EQ(key.what, What::Keyframe);
  EXPECT_EQ(key.frame, 40);
  EXPECT_EQ(raw(key.keyframe), 140);
  EXPECT_EQ(hit(labels, 100 + 60, middleOfLane(0)).what, What::Item);
  EXPECT_EQ(hit(labels, 100 + 2, middleOfLane(0)).what, What::Nothing);
}

TEST(TimelineHits, BordersOfAnEventAreWithinReachFromBothSides) {
  Labels labels;
  labels.event(7, kPhases, 20, 59);
  for (const double away : {-5.0, 5.0}) {
    EXPECT_EQ(hit(labels, 100 + 20 + away, middleOfLane(0)).what, What::EventBegin) << away;
    EXPECT_EQ(hit(labels, 100 + 60 + away, middleOfLane(0)).what, What::EventEnd) << away;
  }
  EXPECT_EQ(hit(labels, 100 + 40, middleOfLane(0)).what, What::Item);
  EXPECT_EQ(hit(labels, 100 + 40, middleOfLane(1)).what, What::Nothing) << "below the last lane";
}

TEST(TimelineHits, ScrolledLanesAreFoundWhereTheyAreSeen) {
  Labels labels;
  labels.track(1, {{0, false}});
  labels.track(2, {{50, false}});
  const int oneLane = TimelineMetrics{}.laneHeight;
  const TimelineHit found = hitTimeline(labels.lanes(), kScale, {}, 180, middleOfLane(0), oneLane);
  EXPECT_EQ(found.what, What::Item);
  EXPECT_EQ(found.ref.id, 2);
}

TEST(TimelineScales, FittedShowsEveryFrameAndNothingElse) {
  const TimelineScale scale = TimelineScale::fitted(250, 128, 1000);
  EXPECT_DOUBLE_EQ(scale.x(0), 128);
  EXPECT_DOUBLE_EQ(scale.x(250), 1128);
  EXPECT_GT(TimelineScale::fitted(0, 0, 100).pixelsPerFrame, 0) << "no frames yet";
}

TEST(TimelineScales, ZoomKeepsTheFrameUnderThePointer) {
  const TimelineScale scale = TimelineScale::fitted(250, 128, 1000);
  const TimelineScale zoomed = scale.zoomedAt(628, 2, 250, 1000);
  EXPECT_DOUBLE_EQ(zoomed.frameAt(628), scale.frameAt(628));
  EXPECT_DOUBLE_EQ(zoomed.pixelsPerFrame, 8);
}

TEST(TimelineScales, ZoomStaysBetweenAllOfItAndFortyPixelsAFrame) {
  const TimelineScale scale = TimelineScale::fitted(250, 128, 1000);
  EXPECT_DOUBLE_EQ(scale.zoomedAt(200, 0.01, 250, 1000).pixelsPerFrame, 4);
  EXPECT_DOUBLE_EQ(scale.zoomedAt(200, 1000, 250, 1000).pixelsPerFrame, 40);
}

TEST(TimelineScales, PanStopsAtBothEnds) {
  const TimelineScale zoomed{100, 10, 0};
  EXPECT_DOUBLE_EQ(zoomed.pannedBy(-500, 250, 1000).first, 0);
  EXPECT_DOUBLE_EQ(zoomed.pannedBy(500, 250, 1000).first, 150);
}

TEST(TimelineTicks, StandApartInStepsOfOneTwoFive) {
  EXPECT_EQ(tickStep(40, 70), 2);
  EXPECT_EQ(tickStep(80, 70), 1);
  EXPECT_EQ(tickStep(1, 70), 100);
  EXPECT_EQ(tickStep(0.3, 70), 500);
  EXPECT_GT(tickStep(1e-9, 70), 0);
}

}  // namespace
}  // namespace fiducial::ui
