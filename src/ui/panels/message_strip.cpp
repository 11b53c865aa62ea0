#include "panels/message_strip.h"

#include <QGraphicsOpacityEffect>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPropertyAnimation>
#include <QPushButton>
#include <QToolButton>

#include "dialogs/message_details.h"
#include "panels/elided_label.h"
#include "panels/form_controls.h"
#include "panels/workspace_watch.h"
#include "text.h"

namespace fiducial::ui {

using workspace::Message;

namespace {

constexpr int kHeightPx = 32;
constexpr int kMaxLines = 4;
constexpr int kEdgePx = 4;  ///< above and below the text and the button
constexpr int kInfoStaysMs = 8000;
constexpr int kPointedAtStaysMs = 2000;  ///< while the pointer rests on it
constexpr int kFadeMs = 250;
constexpr int kMarkPx = 3;

}  // namespace

MessageStrip::MessageStrip(UiContext context, QWidget* parent)
    : QWidget(parent),
      context_(context),
      icon_(new QLabel(this)),
      text_(new ElidedLabel(this)),
      details_(new QPushButton(this)),
      action_(new QPushButton(this)),
      close_(iconButton(context, QStringLiteral("close"), this, 24)) {
  setObjectName(QStringLiteral("messageStrip"));
  setAccessibleName(tr("Messages"));
  setMinimumHeight(kHeightPx);
  text_->setObjectName(QStringLiteral("messageText"));
  text_->setMaxLines(kMaxLines);
  details_->setObjectName(QStringLiteral("messageDetails"));
  action_->setObjectName(QStringLiteral("messageAction"));
  for (QPushButton* button : {details_, action_}) {
    button->setFocusPolicy(Qt::TabFocus);
    button->setFixedHeight(24);
  }
  describe(close_, QStringLiteral("messageClose"), tr("Close the message"));
  auto* row = new QHBoxLayout(this);
  const int padding = context.theme.metric("padding");
  row->setContentsMargins(padding + kMarkPx, kEdgePx, padding, kEdgePx);
  row->setSpacing(padding);
  row->addWidget(icon_);
  row->addWidget(text_, 1);
  row->addWidget(details_);
  row->addWidget(action_);
  row->addWidget(close_);
  leaving_.setSingleShot(true);
  connect(&leaving_, &QTimer::timeout, this, &MessageStrip::leave);
  connect(action_, &QPushButton::clicked, this, &MessageStrip::act);
  connect(details_, &QPushButton::clicked, this, &MessageStrip::showDetails);
  connect(close_, &QToolButton::clicked, this, [this] { context_.workspace.dismissMessage(); });
  new WorkspaceWatch(
      context.workspace, this, topicsOf(workspace::Topic::Message), [this](workspace::Topics) { refresh(); },
      WorkspaceWatch::WhenHidden::Call);
  refresh();
}

QColor MessageStrip::kindColor() const {
  const auto& message = context_.workspace.message();
  switch (message ? message->kind : Message::Kind::Info) {
    case Message::Kind::Error:
      return context_.theme.color("danger");
    case Message::Kind::Warning:
      return context_.theme.color("warning");
    case Message::Kind::Info:
      break;
  }
  return context_.theme.color("info");
}

void MessageStrip::refresh() {
  const auto& message = context_.workspace.message();
  if (fade_) fade_->stop();
  setGraphicsEffect(nullptr);  // also ends the fade
  setVisible(message.has_value());
  leaving_.stop();
  if (!message) return;
  shown_ = message->number;
  const char* icon = message->kind == Message::Kind::Error     ? "error"
                     : message->kind == Message::Kind::Warning ? "warning"
                                                               : "info";
  icon_->setPixmap(context_.icons.pixmap(QString::fromLatin1(icon), kindColor(), context_.theme.metric("icon"),
                                         devicePixelRatioF()));
  text_->setText(asSentence(qt(message->text)));
  details_->setVisible(!message->details.empty());
  details_->setText(tr("Show all %1").arg(message->details.size()));
  details_->setAccessibleName(details_->text());
  details_->setToolTip(tr("The whole list, to read or copy"));
  const bool acts = message->action || !message->commandId.empty();
  const QAction* command = context_.actions.find(qt(message->commandId));
  const QString text = message->actionText.empty() && command ? command->text() : qt(message->actionText);
  action_->setVisible(acts && !text.isEmpty());
  action_->setText(text);
  action_->setAccessibleName(text);
  action_->setToolTip(command ? command->toolTip() : text);
  if (message->kind == Message::Kind::Info) leaving_.start(kInfoStaysMs);
  update();
}

void MessageStrip::showDetails() {
  const auto& message = context_.workspace.message();
  if (!message) return;
  leaving_.stop();  // what is being read does not leave
  auto* list = new MessageDetails(context_, qt(message->text), message->details, window());
  list->openUnder(mapToGlobal(QPoint(0, height())), width());
}

void MessageStrip::resizeEvent(QResizeEvent*) {
  if (isVisible()) Q_EMIT coverChanged(height());
}

void MessageStrip::showEvent(QShowEvent*) { Q_EMIT coverChanged(height()); }

void MessageStrip::hideEvent(QHideEvent*) { Q_EMIT coverChanged(0); }

void MessageStrip::act() {
  const auto message = context_.workspace.message();  // a copy: acting may say something new
  if (!message) return;
  context_.workspace.dismissMessage();
  if (message->action)
    message->action();
  else
    context_.actions.trigger(qt(message->commandId));
}

void MessageStrip::leave() {
  const auto& message = context_.workspace.message();
  if (!message || message->number != shown_) return;
  if (underMouse()) return leaving_.start(kPointedAtStaysMs);
  auto* effect = new QGraphicsOpacityEffect(this);
  setGraphicsEffect(effect);
  fade_ = new QPropertyAnimation(effect, "opacity", effect);
  fade_->setDuration(kFadeMs);
  fade_->setStartValue(1.0);
  fade_->setEndValue(0.0);
  connect(effect, &QObject::destroyed, this, [this] { fade_ = nullptr; });
  connect(fade_, &QPropertyAnimation::finished, this, [this, number = shown_] {
    const auto& now = context_.workspace.message();
    if (now && now->number == number) context_.workspace.dismissMessage();
  });
  fade_->start();
}

void MessageStrip::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.fillRect(rect(), context_.theme.color("raised"));
  painter.fillRect(QRect(0, 0, kMarkPx, height()), kindColor());
  painter.fillRect(QRect(0, height() - 1, width(), 1), context_.theme.color("separator"));
}

}  // namespace fiducial::ui
