#include "timeline/slice_bar.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

#include "canvas/overlay_painter.h"

namespace fiducial::ui {
namespace {

using workspace::Topic;

/// Slices that hold voxels of a segment, to the brick.
std::pair<int, int> sliceSpan(const BrickVolume& voxels) {
  int first = voxels.size().slices;
  int end = 0;
  for (const auto& [index, brick] : voxels.bricks()) {
    first = std::min(first, index.bk * kBrickSizeVoxels);
    end = std::max(end, std::min(voxels.size().slices, (index.bk + 1) * kBrickSizeVoxels));
  }
  return {first, end};
}

}  // namespace

SliceBar::SliceBar(const UiContext& context, QWidget* parent)
    : StepBar(context, QStringLiteral("sliceBar"), tr("Slices"), parent) {
  subscription_ = context.workspace.observe([this](workspace::Topics topics) { refresh(topics); });
  refresh(~0U);
}

void SliceBar::refresh(workspace::Topics topics) {
  const workspace::Workspace& workspace = context().workspace;
  const auto* item = workspace.currentMedium();
  const bool wanted = item && item->medium.value.info.kind == MediumKind::Volume && workspace.frameCount() > 1;
  setVisible(wanted);
  if (!wanted) return;
  if (has(topics, Topic::Labels) || has(topics, Topic::Medium) || has(topics, Topic::Schema)) {
    labelled_ = workspace.labels().labelledFrames();
    segmentSpans_.clear();
    for (const auto& [id, entry] : workspace.labels().segments())
      segmentSpans_.emplace_back(classColor(context(), entry.segmentation.value.labelClass), sliceSpan(entry.voxels));
  }
  update();
}

QString SliceBar::text() const { return tr("%1 / %2").arg(now() + 1).arg(count()); }

void SliceBar::paintMarks(QPainter& painter, const QRectF& groove) {
  const Theme& theme = context().theme;
  if (const auto volume = context().workspace.volume(); volume && !volume->isComplete()) {
    for (int k = 0; k < count(); ++k)
      if (volume->isLoaded(k))
        painter.fillRect(QRectF(xOf(k), groove.top(), std::ceil(perStep()), groove.height()), theme.color("pressed"));
  }
  double row = groove.top() - 5;
  for (const auto& [color, span] : segmentSpans_) {
    if (span.second > span.first && row > 1)
      painter.fillRect(QRectF(xOf(span.first), row, xOf(span.second) - xOf(span.first), 2), color);
    row -= 3;
  }
  for (const int slice : labelled_)
    painter.fillRect(QRectF(xOf(slice), groove.bottom() + 2, std::max(2.0, perStep() - 1), 4), theme.color("accent"));
}

}  // namespace fiducial::ui
