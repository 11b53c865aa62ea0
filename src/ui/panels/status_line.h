// The bottom line: value and place under the pointer, zoom, frame and time, running work, and when it was last saved.
#pragma once

#include <QWidget>
#include <optional>

#include "ui_context.h"

class QHBoxLayout;
class QLabel;

namespace fiducial::ui {

class FittingRow;

class StatusLine final : public QWidget {
  Q_OBJECT
 public:
  explicit StatusLine(UiContext context, QWidget* parent = nullptr);
  [[nodiscard]] QSize minimumSizeHint() const override;

 public Q_SLOTS:
  /// Where the pointer is, in picture coordinates of a view; nothing: outside all pictures.
  void setProbe(int view, std::optional<ImagePoint> at);

 private:
  [[nodiscard]] QLabel* addField(QHBoxLayout* row, const QString& name, const QString& what, const QString& widest);
  void refresh(workspace::Topics topics);
  void showProbe();
  void showPlace();
  void showSaved();

  UiContext context_;
  QLabel* value_;
  QLabel* image_;
  QLabel* patient_;
  QLabel* zoom_;
  QLabel* calibration_;
  QLabel* frame_;
  QLabel* savedIcon_;
  QLabel* saved_;
  FittingRow* fitting_ = nullptr;
  int probeView_ = 0;
  std::optional<ImagePoint> probeAt_;
};

}  // namespace fiducial::ui
