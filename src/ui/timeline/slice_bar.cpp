#include "timeline/slice_bar.h"

#include <QMouseEvent>
#include <QPainter>
#include <cmath>

#include "canvas/overlay_painter.h"

namespace fiducial::ui {
namespace {

using workspace::Topic;
constexpr int kHeight = 30;
constexpr double kMarginPx = 12;
constexpr double kNumberWidthPx = 70;

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

SliceBar::SliceBar(const UiContext& context, QWidget* parent) : QWidget(parent), context_(context) {
  setObjectName(QStringLiteral("sliceBar"));
  setAccessibleName(tr("Slices"));
  setFixedHeight(kHeight);
  subscription_ = context_.workspace.observe([this](workspace::Topics topics) { refresh(topics); });
  refresh(~0U);
}

void SliceBar::refresh(workspace::Topics topics) {
  const auto* item = context_.workspace.currentMedium();
  const bool wanted = item && item->medium.value.info.kind == MediumKind::Volume && context_.workspace.frameCount() > 1;
  setVisible(wanted);
  if (!wanted) return;
  if (has(topics, Topic::Labels) || has(topics, Topic::Medium) || has(topics, Topic::Schema)) {
    labelled_ = context_.workspace.labels().labelledFrames();
    segmentSpans_.clear();
    for (const auto& [id, entry] : context_.workspace.labels().segments())
      segmentSpans_.emplace_back(classColor(context_, entry.segmentation.value.labelClass), sliceSpan(entry.voxels));
  }
  update();
}

QRectF SliceBar::track() const {
  return QRectF(kMarginPx, 0, std::max(10.0, width() - 2 * kMarginPx - kNumberWidthPx), height());
}

void SliceBar::goTo(double x) {
  const QRectF area = track();
  const int count = context_.workspace.frameCount();
  context_.workspace.setFrame(std::clamp(static_cast<int>((x - area.left()) / area.width() * count), 0, count - 1));
}

void SliceBar::mousePressEvent(QMouseEvent* event) {
  if (event->button() == Qt::LeftButton) goTo(event->position().x());
}

void SliceBar::mouseMoveEvent(QMouseEvent* event) {
  if (event->buttons().testFlag(Qt::LeftButton)) goTo(event->position().x());
}

void SliceBar::wheelEvent(QWheelEvent* event) {
  context_.workspace.stepFrame(event->angleDelta().y() > 0 ? -1 : 1);
  event->accept();
}

void SliceBar::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  const Theme& theme = context_.theme;
  const QRectF area = track();
  const int count = std::max(1, context_.workspace.frameCount());
  const double perSlice = area.width() / count;
  const auto x = [&](double slice) { return area.left() + slice * perSlice; };
  painter.fillRect(rect(), theme.color("panel"));
  const QRectF groove(area.left(), area.center().y() - 3, area.width(), 6);
  painter.fillRect(groove, theme.color("separator"));
  if (const auto volume = context_.workspace.volume(); volume && !volume->isComplete()) {
    for (int k = 0; k < count; ++k)
      if (volume->isLoaded(k))
        painter.fillRect(QRectF(x(k), groove.top(), std::ceil(perSlice), 6), theme.color("pressed"));
  }
  double row = groove.top() - 5;
  for (const auto& [color, span] : segmentSpans_) {
    if (span.second > span.first && row > 1)
      painter.fillRect(QRectF(x(span.first), row, x(span.second) - x(span.first), 2), color);
    row -= 3;
  }
  for (const int slice : labelled_)
    painter.fillRect(QRectF(x(slice), groove.bottom() + 2, std::max(2.0, perSlice - 1), 4), theme.color("accent"));
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setBrush(theme.color("playhead"));
  painter.setPen(QPen(theme.color("panel"), 1));
  const double middle = x(context_.workspace.frame() + 0.5);
  painter.drawRoundedRect(QRectF(middle - 4, groove.center().y() - 9, 8, 18), 3, 3);
  painter.setPen(theme.color("text"));
  painter.drawText(QRectF(area.right(), 0, kNumberWidthPx, height()), Qt::AlignVCenter | Qt::AlignRight,
                   tr("%1 / %2").arg(context_.workspace.frame() + 1).arg(count));
}

}  // namespace fiducial::ui
