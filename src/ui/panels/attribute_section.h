// The attributes that the selected label's class, and its parents, give it.
#pragma once

#include <functional>
#include <vector>

#include "panels/form_section.h"

namespace fiducial::ui {

class AttributeSection final : public FormSection {
  Q_OBJECT
 public:
  explicit AttributeSection(const UiContext& context, QWidget* parent = nullptr);
  void refresh() override;

 private:
  struct Field {
    AttributeSpec spec;
    QLabel* name = nullptr;
    QWidget* editor = nullptr;
    std::function<void(const std::optional<AttributeValue>&)> show;
  };
  [[nodiscard]] std::vector<AttributeSpec> specsOf(edit::LabelRef label) const;
  [[nodiscard]] std::optional<AttributeValue> valueOf(edit::LabelRef label, const AttributeSpec& spec) const;
  void rebuild(const std::vector<AttributeSpec>& specs);
  [[nodiscard]] Field makeField(const AttributeSpec& spec);
  void makeCheck(Field& field);
  void makeChoice(Field& field);
  void makeLine(Field& field);
  void write(const AttributeSpec& spec, std::optional<AttributeValue> value);

  QWidget* rows_ = nullptr;
  std::vector<AttributeSpec> specs_;
  std::vector<Field> fields_;
};

}  // namespace fiducial::ui
