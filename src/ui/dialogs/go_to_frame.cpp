#include "dialogs/go_to_frame.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <cmath>
#include <limits>

namespace fiducial::ui {

std::optional<int> parseFrame(const QString& text, double framesPerSecond, bool countsFromOne) {
  const QString trimmed = text.trimmed();
  bool ok = false;
  const int number = trimmed.toInt(&ok);
  if (ok) return countsFromOne ? number - 1 : number;
  if (!(framesPerSecond > 0)) return std::nullopt;
  double seconds = 0;
  const QString plain = trimmed.endsWith(QLatin1Char('s')) ? trimmed.chopped(1) : trimmed;
  for (const QString& part : plain.split(QLatin1Char(':'))) {
    const double value = part.toDouble(&ok);
    if (!ok || value < 0) return std::nullopt;
    seconds = seconds * 60 + value;
  }
  const double frame = std::floor(seconds * framesPerSecond + 1e-6);
  if (!(frame <= std::numeric_limits<int>::max())) return std::nullopt;  // also "inf" and "nan"
  return static_cast<int>(frame);
}

GoToFrame::GoToFrame(const UiContext& context, QWidget* window)
    : QFrame(window, Qt::Popup),
      context_(context),
      window_(window),
      field_(new QLineEdit(this)),
      hint_(new QLabel(this)) {
  setObjectName(QStringLiteral("goToFrame"));
  setAutoFillBackground(true);
  field_->setObjectName(QStringLiteral("goToFrame.field"));
  field_->setAccessibleName(tr("Go to"));
  field_->setToolTip(tr("A number or a time, then Enter"));
  field_->setFixedWidth(140);
  hint_->setForegroundRole(QPalette::PlaceholderText);
  auto* row = new QHBoxLayout(this);
  row->addWidget(field_);
  row->addWidget(hint_);
  connect(field_, &QLineEdit::returnPressed, this, &GoToFrame::go);
}

void GoToFrame::open() {
  const auto* item = context_.workspace.currentMedium();
  if (!item) return;
  const bool volume = item->medium.value.info.kind == MediumKind::Volume;
  const int count = context_.workspace.frameCount();
  field_->clear();
  hint_->setText(volume ? tr("slice, 1 to %1").arg(count) : tr("frame, 0 to %1, or time like 1:02.5").arg(count - 1));
  adjustSize();
  move(window_->mapToGlobal(QPoint((window_->width() - width()) / 2, 72)));
  show();
  field_->setFocus(Qt::PopupFocusReason);
}

void GoToFrame::go() {
  const auto* item = context_.workspace.currentMedium();
  if (!item) return hide();
  const MediumInfo& info = item->medium.value.info;
  const auto frame = parseFrame(field_->text(), info.frameRate, info.kind == MediumKind::Volume);
  if (!frame) {
    field_->selectAll();
    return;
  }
  hide();
  context_.workspace.setFrame(*frame);
}

}  // namespace fiducial::ui
