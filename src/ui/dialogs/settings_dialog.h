// What a person sets once, on one page: theme, mouse, large step, and how much memory volumes may take.
#pragma once

#include <QDialog>

#include "ui_context.h"

namespace fiducial::ui {

class WindowPreferences;

/// What is chosen holds at once and is remembered; there is nothing to accept. The memory for volumes holds for the
/// next one that is opened.
class SettingsDialog final : public QDialog {
  Q_OBJECT
 public:
  SettingsDialog(const UiContext& context, WindowPreferences& preferences, QWidget* parent);

 private:
  [[nodiscard]] QWidget* commandChoice(const QString& prefix, const QString& name, const QString& text);
  [[nodiscard]] QWidget* memoryField();
  [[nodiscard]] QWidget* stepField();

  UiContext context_;
  WindowPreferences& preferences_;
};

}  // namespace fiducial::ui
