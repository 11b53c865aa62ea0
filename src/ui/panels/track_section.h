// The selected track on this frame: occluded, key frame here, ends here.
#pragma once

#include "panels/form_section.h"

class QCheckBox;
class QPushButton;

namespace fiducial::ui {

class TrackSection final : public FormSection {
  Q_OBJECT
 public:
  explicit TrackSection(const UiContext& context, QWidget* parent = nullptr);
  void refresh() override;

 private:
  [[nodiscard]] QPushButton* makeButton(const QString& name, const QString& icon, const QString& text,
                                        const QString& hint);

  QLabel* extent_;
  QCheckBox* occluded_;
  QPushButton* keyframe_;
  QPushButton* ends_;
};

}  // namespace fiducial::ui
