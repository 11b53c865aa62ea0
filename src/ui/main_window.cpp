#include "fiducial/ui/main_window.h"

#include <QApplication>
#include <QCloseEvent>
#include <QDockWidget>
#include <QDragEnterEvent>
#include <QGridLayout>
#include <QMenu>
#include <QMenuBar>
#include <QMimeData>
#include <QScreen>
#include <QSettings>
#include <QTimer>
#include <QToolBar>
#include <QVBoxLayout>
#include <algorithm>
#include <chrono>
#include <iterator>

#include "canvas/canvas.h"
#include "dialogs/class_popup.h"
#include "dialogs/command_palette.h"
#include "dialogs/export_dialog.h"
#include "dialogs/go_to_frame.h"
#include "dialogs/import_dialog.h"
#include "dialogs/key_overlay.h"
#include "dialogs/project_dialogs.h"
#include "dialogs/settings_dialog.h"
#include "dialogs/spacing_dialog.h"
#include "fiducial/workspace/workspace.h"
#include "keys/key_router.h"
#include "panels/annotation_panel.h"
#include "panels/attribute_panel.h"
#include "panels/class_panel.h"
#include "panels/media_panel.h"
#include "panels/message_strip.h"
#include "panels/status_line.h"
#include "panels/tool_bar.h"
#include "panels/tool_options.h"
#include "panels/top_bar.h"
#include "tags/tag_inspector.h"
#include "text.h"
#include "theme/application_theme.h"
#include "timeline/slice_bar.h"
#include "timeline/time_bar.h"
#include "timeline/timeline.h"
#include "window_layout.h"
#include "window_preferences.h"

namespace fiducial::ui {
namespace {

constexpr int kPlaybackTickMs = 8;
constexpr int kWidthPx = 1600;  ///< of the first window, where the screen has room
constexpr int kHeightPx = 960;

workspace::Dispatcher queuedTo(QObject* receiver) {
  return [receiver](std::function<void()> task) {
    QMetaObject::invokeMethod(receiver, std::move(task), Qt::QueuedConnection);
  };
}

}  // namespace

/// Order of members is order of life: widgets (children of the window) go before what they borrow.
struct MainWindow::Parts {
  explicit Parts(MainWindow* window, const std::filesystem::path& settingsFolder)
      : theme(applicationTheme()),
        icons(theme),
        workspace(queuedTo(window), settingsFolder),
        actions(workspace, icons, nullptr),
        context{workspace, theme, icons, actions},
        layout(settingsFolder) {
    std::vector<std::string> colors;
    for (const QString& color : theme.labelPalette()) colors.push_back(utf8(color));
    workspace.setClassPalette(std::move(colors));
  }

  const Theme& theme;
  IconSet icons;
  workspace::Workspace workspace;
  ActionTable actions;
  UiContext context;
  WindowLayout layout;
  KeyRouter* keys = nullptr;
  Canvas* canvas = nullptr;
  StatusLine* status = nullptr;
  ClassPopup* classPopup = nullptr;
  CommandPalette* palette = nullptr;
  CommandPalette* find = nullptr;
  KeyOverlay* keyOverlay = nullptr;
  GoToFrame* goToFrame = nullptr;
  TagInspector* tags = nullptr;
  std::vector<QDockWidget*> docks;
  std::vector<QDockWidget*> hiddenTogether;  ///< what F9 hid and brings back
  QTimer clock;
  std::shared_ptr<workspace::Workspace::Subscription> subscription;
};

MainWindow::MainWindow(const std::filesystem::path& settingsFolder, QWidget* parent)
    : QMainWindow(parent), parts_(std::make_unique<Parts>(this, settingsFolder)) {
  setObjectName(QStringLiteral("mainWindow"));
  setAcceptDrops(true);
  setDockNestingEnabled(true);
  buildPanels();
  wireCommands();
  wirePanels();
  auto* preferences = new WindowPreferences(parts_->context, *parts_->keys, settingsFolder, this);
  parts_->context.actions.setHandler(QStringLiteral("file.settings"), [this, preferences] {
    SettingsDialog(parts_->context, *preferences, this).exec();
  });
  connect(preferences, &WindowPreferences::themeChosen, this, &MainWindow::restartWished, Qt::QueuedConnection);
  restoreLayout();
}

MainWindow::~MainWindow() {
  parts_->subscription.reset();
  parts_->clock.stop();
  // Panels borrow the workspace: they end first.
  const auto children = findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly);
  for (QWidget* child : children) delete child;
  delete parts_->keys;
}

workspace::Workspace& MainWindow::workspace() { return parts_->workspace; }

void MainWindow::buildPanels() {
  const UiContext& context = parts_->context;
  parts_->keys = new KeyRouter(context, this);
  context.actions.fillMenus(menuBar());

  auto* top = new QToolBar(tr("Main tools"), this);
  top->setObjectName(QStringLiteral("topToolBar"));
  top->setMovable(false);
  top->addWidget(new TopBar(context, top));
  addToolBar(Qt::TopToolBarArea, top);

  auto* tools = new QToolBar(tr("Tools"), this);
  tools->setObjectName(QStringLiteral("toolToolBar"));
  tools->setMovable(false);
  tools->setOrientation(Qt::Vertical);
  tools->addWidget(new ToolBar(context, tools));
  addToolBar(Qt::LeftToolBarArea, tools);

  auto* middle = new QWidget(this);
  auto* column = new QVBoxLayout(middle);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  parts_->canvas = new Canvas(context, *parts_->keys, middle);
  // The strip lies over the canvas: a message that comes and goes must not move the picture under the hand.
  auto* stage = new QGridLayout;
  stage->addWidget(parts_->canvas, 0, 0);
  auto* strip = new MessageStrip(context, middle);
  stage->addWidget(strip, 0, 0, Qt::AlignTop);
  strip->raise();
  connect(strip, &MessageStrip::coverChanged, parts_->canvas, &Canvas::setCoveredTop);
  column->addLayout(stage, 1);
  column->addWidget(new ToolOptions(context, middle));
  column->addWidget(new Timeline(context, middle));
  column->addWidget(new SliceBar(context, middle));
  column->addWidget(new TimeBar(context, middle));
  setCentralWidget(middle);

  const auto dock = [this](const QString& name, const QString& title, QWidget* panel, Qt::DockWidgetArea area) {
    auto* widget = new QDockWidget(title, this);
    widget->setObjectName(name);
    widget->setWidget(panel);
    addDockWidget(area, widget);
    parts_->docks.push_back(widget);
  };
  dock(QStringLiteral("mediaDock"), tr("Media"), new MediaPanel(context), Qt::LeftDockWidgetArea);
  dock(QStringLiteral("classDock"), tr("Classes"), new ClassPanel(context), Qt::RightDockWidgetArea);
  dock(QStringLiteral("annotationDock"), tr("Annotations"), new AnnotationPanel(context), Qt::RightDockWidgetArea);
  dock(QStringLiteral("attributeDock"), tr("Attributes"), new AttributePanel(context), Qt::RightDockWidgetArea);
  setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
  setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);

  parts_->status = new StatusLine(context, this);
  auto* bottom = new QToolBar(tr("Status"), this);
  bottom->setObjectName(QStringLiteral("statusToolBar"));
  bottom->setMovable(false);
  bottom->addWidget(parts_->status);
  addToolBar(Qt::BottomToolBarArea, bottom);

  parts_->classPopup = new ClassPopup(context, this);
  parts_->palette = new CommandPalette(context, this, CommandPalette::Holds::Everything);
  parts_->find = new CommandPalette(context, this, CommandPalette::Holds::Things);
  parts_->keyOverlay = new KeyOverlay(context, this);
  parts_->goToFrame = new GoToFrame(context, this);
  parts_->tags = new TagInspector(context, this);
}

void MainWindow::wireCommands() {
  const UiContext& context = parts_->context;
  ActionTable& actions = context.actions;
  const auto on = [&](const char* id, std::function<void()> handler) {
    actions.setHandler(QString::fromLatin1(id), std::move(handler));
  };
  on("file.new", [this] { askNewProject(parts_->context, this); });
  on("file.open", [this] { askOpen(parts_->context, this); });
  on("file.add", [this] { askAddFolder(parts_->context, this); });
  on("file.locate", [this] { askLocate(parts_->context, this); });
  on("file.loadSchema", [this] { askLoadSchema(parts_->context, this); });
  on("file.where", [this] { sayWhereSaved(parts_->context); });
  on("file.export", [this] { ExportDialog(parts_->context, this).exec(); });
  on("file.import", [this] { ImportDialog(parts_->context, this).exec(); });
  on("medium.spacing", [this] { SpacingDialog(parts_->context, this).exec(); });
  on("file.quit", [this] { close(); });
  on("view.tags", [this] { parts_->tags->open(); });
  on("view.panels", [this] { togglePanels(); });
  on("view.fullScreen", [this] { setWindowState(windowState() ^ Qt::WindowFullScreen); });
  on("label.class", [this] { parts_->classPopup->openAt(QCursor::pos()); });
  on("go.frame", [this] { parts_->goToFrame->open(); });
  on("go.find", [this] { parts_->find->open(); });
  on("help.palette", [this] { parts_->palette->open(); });
  on("help.keys", [this] { parts_->keyOverlay->toggle(); });
}

void MainWindow::wirePanels() {
  const UiContext& context = parts_->context;
  connect(parts_->canvas, &Canvas::hovered, parts_->status, &StatusLine::setProbe);
  connect(parts_->canvas, &Canvas::menuWished, this, [this](int, const QPoint& at) {
    parts_->actions.refresh();  // the click may have selected what the menu is about
    QMenu menu(this);
    for (const char* id : {"label.class", "edit.copyToNext", "label.keyframe", "label.endHere", "label.occluded",
                           "edit.delete", "view.fit", "view.oneToOne", "view.invert", "view.tags"})
      if (QAction* action = parts_->actions.find(QString::fromLatin1(id));
          action && action->isVisible() && action->isEnabled())
        menu.addAction(action);
    menu.exec(at);
  });
  connect(parts_->keys, &KeyRouter::escapedFromText, parts_->canvas, &Canvas::focusPicture);

  parts_->clock.setTimerType(Qt::PreciseTimer);
  parts_->clock.setInterval(kPlaybackTickMs);
  connect(&parts_->clock, &QTimer::timeout, this, [this] {
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    parts_->workspace.tick(std::chrono::duration_cast<std::chrono::milliseconds>(now).count());
  });
  parts_->subscription = context.workspace.observe([this](workspace::Topics topics) {
    using workspace::Topic;
    if (has(topics, Topic::Playback)) {
      if (parts_->workspace.isPlaying() && !parts_->clock.isActive()) parts_->clock.start();
      if (!parts_->workspace.isPlaying()) parts_->clock.stop();
    }
    if (has(topics, Topic::Project) || has(topics, Topic::Medium)) {
      const project::Project* project = parts_->workspace.project();
      setWindowTitle(project ? tr("%1 - Fiducial").arg(fromPath(project->path().stem())) : tr("Fiducial"));
    }
    if (has(topics, Topic::Medium)) parts_->layout.switchTo(*this, parts_->workspace.currentMedium());
    constexpr auto kQuiet = Topic::Preview | Topic::Picture;  // arrive with every move of the hand
    if ((topics & ~kQuiet) != 0) parts_->actions.refresh();
  });
  setWindowTitle(tr("Fiducial"));
}

void MainWindow::restoreLayout() {
  const QSize available = screen()->availableSize();
  resize(std::min(kWidthPx, available.width()), std::min(kHeightPx, available.height()));
  // A small screen belongs to the picture; and a title bar would push the last line out of it.
  if (available.width() <= kWidthPx || available.height() <= kHeightPx) setWindowState(Qt::WindowMaximized);
  resizeDocks({parts_->docks[0]}, {220}, Qt::Horizontal);
  resizeDocks({parts_->docks[1]}, {260}, Qt::Horizontal);
  resizeDocks({parts_->docks[1], parts_->docks[2], parts_->docks[3]}, {240, 190, 260}, Qt::Vertical);
  parts_->layout.restore(*this);
}

void MainWindow::togglePanels() {
  std::vector<QDockWidget*> shown;
  std::ranges::copy_if(parts_->docks, std::back_inserter(shown),
                       [](const QDockWidget* dock) { return !dock->isHidden(); });
  if (shown.empty()) {
    // What a panel was closed for by hand stays closed, unless nothing else would come back.
    for (QDockWidget* dock : parts_->hiddenTogether.empty() ? parts_->docks : parts_->hiddenTogether) dock->show();
    return;
  }
  for (QDockWidget* dock : shown) dock->hide();
  parts_->hiddenTogether = std::move(shown);
}

void MainWindow::closeEvent(QCloseEvent* event) {
  parts_->layout.save(*this);
  parts_->workspace.pause();
  parts_->workspace.closeProject();  // everything is on disk already: nothing to ask
  QMainWindow::closeEvent(event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
  if (event->mimeData()->hasUrls()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
  std::vector<std::filesystem::path> paths;
  const auto urls = event->mimeData()->urls();
  for (const QUrl& url : urls)
    if (url.isLocalFile()) paths.push_back(toPath(url.toLocalFile()));
  if (!paths.empty()) parts_->workspace.openPaths(std::move(paths));
  event->acceptProposedAction();
}

}  // namespace fiducial::ui
