// One view of the canvas: a rendered plane or frame with labels, texts and the tool's cursor over it.
#pragma once

#include <QElapsedTimer>
#include <QImage>
#include <QTimer>
#include <QWidget>
#include <optional>

#include "canvas/view_pointer.h"
#include "fiducial/render/picture_renderer.h"
#include "ui_context.h"

namespace fiducial::ui {

/// The picture is rendered into `picture_` only when something of it changed; masks are blended into `shown_` on top of
/// a copy; shapes, texts and cursor are painted at each repaint.
class ViewWidget final : public QWidget {
  Q_OBJECT
 public:
  ViewWidget(UiContext context, KeyRouter& keys, int view, QWidget* parent = nullptr);

  void refresh(workspace::Topics topics);
  /// So many pixels at the top lie under the message strip.
  void setCoveredTop(int px);

 Q_SIGNALS:
  /// Picture coordinates under the pointer; nothing when it leaves.
  void hovered(int view, std::optional<ImagePoint> at);
  void maximiseWished(int view);
  void menuWished(int view, const QPoint& globalPosition);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void tabletEvent(QTabletEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;
  bool event(QEvent* event) override;

 private:
  void renderStale();
  void paintCrosshair(QPainter& painter);
  void paintWaiting(QPainter& painter);
  void paintMissing(QPainter& painter);
  void updateCursor();

  UiContext context_;
  int view_;
  ViewPointer pointer_;
  render::Raster picture_;
  render::Raster shown_;
  bool pictureStale_ = true;
  bool masksStale_ = true;
  bool hasPicture_ = false;
  QPointF hover_;
  bool hovering_ = false;
  int coveredTopPx_ = 0;
  QElapsedTimer sizeChanged_;
  QTimer waiting_;  ///< repaints once when a spinner becomes due, then while it turns
  int lastSizeTenths_ = 0;
};

}  // namespace fiducial::ui
