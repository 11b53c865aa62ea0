// Under a 4D volume: the time point that is shown; drag to go through them on the same slice.
#pragma once

#include <memory>

#include "timeline/step_bar.h"

namespace fiducial::ui {

class TimeBar final : public StepBar {
  Q_OBJECT
 public:
  explicit TimeBar(const UiContext& context, QWidget* parent = nullptr)
      : StepBar(context, QStringLiteral("timeBar"), tr("Times"), parent) {
    setToolTip(tr("Times of the scan (Ctrl+Up, Ctrl+Down)"));
    subscription_ = context.workspace.observe([this](workspace::Topics) { refresh(); });
    refresh();
  }

 protected:
  [[nodiscard]] int count() const override { return context().workspace.timeCount(); }
  [[nodiscard]] int now() const override { return context().workspace.time(); }
  void goTo(int step) override { context().workspace.setTime(step); }
  [[nodiscard]] QString text() const override { return tr("time %1 / %2").arg(now() + 1).arg(count()); }

 private:
  void refresh() {
    setVisible(count() > 1);
    update();
  }

  std::shared_ptr<workspace::Workspace::Subscription> subscription_;
};

}  // namespace fiducial::ui
