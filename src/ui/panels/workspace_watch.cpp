#include "panels/workspace_watch.h"

#include <QEvent>
#include <QWidget>

namespace fiducial::ui {

WorkspaceWatch::WorkspaceWatch(workspace::Workspace& workspace, QWidget* widget, workspace::Topics topics,
                               Changed changed, WhenHidden whenHidden)
    : QObject(widget), widget_(widget), topics_(topics), changed_(std::move(changed)), whenHidden_(whenHidden) {
  widget->installEventFilter(this);
  subscription_ = workspace.observe([this](workspace::Topics changedTopics) { note(changedTopics); });
}

void WorkspaceWatch::note(workspace::Topics topics) {
  pending_ |= topics & topics_;
  if (pending_ == 0 || posted_) return;
  posted_ = true;
  QMetaObject::invokeMethod(
      this,
      [this] {
        posted_ = false;
        deliver();
      },
      Qt::QueuedConnection);
}

void WorkspaceWatch::deliver() {
  if (pending_ == 0 || (whenHidden_ == WhenHidden::Wait && !widget_->isVisible())) return;
  changed_(std::exchange(pending_, 0));
}

bool WorkspaceWatch::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::Show) deliver();
  return QObject::eventFilter(watched, event);
}

}  // namespace fiducial::ui
