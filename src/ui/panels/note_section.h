// The note of the selected annotation.
#pragma once

#include "panels/form_section.h"

class QLineEdit;

namespace fiducial::ui {

class NoteSection final : public FormSection {
  Q_OBJECT
 public:
  explicit NoteSection(const UiContext& context, QWidget* parent = nullptr);
  void refresh() override;

 private:
  [[nodiscard]] const Annotation* annotation() const;
  void write();

  QLineEdit* note_;
};

}  // namespace fiducial::ui
