// Position and size of the selected shape on this frame, in pixels to type and in millimetres to read.
#pragma once

#include <array>

#include "panels/form_controls.h"
#include "panels/form_section.h"

namespace fiducial::ui {

class GeometrySection final : public FormSection {
  Q_OBJECT
 public:
  explicit GeometrySection(const UiContext& context, QWidget* parent = nullptr);
  void refresh() override;

 private:
  static constexpr std::size_t kFields = 5;
  [[nodiscard]] const edit::SceneShape* shown() const;
  void showNumbers(const Shape& shape);
  void write(std::size_t field, double value);

  std::array<QLabel*, kFields> names_{};
  std::array<NumberField*, kFields> fields_{};
  QLabel* measures_;
};

/// "120 x 80 px, 94.1 x 62.7 mm", "area 5400 px², 3321 mm²", "uncalibrated" where millimetres are not known.
[[nodiscard]] QString measuresText(const Shape& shape, const MediumInfo& info);

}  // namespace fiducial::ui
