// How far apart pixels and slices are, where the file does not say.
#pragma once

#include <QDialog>
#include <array>

#include "ui_context.h"

class QDoubleSpinBox;
class QLabel;

namespace fiducial::ui {

/// For the medium on show. Accepting makes one edit, which Undo takes back.
class SpacingDialog final : public QDialog {
  Q_OBJECT
 public:
  SpacingDialog(const UiContext& context, QWidget* parent);

 protected:
  void accept() override;

 private:
  UiContext context_;
  std::array<QDoubleSpinBox*, 3> fields_{};  ///< column, row, slice distance in mm
  QLabel* problem_;
};

}  // namespace fiducial::ui
