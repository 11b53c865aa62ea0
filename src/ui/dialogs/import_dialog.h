// Labels from a dataset: which format, which file, onto which medium.
#pragma once

#include <QDialog>

#include "ui_context.h"

class QComboBox;
class QLineEdit;
class QPushButton;

namespace fiducial::ui {

class ImportDialog final : public QDialog {
  Q_OBJECT
 public:
  ImportDialog(const UiContext& context, QWidget* parent);
  void accept() override;

 private:
  UiContext context_;
  QComboBox* format_;
  QLineEdit* file_;
  QComboBox* medium_;
  QPushButton* import_;
};

}  // namespace fiducial::ui
