#include "dialogs/message_details.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

#include "text.h"

namespace fiducial::ui {
namespace {
constexpr int kMostHeightPx = 360;
constexpr int kWidestPx = 760;
}  // namespace

MessageDetails::MessageDetails(const UiContext& context, const QString& heading, const std::vector<std::string>& notes,
                               QWidget* window)
    : QFrame(window, Qt::Popup), window_(window), list_(new QListWidget(this)) {
  setObjectName(QStringLiteral("messageDetailsList"));
  setAccessibleName(heading);
  setAttribute(Qt::WA_DeleteOnClose);
  setAutoFillBackground(true);
  list_->setObjectName(QStringLiteral("messageDetailsList.list"));
  list_->setAccessibleName(tr("All messages"));
  list_->setWordWrap(true);
  list_->setSpacing(context.theme.metric("grid") / 2);  // with more, long rows are measured too wide
  list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  list_->setSelectionMode(QAbstractItemView::ExtendedSelection);
  for (const std::string& note : notes) list_->addItem(qt(note));
  auto* copy = new QPushButton(tr("Copy all"), this);
  copy->setObjectName(QStringLiteral("messageDetailsList.copy"));
  copy->setAccessibleName(copy->text());
  copy->setToolTip(tr("Puts the list on the clipboard, a line for each"));
  connect(copy, &QPushButton::clicked, this, &MessageDetails::copyAll);
  auto* column = new QVBoxLayout(this);
  column->addWidget(list_, 1);
  column->addWidget(copy, 0, Qt::AlignRight);
}

void MessageDetails::openUnder(QPoint globalPosition, int width) {
  resize(std::min(width, kWidestPx), kMostHeightPx);
  move(globalPosition);
  show();
  const QMargins margins = layout()->contentsMargins();
  const int around = height() - list_->height();
  int rows = margins.top();
  for (int row = 0; row < list_->count(); ++row)
    rows += list_->visualItemRect(list_->item(row)).height() + 2 * list_->spacing();
  resize(this->width(), std::min(kMostHeightPx, around + rows));
  list_->setFocus(Qt::PopupFocusReason);
}

void MessageDetails::copyAll() const {
  QStringList lines;
  for (int row = 0; row < list_->count(); ++row) lines << list_->item(row)->text();
  QGuiApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

void MessageDetails::hideEvent(QHideEvent*) {
  window_->activateWindow();
  close();
}

}  // namespace fiducial::ui
