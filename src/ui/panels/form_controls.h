// Fields of forms: they keep their value while the mouse wheel scrolls past, and say what they are.
#pragma once

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

#include "ui_context.h"

namespace fiducial::ui {

/// Reports a number when typing is finished and at each step, not at each digit.
class NumberField final : public QDoubleSpinBox {
  Q_OBJECT
 public:
  explicit NumberField(QWidget* parent = nullptr);
  /// Shows a value without reporting it; left alone while somebody types in it.
  void showValue(double value);

 protected:
  void wheelEvent(QWheelEvent* event) override;
};

class ChoiceField final : public QComboBox {
  Q_OBJECT
 public:
  explicit ChoiceField(QWidget* parent = nullptr);

 protected:
  void wheelEvent(QWheelEvent* event) override;
};

/// One of several answers: bordered, filled when it is the chosen one.
class AnswerButton final : public QToolButton {
  Q_OBJECT
 public:
  AnswerButton(const UiContext& context, const QString& text, QWidget* parent = nullptr);

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  const Theme& theme_;
};

/// A field for a line of text, with some room before the text.
[[nodiscard]] QLineEdit* lineField(QWidget* parent);
/// Name for tests and name for screen readers in one call.
void describe(QWidget* widget, const QString& objectName, const QString& accessibleName, const QString& toolTip = {});
/// A 32 px (or `sizePx`) flat button with one of the program's icons.
[[nodiscard]] QToolButton* iconButton(const UiContext& context, const QString& icon, QWidget* parent, int sizePx = 0);
/// The same, bound to a command of the table; null where there is no such command.
[[nodiscard]] QToolButton* commandButton(const UiContext& context, const QString& commandId, QWidget* parent);
[[nodiscard]] QLabel* secondaryLabel(const UiContext& context, const QString& text, QWidget* parent);
/// All classes with their colours, as data the raw id; keeps the current entry where it still exists.
void fillWithClasses(QComboBox* combo, const UiContext& context);

}  // namespace fiducial::ui
