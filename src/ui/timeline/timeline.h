// The timeline of a video or cine: scrubbing, tracks with their key frames, events with their borders.
#pragma once

#include <QWidget>
#include <memory>
#include <optional>

#include "timeline/timeline_layout.h"
#include "ui_context.h"

class QHBoxLayout;
class QLabel;
class QScrollBar;
class QToolButton;

namespace fiducial::ui {

/// The lanes' area; Timeline puts the transport row above it.
class TimelineLanes final : public QWidget {
  Q_OBJECT
 public:
  explicit TimelineLanes(const UiContext& context, QWidget* parent = nullptr);
  void refresh(workspace::Topics topics);
  [[nodiscard]] QSize sizeHint() const override;
  [[nodiscard]] int scrollPx() const { return scrollPx_; }  ///< how far the lanes are scrolled up

 protected:
  bool event(QEvent* event) override;
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;

 private:
  [[nodiscard]] double lanesWidth() const;
  [[nodiscard]] int contentHeight() const;
  [[nodiscard]] TimelineHit hitAt(QPointF position) const;
  void scrubTo(double x);
  void finishDrag();
  void keepPlayheadVisible();
  void showSelectedLane();
  void scrollTo(int px);
  [[nodiscard]] int room() const;  ///< height for lanes, in pixels
  [[nodiscard]] QString textAt(QPointF position) const;
  void press(const TimelineHit& hit);
  [[nodiscard]] int shownLanes() const;

  UiContext context_;
  TimelineMetrics metrics_;
  TimelineScale scale_;
  std::vector<TimelineLane> lanes_;
  bool fitted_ = true;
  int scrollPx_ = 0;
  QScrollBar* bar_;
  bool scrubbing_ = false;
  std::optional<QPointF> panFrom_;
  std::optional<TimelineHit> pressed_;
  std::optional<TimelineHit> dragged_;
};

class Timeline final : public QWidget {
  Q_OBJECT
 public:
  explicit Timeline(const UiContext& context, QWidget* parent = nullptr);

 private:
  void refresh(workspace::Topics topics);
  QToolButton* addButton(QHBoxLayout* row, const char* commandId);

  UiContext context_;
  TimelineLanes* lanes_;
  QLabel* position_;
  QLabel* rate_;
  QToolButton* play_ = nullptr;
  std::shared_ptr<workspace::Workspace::Subscription> subscription_;
};

}  // namespace fiducial::ui
