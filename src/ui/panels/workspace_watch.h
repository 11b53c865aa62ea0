// Tells a widget once a turn of the event loop which topics changed; a hidden one hears of them when it is shown.
#pragma once

#include <QObject>
#include <functional>
#include <memory>

#include "fiducial/workspace/workspace.h"

class QWidget;

namespace fiducial::ui {

template <class... Topic>
[[nodiscard]] constexpr workspace::Topics topicsOf(Topic... topics) {
  return (static_cast<workspace::Topics>(topics) | ...);
}

/// Owner: the widget (its QObject child). `changed` gets the union of the topics since its last call.
class WorkspaceWatch final : public QObject {
 public:
  enum class WhenHidden { Wait, Call };
  using Changed = std::function<void(workspace::Topics)>;

  WorkspaceWatch(workspace::Workspace& workspace, QWidget* widget, workspace::Topics topics, Changed changed,
                 WhenHidden whenHidden = WhenHidden::Wait);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void note(workspace::Topics topics);
  void deliver();

  QWidget* widget_;
  workspace::Topics topics_;
  Changed changed_;
  WhenHidden whenHidden_;
  workspace::Topics pending_ = 0;
  bool posted_ = false;
  std::shared_ptr<workspace::Workspace::Subscription> subscription_;
};

}  // namespace fiducial::ui
