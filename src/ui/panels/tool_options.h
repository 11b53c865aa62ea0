// The thin row above the timeline: what the active tool is, and its few settings.
#pragma once

#include <QWidget>

#include "ui_context.h"

class QCheckBox;
class QLabel;
class QSlider;

namespace fiducial::ui {

class ChoiceField;
class ElidedLabel;
class FittingRow;
class NumberField;

class ToolOptions final : public QWidget {
  Q_OBJECT
 public:
  explicit ToolOptions(UiContext context, QWidget* parent = nullptr);
  [[nodiscard]] QSize minimumSizeHint() const override;

 private:
  void build();
  void buildSize();
  [[nodiscard]] QCheckBox* addCheck(const QString& name, const QString& text, const QString& hint);
  void refresh();
  void showSize();
  void showSegments();
  void showLayers();
  void change(const std::function<void(edit::ToolSettings&)>& change);
  [[nodiscard]] bool onVolume() const;
  [[nodiscard]] bool onMovingPictures() const;

  UiContext context_;
  FittingRow* fitting_ = nullptr;
  ElidedLabel* hint_;
  QWidget* size_;
  QSlider* slider_;
  NumberField* diameter_;
  QLabel* millimetres_;
  QCheckBox* sphere_;
  QCheckBox* overlap_;
  QCheckBox* tracks_;
  QWidget* segmentBox_;
  ChoiceField* segment_;
  QWidget* layerBox_;
  ChoiceField* layer_;
};

}  // namespace fiducial::ui
