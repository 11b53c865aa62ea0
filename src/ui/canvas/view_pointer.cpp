#include "canvas/view_pointer.h"

#include <QMouseEvent>
#include <QNativeGestureEvent>
#include <QPointingDevice>
#include <QTabletEvent>
#include <QWheelEvent>
#include <cmath>

namespace fiducial::ui {
namespace {

using Kind = edit::PointerEvent::Kind;

constexpr double kClickPx = 4;           ///< a right button that moved less asks for the menu
constexpr double kTouchpadFramePx = 40;  ///< touchpad travel for one frame
constexpr double kWheelNotch = 120;      ///< eighths of a degree, times 15
constexpr double kZoomPerNotch = 1.2;
constexpr double kZoomPerDraggedPx = 1.01;

}  // namespace

ViewPointer::ViewPointer(UiContext context, KeyRouter& keys, int view) : context_(context), keys_(keys), view_(view) {}

ImagePoint ViewPointer::picturePoint(QPointF position) const {
  return context_.workspace.view(view_).transform.toPicture({position.x(), position.y()});
}

edit::PointerEvent ViewPointer::toolEvent(Kind kind, QPointF position, Qt::KeyboardModifiers modifiers,
                                          edit::Button button) const {
  edit::PointerEvent event;
  event.kind = kind;
  event.at = picturePoint(position);
  event.button = button;
  event.control = modifiers.testFlag(Qt::ControlModifier);
  event.shift = modifiers.testFlag(Qt::ShiftModifier);
  return event;
}

void ViewPointer::press(const QMouseEvent& event) {
  workspace::Workspace& workspace = context_.workspace;
  workspace.setActiveView(view_);
  const QPointF at = event.position();
  if (gesture_ == Gesture::Tool && event.button() != Qt::LeftButton) {
    if (event.button() == Qt::RightButton)
      workspace.pointer(view_, toolEvent(Kind::Press, at, event.modifiers(), edit::Button::Secondary));
    return;  // a second button during a drag belongs to the drag
  }
  pressedAt_ = last_ = at;
  switch (event.button()) {
    case Qt::LeftButton:
      if (keys_.isPanning())
        gesture_ = Gesture::Pan;
      else if (keys_.isWindowing())
        gesture_ = Gesture::Window;
      else if (workspace.pointer(view_, toolEvent(Kind::Press, at, event.modifiers(), edit::Button::Primary)))
        gesture_ = Gesture::Tool;
      else
        gesture_ = keys_.mousePreset() == MousePreset::Viewers ? Gesture::Window : Gesture::Pan;
      break;
    case Qt::MiddleButton:
      gesture_ = Gesture::Pan;
      break;
    case Qt::RightButton:
      gesture_ = Gesture::RightClick;
      break;
    default:
      break;
  }
}

void ViewPointer::dragWindow(QPointF by) {
  const workspace::ViewState& view = context_.workspace.view(view_);
  context_.workspace.dragWindow(by.x() / std::max(1.0, view.width), -by.y() / std::max(1.0, view.height));
}

/// Up is nearer, about where the button went down.
void ViewPointer::dragZoom(double downPx) {
  context_.workspace.zoomView(view_, {pressedAt_.x(), pressedAt_.y()}, std::pow(kZoomPerDraggedPx, -downPx));
}

void ViewPointer::move(const QMouseEvent& event) {
  workspace::Workspace& workspace = context_.workspace;
  const QPointF at = event.position();
  const QPointF by = at - last_;
  last_ = at;
  switch (gesture_) {
    case Gesture::None:
      workspace.pointer(view_, toolEvent(Kind::Move, at, event.modifiers(), edit::Button::None));
      if (event.modifiers() == Qt::ShiftModifier) workspace.setCrosshair(view_, picturePoint(at));
      break;
    case Gesture::Tool:
      workspace.pointer(view_, toolEvent(Kind::Move, at, event.modifiers(), edit::Button::Primary));
      break;
    case Gesture::Pan:
      keys_.noteDrag();
      workspace.panView(view_, by.x(), by.y());
      break;
    case Gesture::RightClick:
      if (QLineF(at, pressedAt_).length() < kClickPx) break;
      if (keys_.mousePreset() == MousePreset::Fiducial) {
        gesture_ = Gesture::Window;
        dragWindow(at - pressedAt_);
      } else {
        gesture_ = Gesture::Zoom;
        dragZoom(at.y() - pressedAt_.y());
      }
      break;
    case Gesture::Zoom:
      dragZoom(by.y());
      break;
    case Gesture::Window:
      dragWindow(by);
      break;
  }
}

/// The menu is about what was clicked: with the select tool the shape under the pointer, unless it is selected already.
void ViewPointer::selectUnder(const QMouseEvent& event) {
  workspace::Workspace& workspace = context_.workspace;
  if (workspace.tool().id != "select" || workspace.isCoding() || workspace.selection().size() > 1) return;
  if (workspace.pointer(view_, toolEvent(Kind::Press, event.position(), {}, edit::Button::Primary)))
    workspace.pointer(view_, toolEvent(Kind::Release, event.position(), {}, edit::Button::Primary));
}

bool ViewPointer::release(const QMouseEvent& event) {
  if (gesture_ == Gesture::Tool && event.button() != Qt::LeftButton) return false;
  const Gesture ended = std::exchange(gesture_, Gesture::None);
  workspace::Workspace& workspace = context_.workspace;
  if (ended == Gesture::Tool)
    workspace.pointer(view_, toolEvent(Kind::Release, event.position(), event.modifiers(), edit::Button::Primary));
  if (ended != Gesture::RightClick) return false;
  if (!workspace.isToolBusy()) {
    selectUnder(event);
    return true;
  }
  workspace.pointer(view_, toolEvent(Kind::Accept, event.position(), event.modifiers(), edit::Button::Secondary));
  return false;
}

void ViewPointer::doubleClick(const QMouseEvent& event) {
  if (event.button() != Qt::LeftButton) return press(event);
  workspace::Workspace& workspace = context_.workspace;
  if (workspace.isToolBusy()) {
    workspace.pointer(view_, toolEvent(Kind::DoubleClick, event.position(), event.modifiers(), edit::Button::Primary));
    return;
  }
  // Fast strokes and clicks of a drawing tool are not a wish to maximise.
  if (workspace.tool().needsClass) return press(event);
  maximiseWish_ = true;
}

void ViewPointer::wheel(const QWheelEvent& event) {
  workspace::Workspace& workspace = context_.workspace;
  workspace.setActiveView(view_);
  const bool touchpad = !event.pixelDelta().isNull() && event.phase() != Qt::NoScrollPhase;
  if (event.phase() == Qt::ScrollMomentum) return;  // no inertia: frames would run on
  const double travel = touchpad ? event.pixelDelta().y() : event.angleDelta().y() + event.angleDelta().x();
  const double unit = touchpad ? kTouchpadFramePx : kWheelNotch;
  const bool zooms =
      event.modifiers().testFlag(Qt::ControlModifier) || workspace.isToolBusy() || workspace.viewStepCount(view_) <= 1;
  if (event.modifiers().testFlag(Qt::ShiftModifier)) {
    wheelRest_ += travel / unit;
    const double steps = std::trunc(wheelRest_);
    wheelRest_ -= steps;
    if (steps != 0) workspace.changeToolSize(static_cast<int>(steps));
    return;
  }
  if (zooms) {
    const ScreenPoint anchor{event.position().x(), event.position().y()};
    workspace.zoomView(view_, anchor, std::pow(kZoomPerNotch, travel / unit));
    return;
  }
  wheelRest_ -= travel / unit;
  const double steps = std::trunc(wheelRest_);
  wheelRest_ -= steps;
  if (steps != 0) workspace.stepView(view_, static_cast<int>(steps));
}

bool ViewPointer::gesture(const QNativeGestureEvent& event) {
  if (event.gestureType() != Qt::ZoomNativeGesture) return false;
  context_.workspace.zoomView(view_, {event.position().x(), event.position().y()}, 1.0 + event.value());
  return true;
}

void ViewPointer::tablet(const QTabletEvent& event) {
  const bool eraser = event.pointerType() == QPointingDevice::PointerType::Eraser;
  Kind kind = Kind::Move;
  if (event.type() == QEvent::TabletPress) kind = Kind::Press;
  if (event.type() == QEvent::TabletRelease) kind = Kind::Release;
  if (kind == Kind::Press) penDown_ = true;
  edit::PointerEvent out =
      toolEvent(kind, event.position(), event.modifiers(), penDown_ ? edit::Button::Primary : edit::Button::None);
  if (kind == Kind::Release) penDown_ = false;
  out.pen = true;
  out.pressure = event.pressure();
  out.control = out.control || eraser;
  context_.workspace.pointer(view_, out);
}

void ViewPointer::cancel() {
  if (std::exchange(gesture_, Gesture::None) != Gesture::Tool) return;
  context_.workspace.pointer(view_, toolEvent(Kind::Cancel, last_, {}, edit::Button::None));
}

}  // namespace fiducial::ui
