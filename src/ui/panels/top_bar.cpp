#include "panels/top_bar.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>

#include "panels/elided_label.h"
#include "panels/form_controls.h"
#include "panels/window_number.h"
#include "panels/workspace_watch.h"
#include "text.h"

namespace fiducial::ui {

using workspace::Topic;

namespace {

const QString kOpens = QStringLiteral(" ▾");
constexpr int kSearchWidthPx = 180;
constexpr int kProjectWidthPx = 220;

QString windowText(const WindowLevel& window) {
  const QString numbers = QStringLiteral("%1 / %2").arg(windowNumber(window.width), windowNumber(window.center));
  return window.name.empty() ? numbers : QStringLiteral("%1  %2").arg(qt(window.name), numbers);
}

QToolButton* buttonOf(const QMenu* menu) { return qobject_cast<QToolButton*>(menu->parentWidget()); }

}  // namespace

TopBar::TopBar(UiContext context, QWidget* parent)
    : QWidget(parent), context_(context), project_(new ElidedLabel(this)) {
  setObjectName(QStringLiteral("topBar"));
  setAccessibleName(tr("Project and views"));
  project_->setObjectName(QStringLiteral("projectName"));
  project_->setMaximumWidth(kProjectWidthPx);
  auto* row = new QHBoxLayout(this);
  const int grid = context.theme.metric("grid");
  row->setContentsMargins(context.theme.metric("padding"), grid, context.theme.metric("padding"), grid);
  row->setSpacing(grid);
  row->addWidget(project_, 1);
  addCommand(row, QStringLiteral("edit.undo"));
  addCommand(row, QStringLiteral("edit.redo"));
  addSeparator(row);
  layout_ = addMenu(row, QStringLiteral("layoutMenu"), QStringLiteral("layout"), tr("Layout"),
                    tr("How many views the canvas has"));
  connect(layout_, &QMenu::aboutToShow, this, [this] {
    fillCommands(layout_, {"view.layoutSingle", "view.layoutThree"});
  });
  presets_ = addMenu(row, QStringLiteral("windowPresets"), QStringLiteral("window_level"), tr("Window"),
                     tr("Window presets of the modality (Alt+1 to Alt+9, as stored Alt+0)"));
  connect(presets_, &QMenu::aboutToShow, this, [this] { fillPresets(presets_); });
  addSeparator(row);
  options_ = addMenu(row, QStringLiteral("viewOptions"), QStringLiteral("eye"), tr("View"), tr("What the views show"));
  connect(options_, &QMenu::aboutToShow, this, [this] {
    fillCommands(options_, {"view.labels", "view.labelStyle", "view.cornerText", "view.graphics", "view.invert", "",
                            "view.fit", "view.oneToOne", "view.zoomIn", "view.zoomOut"});
  });
  row->addStretch(2);
  addSearch(row);
  new WorkspaceWatch(context.workspace, this, topicsOf(Topic::Project, Topic::Medium, Topic::View, Topic::Labels),
                     [this](workspace::Topics) { refresh(); });
  refresh();
}

void TopBar::addCommand(QHBoxLayout* row, const QString& id) {
  if (QToolButton* button = commandButton(context_, id, this)) row->addWidget(button);
}

QMenu* TopBar::addMenu(QHBoxLayout* row, const QString& name, const QString& icon, const QString& text,
                       const QString& hint) {
  auto* button = new QToolButton(this);
  describe(button, name, text, hint);
  button->setIcon(context_.icons.icon(icon));
  button->setText(text + kOpens);
  button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  button->setAutoRaise(true);
  button->setFocusPolicy(Qt::TabFocus);
  button->setFixedHeight(context_.theme.metric("button"));
  // Opened by hand: a button's own menu would put a second, tiny arrow into its corner.
  auto* menu = new QMenu(button);
  connect(button, &QToolButton::clicked, menu,
          [button, menu] { menu->popup(button->mapToGlobal(QPoint(0, button->height()))); });
  row->addWidget(button);
  return menu;
}

void TopBar::addSeparator(QHBoxLayout* row) {
  auto* line = new QWidget(this);
  line->setFixedSize(1, context_.theme.metric("icon"));
  line->setAutoFillBackground(true);
  QPalette palette = line->palette();
  palette.setColor(QPalette::Window, context_.theme.color("separator"));
  line->setPalette(palette);
  row->addSpacing(context_.theme.metric("grid"));
  row->addWidget(line);
  row->addSpacing(context_.theme.metric("grid"));
}

void TopBar::addSearch(QHBoxLayout* row) {
  const QString id = QStringLiteral("help.palette");
  const workspace::Command* command = workspace::findCommand(utf8(id));
  const QString key = command ? ActionTable::shownKey(*command) : QString();
  auto* search = new QPushButton(context_.icons.icon(QStringLiteral("search")), tr("Search  %1").arg(key), this);
  describe(search, QStringLiteral("search"), tr("Search"),
           tr("Finds every command, class and medium by name (%1)").arg(key));
  search->setFixedSize(kSearchWidthPx, context_.theme.metric("button") - context_.theme.metric("grid"));
  search->setFocusPolicy(Qt::TabFocus);
  connect(search, &QPushButton::clicked, this, [this, id] { context_.actions.trigger(id); });
  row->addWidget(search);
}

void TopBar::fillCommands(QMenu* menu, std::initializer_list<const char*> ids) {
  context_.actions.refresh();
  menu->clear();
  for (const char* id : ids) {
    if (*id == '\0')
      menu->addSeparator();
    else if (QAction* action = context_.actions.find(QString::fromLatin1(id)))
      menu->addAction(action);
  }
}

void TopBar::fillPresets(QMenu* menu) {
  menu->clear();
  const std::vector<WindowLevel> presets = context_.workspace.windowPresets();
  for (std::size_t n = 0; n < presets.size(); ++n) {
    const int index = static_cast<int>(n);
    const QString key = index < 10 ? QStringLiteral("\tAlt+%1").arg(index) : QString();
    QAction* action = menu->addAction(windowText(presets[n]) + key, this,
                                      [this, index] { context_.workspace.applyWindowPreset(index); });
    action->setCheckable(true);
    // By its numbers: the first window of a scan is "as stored" before anybody chose it.
    const WindowLevel& now = context_.workspace.tone().window;
    const bool isNow = now.width == presets[n].width && now.center == presets[n].center;
    action->setChecked(isNow && (now.name.empty() ? n == 0 : now.name == presets[n].name));
  }
}

void TopBar::refresh() {
  const project::Project* project = context_.workspace.project();
  project_->setText(project ? fromPath(project->path().stem()) : tr("No project"));
  project_->setToolTip(project ? fromPath(project->path()) : tr("A project is made beside the first media you open"));
  const workspace::MediumItem* item = context_.workspace.currentMedium();
  const bool volume = item && item->medium.value.info.kind == MediumKind::Volume;
  buttonOf(layout_)->setEnabled(volume);
  const bool hasWindow = item && !context_.workspace.windowPresets().empty();
  buttonOf(presets_)->setEnabled(hasWindow);
  const std::string& name = context_.workspace.tone().window.name;
  buttonOf(presets_)->setText((name.empty() || !hasWindow ? tr("Window") : qt(name)) + kOpens);
  buttonOf(options_)->setEnabled(item);
}

}  // namespace fiducial::ui
