// Everything that can be said of the selection: class, numbers, attributes, track, event, note; and the questions.
#pragma once

#include <QWidget>
#include <vector>

#include "ui_context.h"

class QLabel;

namespace fiducial::ui {

class FormSection;

class AttributePanel final : public QWidget {
  Q_OBJECT
 public:
  explicit AttributePanel(UiContext context, QWidget* parent = nullptr);

 private:
  void refresh();

  UiContext context_;
  std::vector<FormSection*> sections_;
  QLabel* empty_;
};

}  // namespace fiducial::ui
