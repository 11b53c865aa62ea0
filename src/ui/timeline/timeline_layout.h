// Where things stand on the timeline, as pure functions of the labels: lanes, items, and what lies under a point.
#pragma once

#include <QColor>
#include <QString>
#include <cstdint>
#include <optional>
#include <vector>

#include "fiducial/workspace/label_store.h"

namespace fiducial::ui {

/// Frames to pixels along the timeline. `leftPx` is where frame `first` begins.
struct TimelineScale {
  double first = 0;
  double pixelsPerFrame = 1;
  double leftPx = 0;

  [[nodiscard]] double x(double frame) const { return leftPx + (frame - first) * pixelsPerFrame; }
  [[nodiscard]] double frameAt(double x) const { return first + (x - leftPx) / pixelsPerFrame; }
  /// All frames over `widthPx`.
  static TimelineScale fitted(int frameCount, double leftPx, double widthPx);
  /// Zoomed about a pixel, kept within the medium and between "all of it" and 40 px a frame.
  [[nodiscard]] TimelineScale zoomedAt(double x, double factor, int frameCount, double widthPx) const;
  [[nodiscard]] TimelineScale pannedBy(double frames, int frameCount, double widthPx) const;
};

struct TimelineKey {
  KeyframeId id{};
  int frame = 0;
  bool outside = false;
};
/// A bar over frames [first, end).
struct TimelineItem {
  edit::LabelRef ref;
  int first = 0;
  int end = 0;
  std::vector<TimelineKey> keys;  ///< tracks
  std::vector<int> marksAt;       ///< frames of a lane of single frames (annotations, tags)
};
struct TimelineLane {
  QString title;
  ClassId labelClass{};  ///< colour of the whole lane; none: each item has its own
  std::vector<TimelineItem> items;
};

/// The lane in which a label is shown: its own, or that of the single frames of its class.
[[nodiscard]] std::optional<std::size_t> laneOf(const std::vector<TimelineLane>& lanes,
                                                const workspace::LabelStore& labels, const edit::LabelRef& label);
/// What stands behind one mark of a lane of single frames: annotations and frame tags of a class on a frame.
[[nodiscard]] std::vector<edit::LabelRef> labelsOfMark(const workspace::LabelStore& labels, ClassId labelClass,
                                                       int frame);

/// Events by layer first (a free layer takes as many lanes as overlap asks for), then tracks, then single frames.
[[nodiscard]] std::vector<TimelineLane> timelineLanes(const workspace::LabelStore& labels, int frameCount);

struct TimelineHit {
  enum class What : std::uint8_t { Nothing, Ruler, Item, Keyframe, EventBegin, EventEnd };
  What what = What::Nothing;
  edit::LabelRef ref;
  KeyframeId keyframe{};
  int frame = 0;
  bool isMark = false;  ///< one frame of a lane of single frames, of class `labelClass`
  ClassId labelClass{};
};
struct TimelineMetrics {
  int rulerHeight = 22;
  int laneHeight = 20;
  int reachPx = 6;
};
/// `y` is in the widget, `scrollPx` how far the lanes are scrolled up.
[[nodiscard]] TimelineHit hitTimeline(const std::vector<TimelineLane>& lanes, const TimelineScale& scale,
                                      const TimelineMetrics& metrics, double x, double y, int scrollPx);
/// Distance in frames between labelled ticks, a round number, so that they stand at least `minPx` apart.
[[nodiscard]] int tickStep(double pixelsPerFrame, double minPx);

}  // namespace fiducial::ui
