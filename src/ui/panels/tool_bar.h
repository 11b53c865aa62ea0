// The tools, one above the other, each with its key in its tooltip.
#pragma once

#include <QWidget>

#include "ui_context.h"

namespace fiducial::ui {

class ToolBar final : public QWidget {
  Q_OBJECT
 public:
  explicit ToolBar(UiContext context, QWidget* parent = nullptr);

 private:
  void addTool(const QString& id);
  /// Which tool is active shows at once, whoever chose it.
  void refresh();

  UiContext context_;
};

}  // namespace fiducial::ui
