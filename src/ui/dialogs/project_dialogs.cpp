#include "dialogs/project_dialogs.h"

#include <QCoreApplication>
#include <QDir>

#include "dialogs/file_dialog.h"
#include "fiducial/project/edit_json.h"
#include "fiducial/runtime/atomic_file.h"
#include "text.h"

namespace fiducial::ui {
namespace {

using Kind = workspace::Message::Kind;

QString tr(const char* text) { return QCoreApplication::translate("ProjectDialogs", text); }

void say(const UiContext& context, Kind kind, const QString& text) {
  context.workspace.say({.kind = kind, .text = utf8(text), .actionText = {}, .action = {}, .commandId = {}});
}

QString startFolder(const UiContext& context) {
  const project::Project* project = context.workspace.project();
  return project ? fromPath(project->folder()) : QDir::homePath();
}

}  // namespace

void askNewProject(const UiContext& context, QWidget* parent) {
  const QString suggestion = startFolder(context) + QLatin1Char('/') + tr("Project") + QStringLiteral(".fiducial");
  const QString file = chooseNewFile(parent, tr("New project"), suggestion, tr("Fiducial projects (*.fiducial)"),
                                     QStringLiteral("fiducial"));
  if (file.isEmpty()) return;
  const Status made = context.workspace.newProject(toPath(file));
  if (!made) say(context, Kind::Error, qt(made.error().text()));
}

void askOpen(const UiContext& context, QWidget* parent) {
  const QStringList files = chooseFiles(
      parent, tr("Open a project, scans or videos"), startFolder(context),
      tr("All that can be opened (*);;Fiducial projects (*.fiducial);;DICOM (*.dcm);;NIfTI (*.nii *.nii.gz);;"
         "Videos (*.mp4 *.mov *.mkv *.avi *.webm *.mpg *.ts);;Pictures (*.png *.jpg *.jpeg *.tif *.tiff *.bmp)"));
  std::vector<std::filesystem::path> paths;
  for (const QString& file : files) paths.push_back(toPath(file));
  if (!paths.empty()) context.workspace.openPaths(std::move(paths));
}

void askAddFolder(const UiContext& context, QWidget* parent) {
  const QString folder = chooseFolder(parent, tr("Add a folder of scans or videos"), startFolder(context));
  if (!folder.isEmpty()) context.workspace.openPaths({toPath(folder)});
}

void askLocate(const UiContext& context, QWidget* parent) {
  const QString folder =
      chooseFolder(parent, tr("Where are the missing files? (a folder that holds them)"), startFolder(context));
  if (!folder.isEmpty()) context.workspace.locateMedia(toPath(folder));
}

void askLoadSchema(const UiContext& context, QWidget* parent) {
  project::Project* project = context.workspace.project();
  if (!project) return say(context, Kind::Info, tr("Open a project or a scan first; a schema belongs to a project."));
  const QString file =
      chooseFile(parent, tr("Load a label schema"), startFolder(context), tr("Label schemas (*.json)"));
  if (file.isEmpty()) return;
  const auto text = runtime::readText(toPath(file));
  if (!text) return say(context, Kind::Error, qt(text.error().text()));
  auto edit = project::parseSchema(*text, *project);
  if (!edit) return say(context, Kind::Error, qt(edit.error().text()));
  context.workspace.apply(std::move(*edit));
}

void sayWhereSaved(const UiContext& context) {
  const project::Project* project = context.workspace.project();
  if (!project) return say(context, Kind::Info, tr("No project is open."));
  say(context, Kind::Info,
      tr("Every change is already saved in %1 (%2). A copy of that file is a backup; Fiducial makes none itself.")
          .arg(fromPath(project->path()), qt(context.workspace.saved().text)));
}

}  // namespace fiducial::ui
