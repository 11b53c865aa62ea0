// What is selected, and its class.
#pragma once

#include "panels/form_controls.h"
#include "panels/form_section.h"

namespace fiducial::ui {

class SelectionSection final : public FormSection {
  Q_OBJECT
 public:
  explicit SelectionSection(const UiContext& context, QWidget* parent = nullptr);
  void refresh() override;

 private:
  [[nodiscard]] ClassId commonClass() const;

  QLabel* what_;
  ChoiceField* class_;
};

}  // namespace fiducial::ui
