// Draws the ruler, lanes, bars, key frames and playhead of the timeline; only what is visible.
#pragma once

#include <QRect>

#include "timeline/timeline_layout.h"
#include "ui_context.h"

class QPainter;

namespace fiducial::ui {

struct TimelinePicture {
  const std::vector<TimelineLane>* lanes = nullptr;
  TimelineScale scale;
  TimelineMetrics metrics;
  int scrollPx = 0;
  int titleWidth = 120;
  int frameCount = 0;
  /// A bar or key frame being dragged stands where the pointer is.
  std::optional<TimelineHit> dragged;
};

void paintTimeline(QPainter& painter, const UiContext& context, const TimelinePicture& picture, const QRect& area);

}  // namespace fiducial::ui
