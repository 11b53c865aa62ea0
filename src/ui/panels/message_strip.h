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

 Q_SIGNALS:
  /// How much of what lies under the strip it hides now, in pixels from its top; 0 while there is no message.
  void coverChanged(int heightPx);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void showEvent(QShowEvent* event) override;
  void hideEvent(QHideEvent* event) override;

 private:
  void refresh();
  void leave();
  void act();
  void showDetails();
  [[nodiscard]] QColor kindColor() const;

  UiContext context_;
  QLabel* icon_;
  ElidedLabel* text_;
  QPushButton* details_;  ///< opens the list of what the text only counts
  QPushButton* action_;
  QToolButton* close_;
  QTimer leaving_;
  QPropertyAnimation* fade_ = nullptr;
  std::uint64_t shown_ = 0;  ///< number of the message on the strip
};

}  // namespace fiducial::ui
