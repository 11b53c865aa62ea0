// The hand on one view: which gesture a mouse, wheel, pen or touchpad event is, and what it asks of the workspace.
#pragma once

#include <QPointF>
#include <utility>

#include "keys/key_router.h"
#include "ui_context.h"

class QMouseEvent;
class QNativeGestureEvent;
class QTabletEvent;
class QWheelEvent;

namespace fiducial::ui {

/// One for each view; owns no state beyond the gesture in progress. Positions are logical pixels of the view.
class ViewPointer {
 public:
  ViewPointer(UiContext context, KeyRouter& keys, int view);

  void press(const QMouseEvent& event);
  void move(const QMouseEvent& event);
  /// True where a still right click asks for the menu.
  bool release(const QMouseEvent& event);
  void doubleClick(const QMouseEvent& event);
  void wheel(const QWheelEvent& event);
  bool gesture(const QNativeGestureEvent& event);
  void tablet(const QTabletEvent& event);
  void cancel();
  [[nodiscard]] bool isPanning() const { return gesture_ == Gesture::Pan; }
  /// Space is held: the next drag moves the picture.
  [[nodiscard]] bool isAboutToPan() const { return keys_.isPanning(); }
  /// Double click without a shape in progress: the window maximises or restores the view.
  [[nodiscard]] bool takeMaximiseWish() { return std::exchange(maximiseWish_, false); }

 private:
  enum class Gesture { None, Tool, Pan, Window, Zoom, RightClick };
  [[nodiscard]] ImagePoint picturePoint(QPointF position) const;
  [[nodiscard]] edit::PointerEvent toolEvent(edit::PointerEvent::Kind kind, QPointF position,
                                             Qt::KeyboardModifiers modifiers, edit::Button button) const;
  void dragWindow(QPointF by);
  void dragZoom(double downPx);
  void selectUnder(const QMouseEvent& event);

  UiContext context_;
  KeyRouter& keys_;
  int view_;
  Gesture gesture_ = Gesture::None;
  QPointF pressedAt_;
  QPointF last_;
  double wheelRest_ = 0;
  bool penDown_ = false;
  bool maximiseWish_ = false;
};

}  // namespace fiducial::ui
