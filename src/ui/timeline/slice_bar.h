// Under a volume: which slices hold labels, which are loaded, where the view stands; drag to move through them.
#pragma once

#include <QWidget>
#include <memory>

#include "ui_context.h"

namespace fiducial::ui {

class SliceBar final : public QWidget {
  Q_OBJECT
 public:
  explicit SliceBar(const UiContext& context, QWidget* parent = nullptr);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;

 private:
  void refresh(workspace::Topics topics);
  void goTo(double x);
  [[nodiscard]] QRectF track() const;

  UiContext context_;
  std::vector<int> labelled_;
  std::vector<std::pair<QColor, std::pair<int, int>>> segmentSpans_;  ///< colour, first and end slice
  std::shared_ptr<workspace::Workspace::Subscription> subscription_;
};

}  // namespace fiducial::ui
