// Ctrl+G: a frame, slice or time by number.
#pragma once

#include <QFrame>

#include "ui_context.h"

class QLabel;
class QLineEdit;

namespace fiducial::ui {

class GoToFrame final : public QFrame {
  Q_OBJECT
 public:
  GoToFrame(const UiContext& context, QWidget* window);
  void open();

 private:
  void go();
  UiContext context_;
  QWidget* window_;
  QLineEdit* field_;
  QLabel* hint_;
};

/// "120" is a frame (slices are counted from 1), "1:02.5" or "62.5s" a time. Nothing where the text is neither.
[[nodiscard]] std::optional<int> parseFrame(const QString& text, double framesPerSecond, bool countsFromOne);

}  // namespace fiducial::ui
