#include "timeline/step_bar.h"

#include <QMouseEvent>
#include <QPainter>
#include <algorithm>

namespace fiducial::ui {
namespace {

constexpr int kHeight = 30;
constexpr double kMarginPx = 12;
constexpr double kNumberWidthPx = 96;
constexpr double kGroovePx = 6;

}  // namespace

StepBar::StepBar(const UiContext& context, const QString& objectName, const QString& accessibleName, QWidget* parent)
    : QWidget(parent), context_(context) {
  setObjectName(objectName);
  setAccessibleName(accessibleName);
  setFixedHeight(kHeight);
}

QRectF StepBar::track() const {
  return QRectF(kMarginPx, 0, std::max(10.0, width() - 2 * kMarginPx - kNumberWidthPx), height());
}

void StepBar::goToPosition(double x) {
  goTo(std::clamp(static_cast<int>((x - track().left()) / perStep()), 0, std::max(count() - 1, 0)));
}

void StepBar::mousePressEvent(QMouseEvent* event) {
  if (event->button() == Qt::LeftButton) goToPosition(event->position().x());
}

void StepBar::mouseMoveEvent(QMouseEvent* event) {
  if (event->buttons().testFlag(Qt::LeftButton)) goToPosition(event->position().x());
}

void StepBar::wheelEvent(QWheelEvent* event) {
  goTo(now() + (event->angleDelta().y() > 0 ? -1 : 1));
  event->accept();
}

void StepBar::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  const Theme& theme = context_.theme;
  const QRectF area = track();
  painter.fillRect(rect(), theme.color("panel"));
  const QRectF groove(area.left(), area.center().y() - kGroovePx / 2, area.width(), kGroovePx);
  painter.fillRect(groove, theme.color("separator"));
  paintMarks(painter, groove);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setBrush(theme.color("playhead"));
  painter.setPen(QPen(theme.color("panel"), 1));
  painter.drawRoundedRect(QRectF(xOf(now() + 0.5) - 4, groove.center().y() - 9, 8, 18), 3, 3);
  painter.setPen(theme.color("text"));
  painter.drawText(QRectF(area.right(), 0, kNumberWidthPx, height()), Qt::AlignVCenter | Qt::AlignRight, text());
}

}  // namespace fiducial::ui
