// Under a volume: which slices hold labels, which are loaded, where the view stands; drag to move through them.
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "timeline/step_bar.h"

namespace fiducial::ui {

class SliceBar final : public StepBar {
  Q_OBJECT
 public:
  explicit SliceBar(const UiContext& context, QWidget* parent = nullptr);

 protected:
  [[nodiscard]] int count() const override { return context().workspace.frameCount(); }
  [[nodiscard]] int now() const override { return context().workspace.frame(); }
  void goTo(int step) override { context().workspace.setFrame(step); }
  [[nodiscard]] QString text() const override;
  void paintMarks(QPainter& painter, const QRectF& groove) override;

 private:
  void refresh(workspace::Topics topics);

  std::vector<int> labelled_;
  std::vector<std::pair<QColor, std::pair<int, int>>> segmentSpans_;  ///< colour, first and end slice
  std::shared_ptr<workspace::Workspace::Subscription> subscription_;
};

}  // namespace fiducial::ui
