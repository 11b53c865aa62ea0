// ?: all keys over the dimmed window, from the table of commands.
#pragma once

#include <QWidget>

#include "ui_context.h"

namespace fiducial::ui {

class KeyOverlay final : public QWidget {
  Q_OBJECT
 public:
  KeyOverlay(const UiContext& context, QWidget* window);
  void toggle();

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  UiContext context_;
};

}  // namespace fiducial::ui
