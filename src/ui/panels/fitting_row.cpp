#include "panels/fitting_row.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QWidget>
#include <algorithm>

namespace fiducial::ui {

FittingRow::FittingRow(QWidget* widget, QHBoxLayout* row, std::vector<QWidget*> leaving)
    : QObject(widget), widget_(widget), row_(row), leaving_(std::move(leaving)) {
  widget->installEventFilter(this);
}

void FittingRow::setWanted(QWidget* part, bool wanted) {
  const bool changed = wanted ? unwanted_.erase(part) > 0 : unwanted_.insert(part).second;
  if (changed) fit();
}

bool FittingRow::isLeaving(const QWidget* part, std::size_t left) const {
  const auto end = leaving_.begin() + static_cast<std::ptrdiff_t>(left);
  return std::find(leaving_.begin(), end, part) != end;
}

/// What the row needs once the first `left` parts have made room.
int FittingRow::widthWith(std::size_t left) const {
  const QMargins margins = row_->contentsMargins();
  int width = margins.left() + margins.right();
  int parts = 0;
  for (int n = 0; n < row_->count(); ++n) {
    const QWidget* part = row_->itemAt(n)->widget();
    const bool isLayout = row_->itemAt(n)->layout() != nullptr;
    if (!part && !isLayout) continue;
    const bool mayLeave = std::ranges::find(leaving_, part) != leaving_.end();
    if (part && (mayLeave ? unwanted_.contains(part) || isLeaving(part, left) : part->isHidden())) continue;
    const int hint =
        part ? std::max(part->minimumWidth(), part->minimumSizeHint().width()) : row_->itemAt(n)->minimumSize().width();
    width += part && part->maximumWidth() < QWIDGETSIZE_MAX ? std::min(part->maximumWidth(), hint) : hint;
    ++parts;
  }
  return width + std::max(0, parts - 1) * row_->spacing();
}

void FittingRow::fit() {
  // Without this the layout would hold the widget as wide as everything in it.
  if (const int least = widthWith(leaving_.size()); least != widget_->minimumWidth()) widget_->setMinimumWidth(least);
  std::size_t left = 0;
  while (left < leaving_.size() && widthWith(left) > widget_->width()) ++left;
  for (QWidget* part : leaving_) part->setVisible(!unwanted_.contains(part) && !isLeaving(part, left));
}

bool FittingRow::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::Resize || event->type() == QEvent::Show || event->type() == QEvent::LayoutRequest) fit();
  return QObject::eventFilter(watched, event);
}

}  // namespace fiducial::ui
