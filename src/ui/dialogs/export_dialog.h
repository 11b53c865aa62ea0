// Ctrl+E: which format, what goes in, where to.
#pragma once

#include <QDialog>

#include "ui_context.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace fiducial::ui {

class ExportDialog final : public QDialog {
  Q_OBJECT
 public:
  ExportDialog(const UiContext& context, QWidget* parent);
  void accept() override;

 private:
  void chooseFolder();
  void refresh();
  UiContext context_;
  QComboBox* format_;
  QLabel* holds_;
  QComboBox* media_;
  QComboBox* frames_;
  QComboBox* status_;
  QLineEdit* split_;
  QLineEdit* folder_;
  QCheckBox* strict_;
  QLabel* problem_;
  QPushButton* export_;
};

/// "train=0.8, val=0.2"; nothing where a share is no number above 0. Empty text: no split.
[[nodiscard]] std::optional<std::vector<std::pair<std::string, double>>> parseSplit(const QString& text);

}  // namespace fiducial::ui
