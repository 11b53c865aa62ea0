// The line under the toolbar: what happened, what to do, and one button that does it. No dialog asks what this can say.
#pragma once

#include <QTimer>
#include <QWidget>

#include "ui_context.h"

class QLabel;
class QPropertyAnimation;
class QPushButton;
class QToolButton;

namespace fiducial::ui {

class ElidedLabel;

/// Hidden while there is no message. Informations leave by themselves, warnings and errors stay.
class MessageStrip final : public QWidget {
  Q_OBJECT
 public:
  explicit MessageStrip(UiContext context, QWidget* parent = nullptr);

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  void refresh();
  void leave();
  void act();
  [[nodiscard]] QColor kindColor() const;

  UiContext context_;
  QLabel* icon_;
  ElidedLabel* text_;
  QPushButton* action_;
  QToolButton* close_;
  QTimer leaving_;
  QPropertyAnimation* fade_ = nullptr;
  std::uint64_t shown_ = 0;  ///< number of the message on the strip
};

}  // namespace fiducial::ui
