// A part of the attribute panel: it shows one aspect of the selection and hides itself where that does not apply.
#pragma once

#include <QFormLayout>
#include <QWidget>
#include <optional>

#include "ui_context.h"

class QLabel;

namespace fiducial::ui {

class FormSection : public QWidget {
  Q_OBJECT
 public:
  explicit FormSection(const UiContext& context, QWidget* parent = nullptr);
  /// Reads the workspace again. Never touches a field in which somebody types.
  virtual void refresh() = 0;

 protected:
  /// Two columns: names in the secondary colour, fields.
  [[nodiscard]] QFormLayout* makeForm();
  /// A row's name; wide enough that the fields of all sections stand below each other.
  [[nodiscard]] QLabel* nameLabel(const QString& text, QWidget* parent) const;
  [[nodiscard]] workspace::Workspace& workspace() const { return context_.workspace; }
  /// The selected label, if it is exactly one.
  [[nodiscard]] std::optional<edit::LabelRef> onlyLabel() const;
  /// Call first in refresh(): what is still being typed is written to the label it was typed for.
  void follow();
  /// The label the fields show, which stays the target of what is typed until follow().
  [[nodiscard]] std::optional<edit::LabelRef> shownLabel() const { return shownLabel_; }
  [[nodiscard]] int shownFrame() const { return shownFrame_; }

  const UiContext context_;

 private:
  std::optional<edit::LabelRef> shownLabel_;
  int shownFrame_ = 0;
};

}  // namespace fiducial::ui
