#include "panels/form_controls.h"

#include <QPainter>
#include <QSignalBlocker>
#include <QWheelEvent>

#include "canvas/overlay_painter.h"
#include "panels/row_painting.h"
#include "text.h"

namespace fiducial::ui {
namespace {

constexpr int kTextMarginPx = 4;
constexpr int kNumberWidthPx = 56;

}  // namespace

NumberField::NumberField(QWidget* parent) : QDoubleSpinBox(parent) {
  setKeyboardTracking(false);
  setFocusPolicy(Qt::StrongFocus);
  setButtonSymbols(QAbstractSpinBox::NoButtons);
  setAlignment(Qt::AlignRight);
  setMinimumWidth(kNumberWidthPx);
}

void NumberField::showValue(double value) {
  if (hasFocus() && lineEdit()->isModified()) return;
  const QSignalBlocker quiet(this);
  setValue(value);
}

void NumberField::wheelEvent(QWheelEvent* event) {
  if (hasFocus())
    QDoubleSpinBox::wheelEvent(event);
  else
    event->ignore();
}

ChoiceField::ChoiceField(QWidget* parent) : QComboBox(parent) {
  setFocusPolicy(Qt::TabFocus);
  setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  setMinimumContentsLength(6);
}

void ChoiceField::wheelEvent(QWheelEvent* event) {
  if (hasFocus())
    QComboBox::wheelEvent(event);
  else
    event->ignore();
}

AnswerButton::AnswerButton(const UiContext& context, const QString& text, QWidget* parent)
    : QToolButton(parent), theme_(context.theme) {
  setText(text);
  setCheckable(true);
  setFocusPolicy(Qt::TabFocus);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void AnswerButton::paintEvent(QPaintEvent* event) {
  QToolButton::paintEvent(event);
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(theme_.color(isChecked() ? "accent" : "fieldEdge"), 1));
  const int radius = theme_.metric("radius");
  painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
}

QLineEdit* lineField(QWidget* parent) {
  auto* field = new QLineEdit(parent);
  field->setTextMargins(kTextMarginPx, 0, kTextMarginPx, 0);
  return field;
}

void describe(QWidget* widget, const QString& objectName, const QString& accessibleName, const QString& toolTip) {
  widget->setObjectName(objectName);
  widget->setAccessibleName(accessibleName);
  widget->setToolTip(toolTip.isEmpty() ? accessibleName : toolTip);
}

QToolButton* iconButton(const UiContext& context, const QString& icon, QWidget* parent, int sizePx) {
  const int size = sizePx > 0 ? sizePx : context.theme.metric("button");
  auto* button = new QToolButton(parent);
  button->setIcon(context.icons.icon(icon));
  button->setIconSize(QSize(context.theme.metric("icon"), context.theme.metric("icon")));
  button->setFixedSize(size, size);
  button->setAutoRaise(true);
  button->setFocusPolicy(Qt::TabFocus);
  return button;
}

QToolButton* commandButton(const UiContext& context, const QString& commandId, QWidget* parent) {
  QAction* action = context.actions.find(commandId);
  if (!action) return nullptr;
  QToolButton* button = iconButton(context, {}, parent);
  button->setDefaultAction(action);
  button->setObjectName(QStringLiteral("button.") + commandId);
  button->setAccessibleName(action->text());
  const auto follow = [button, action] { button->setVisible(action->isVisible()); };
  QObject::connect(action, &QAction::changed, button, follow);
  if (!action->isVisible()) button->hide();
  return button;
}

QLabel* secondaryLabel(const UiContext& context, const QString& text, QWidget* parent) {
  auto* label = new QLabel(text, parent);
  QPalette palette = label->palette();
  palette.setColor(QPalette::WindowText, context.theme.color("textSecondary"));
  label->setPalette(palette);
  return label;
}

namespace {

constexpr int kColorRole = Qt::UserRole + 1;

bool showsClasses(const QComboBox* combo, const workspace::LabelStore& labels) {
  if (combo->count() != static_cast<int>(labels.classes().size())) return false;
  int n = 0;
  for (const auto& [id, stored] : labels.classes()) {
    if (combo->itemData(n).toLongLong() != raw(id) || combo->itemText(n) != qt(stored.value.name) ||
        combo->itemData(n, kColorRole).toString() != qt(stored.value.color))
      return false;
    ++n;
  }
  return true;
}

}  // namespace

void fillWithClasses(QComboBox* combo, const UiContext& context) {
  if (showsClasses(combo, context.workspace.labels())) return;
  const QSignalBlocker quiet(combo);
  const QVariant current = combo->currentData();
  combo->clear();
  for (const auto& [id, stored] : context.workspace.labels().classes()) {
    combo->addItem(swatchIcon(context.theme, classColor(context, id), combo->devicePixelRatioF()),
                   qt(stored.value.name), QVariant::fromValue(qlonglong(raw(id))));
    combo->setItemData(combo->count() - 1, qt(stored.value.color), kColorRole);
  }
  combo->setCurrentIndex(combo->findData(current));
}

}  // namespace fiducial::ui
