#include "panels/empty_state.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace fiducial::ui {
namespace {

constexpr int kIconPx = 32;

}  // namespace

EmptyState::EmptyState(const UiContext& context, const QString& icon, const QString& text, QWidget* parent)
    : QWidget(parent), context_(context), text_(new QLabel(text, this)), layout_(new QVBoxLayout(this)) {
  setObjectName(QStringLiteral("emptyState"));
  auto* picture = new QLabel(this);
  picture->setPixmap(context.icons.pixmap(icon, context.theme.color("textSecondary"), kIconPx, devicePixelRatioF()));
  picture->setAlignment(Qt::AlignHCenter);
  text_->setObjectName(QStringLiteral("emptyStateText"));
  text_->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
  text_->setWordWrap(true);
  QPalette secondary = text_->palette();
  secondary.setColor(QPalette::WindowText, context.theme.color("textSecondary"));
  text_->setPalette(secondary);
  const int padding = context.theme.metric("padding");
  layout_->setContentsMargins(2 * padding, 2 * padding, 2 * padding, 2 * padding);
  layout_->setSpacing(padding);
  layout_->addStretch(1);
  layout_->addWidget(picture);
  layout_->addWidget(text_);
  layout_->addStretch(2);
  setText(text);
}

void EmptyState::setText(const QString& text) {
  text_->setText(text);
  setAccessibleName(text);
}

void EmptyState::offer(const QString& commandId) {
  QAction* action = context_.actions.find(commandId);
  if (!action) return;
  auto* button = new QPushButton(action->icon(), action->text(), this);
  button->setObjectName(QStringLiteral("offer.") + commandId);
  button->setAccessibleName(action->text());
  button->setToolTip(action->toolTip());
  button->setMinimumHeight(context_.theme.metric("button"));
  button->setFocusPolicy(Qt::TabFocus);
  // A command whose dialog is wired later becomes visible then.
  const auto follow = [button, action] {
    button->setVisible(action->isVisible());
    button->setEnabled(action->isEnabled());
  };
  connect(action, &QAction::changed, button, follow);
  connect(button, &QPushButton::clicked, action, &QAction::trigger);
  button->setVisible(action->isVisible());
  layout_->insertWidget(layout_->count() - 1, button, 0, Qt::AlignHCenter);
}

}  // namespace fiducial::ui
