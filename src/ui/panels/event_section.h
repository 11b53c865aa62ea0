// First and last frame of the selected event.
#pragma once

#include "panels/form_controls.h"
#include "panels/form_section.h"

namespace fiducial::ui {

class EventSection final : public FormSection {
  Q_OBJECT
 public:
  explicit EventSection(const UiContext& context, QWidget* parent = nullptr);
  void refresh() override;

 private:
  enum class Border { First, Last };
  [[nodiscard]] NumberField* makeField(const QString& name, const QString& text, Border border);

  NumberField* first_;
  NumberField* last_;
  QLabel* times_;
};

}  // namespace fiducial::ui
