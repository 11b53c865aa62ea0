// A groove with a knob and "n / count" at its right: drag or turn the wheel to go through slices, or times.
#pragma once

#include <QWidget>

#include "ui_context.h"

namespace fiducial::ui {

class StepBar : public QWidget {
  Q_OBJECT
 public:
  StepBar(const UiContext& context, const QString& objectName, const QString& accessibleName, QWidget* parent);

 protected:
  [[nodiscard]] virtual int count() const = 0;
  [[nodiscard]] virtual int now() const = 0;
  virtual void goTo(int step) = 0;
  [[nodiscard]] virtual QString text() const = 0;
  /// Below the knob: what lies where. `x` gives the left edge of a step.
  virtual void paintMarks(QPainter& /*painter*/, const QRectF& /*groove*/) {}

  [[nodiscard]] double xOf(double step) const { return track().left() + step * perStep(); }
  [[nodiscard]] double perStep() const { return track().width() / std::max(1, count()); }
  [[nodiscard]] const UiContext& context() const { return context_; }

  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;

 private:
  void goToPosition(double x);
  [[nodiscard]] QRectF track() const;

  UiContext context_;
};

}  // namespace fiducial::ui
