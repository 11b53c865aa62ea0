#include "panels/elided_label.h"

#include <QPainter>
#include <QTextLayout>

namespace fiducial::ui {

ElidedLabel::ElidedLabel(QWidget* parent) : QWidget(parent) {
  setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
}

void ElidedLabel::setText(const QString& text) {
  if (text == text_) return;
  text_ = text;
  setToolTip(text);
  setAccessibleName(text);
  updateGeometry();
  update();
}

void ElidedLabel::setColor(const QColor& color) {
  color_ = color;
  update();
}

QSize ElidedLabel::sizeHint() const { return {fontMetrics().horizontalAdvance(text_) + 2, fontMetrics().height()}; }

QSize ElidedLabel::minimumSizeHint() const { return {0, fontMetrics().height()}; }

void ElidedLabel::setMaxLines(int lines) {
  maxLines_ = lines;
  QSizePolicy policy = sizePolicy();
  policy.setHeightForWidth(lines > 1);
  setSizePolicy(policy);
  updateGeometry();
}

QStringList ElidedLabel::linesFor(int width) const {
  if (maxLines_ == 1 || width <= 0) return {fontMetrics().elidedText(text_, mode_, width)};
  QTextLayout layout(text_, font());
  QStringList lines;
  layout.beginLayout();
  for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
    line.setLineWidth(width);
    const bool last = lines.size() + 1 == maxLines_;
    const QString rest = text_.mid(line.textStart());
    lines << (last ? fontMetrics().elidedText(rest, mode_, width) : rest.left(line.textLength()).trimmed());
    if (last) break;
  }
  layout.endLayout();
  return lines;
}

int ElidedLabel::heightForWidth(int width) const {
  return std::max(1, static_cast<int>(linesFor(width).size())) * fontMetrics().lineSpacing();
}

void ElidedLabel::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setPen(color_.isValid() ? color_ : palette().color(QPalette::WindowText));
  painter.drawText(rect(), Qt::AlignLeft | Qt::AlignVCenter, linesFor(width()).join(QLatin1Char('\n')));
}

}  // namespace fiducial::ui
