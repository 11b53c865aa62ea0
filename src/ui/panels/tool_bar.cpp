#include "panels/tool_bar.h"

#include <QToolButton>
#include <QVBoxLayout>

#include "fiducial/edit/registry.h"
#include "panels/form_controls.h"
#include "panels/workspace_watch.h"
#include "text.h"

namespace fiducial::ui {

ToolBar::ToolBar(UiContext context, QWidget* parent) : QWidget(parent), context_(context) {
  setObjectName(QStringLiteral("toolBar"));
  setAccessibleName(tr("Tools"));
  auto* column = new QVBoxLayout(this);
  const int grid = context.theme.metric("grid");
  column->setContentsMargins(grid, grid, grid, grid);
  column->setSpacing(2);
  for (const edit::ToolInfo& tool : edit::tools()) addTool(qt(tool.id));
  addTool(QStringLiteral("code"));
  column->addStretch();
  setFixedWidth(context.theme.metric("button") + 2 * grid);
  new WorkspaceWatch(context.workspace, this, topicsOf(workspace::Topic::Tool, workspace::Topic::Medium),
                     [this](workspace::Topics) { refresh(); });
}

void ToolBar::addTool(const QString& id) {
  QToolButton* button = commandButton(context_, QStringLiteral("tool.") + id, this);
  if (button) layout()->addWidget(button);
}

void ToolBar::refresh() { context_.actions.refresh(); }

}  // namespace fiducial::ui
