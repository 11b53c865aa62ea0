// Paths given to the window: projects are opened, media are added, and a project is made for them where there is none.
#include <algorithm>
#include <cstdlib>
#include <span>
#include <utility>

#include "fiducial/exchange/label_format.h"
#include "fiducial/media/find_media.h"
#include "fiducial/runtime/storage_place.h"
#include "parts.h"

namespace fiducial::workspace {
namespace {

namespace fs = std::filesystem;

bool isProject(const fs::path& path) { return path.extension() == ".fiducial"; }

/// $XDG_DATA_HOME/fiducial/projects (XDG Base Directory Specification), where media lie in a read-only place.
fs::path dataFolder() {
  const char* data = std::getenv("XDG_DATA_HOME");
  if (data && fs::path(data).is_absolute()) return fs::path(data) / "fiducial" / "projects";
  const char* home = std::getenv("HOME");
  return fs::path(home ? home : "/tmp") / ".local" / "share" / "fiducial" / "projects";
}

/// "scan.nii.gz" is called "scan"; a folder keeps its whole name.
std::string nameFor(const fs::path& medium) {
  std::error_code error;
  if (fs::is_directory(medium, error)) return medium.filename().string();
  fs::path name = medium.filename();
  if (name.extension() == ".gz") name = name.stem();
  return name.stem().string();
}

std::string listOf(const std::vector<std::string>& items, std::size_t most) {
  std::string text;
  for (std::size_t n = 0; n < std::min(items.size(), most); ++n) text += (n > 0 ? "; " : "") + items[n];
  if (items.size() > most) text += "; and " + std::to_string(items.size() - most) + " more";
  return text;
}

/// A text file dropped by mistake must not leave a project beside it. Folders are searched later, in the background.
Status anyMedium(const std::vector<fs::path>& paths) {
  Status first;
  for (const fs::path& path : paths) {
    std::error_code error;
    if (!fs::is_regular_file(path, error)) return {};
    const auto found = media::findMedia(path);
    if (found) return {};
    if (first) first = found.error();
  }
  return first;
}

}  // namespace

Status Workspace::Parts::projectFor(const fs::path& firstMedium) {
  std::error_code error;
  fs::path medium = fs::absolute(firstMedium, error).lexically_normal();
  if (medium.filename().empty()) medium = medium.parent_path();
  if (!fs::exists(medium, error)) {
    return Error{ErrorCode::NotFound, "there is no such file or folder", firstMedium.string(), {}};
  }
  const std::string file = nameFor(medium) + ".fiducial";
  fs::path path = medium.parent_path() / file;
  const bool isBeside = fs::exists(path, error) || runtime::storagePlace(medium.parent_path()).writable;
  if (!isBeside) {
    path = dataFolder() / file;
    fs::create_directories(path.parent_path(), error);
  }
  const bool isThere = fs::exists(path, error);
  Result<std::unique_ptr<project::Project>> opened =
      isThere ? project::Project::open(path) : project::Project::create(path);
  if (!opened && opened.error().code == ErrorCode::Locked) {
    opened = project::Project::open(path, {.readOnly = true, .annotator = {}});
  }
  if (!opened) return opened.error();
  adopt(*std::move(opened));
  if (!isThere) madeFor = path;
  say(Message::Kind::Info, std::string(isThere ? "Labels are in " : "Labels will be kept in ") + path.string());
  return {};
}

void Workspace::Parts::addMedia(std::vector<fs::path> paths) {
  if (project->isReadOnly()) {
    return say(Message::Kind::Warning,
               "Nothing can be added: the project is read-only (" + project->readOnlyReason() + ")");
  }
  using Added = Result<exchange::AddReport>;
  const std::string what =
      paths.size() == 1 ? paths.front().filename().string() : std::to_string(paths.size()) + " paths";
  background.start<Added>(
      "Adding " + what, JobVisibility::Shown,
      [asked = project, paths = std::move(paths)](const JobContext& job) -> Added {
        return exchange::addMedia(*asked, paths, job.progress, job.stop);
      },
      [this](const Added& report) { mediaAdded(report); });
}

/// A folder without media must not leave an empty project beside it.
void Workspace::Parts::dropUselessProject() {
  const fs::path useless = std::exchange(madeFor, {});
  if (useless.empty() || !project || !media.items().empty()) return;
  close();
  std::error_code error;
  fs::remove(useless, error);
}

void Workspace::Parts::mediaAdded(const Result<exchange::AddReport>& report) {
  if (!report || report->media.empty()) dropUselessProject();
  madeFor.clear();
  if (!report) {
    sayError(report.error());
    offerImport({report.error().path});
    return;
  }
  std::vector<std::string> reasons;
  std::vector<fs::path> skippedFiles;
  for (const auto& skipped : report->skipped) {
    reasons.push_back(skipped.path.filename().string() + ": " + skipped.reason);
    skippedFiles.push_back(skipped.path);
  }
  reasons.insert(reasons.end(), report->warnings.begin(), report->warnings.end());
  if (report->media.empty()) {
    if (reasons.empty()) return say(Message::Kind::Warning, "There is nothing in it that can be labelled");
    sayWithNotes(Message::Kind::Warning, "Nothing was added.", std::move(reasons));
    offerImport(skippedFiles);
    return;
  }
  if (!reasons.empty()) sayWithNotes(Message::Kind::Warning, "Left out:", std::move(reasons));
  offerImport(skippedFiles);
  show(report->media.front());
  countMedia();
}

/// The message that is shown gets the button, so that nothing it says is lost.
bool Workspace::Parts::offerImport(const std::vector<fs::path>& files) {
  constexpr std::size_t kLookedAt = 64;
  if (!project || project->isReadOnly() || !message) return false;
  for (const fs::path& file : std::span(files).first(std::min(files.size(), kLookedAt))) {
    const exchange::Format* format = exchange::findFormat(exchange::labelFormatOf(file));
    if (format == nullptr) continue;
    message->actionText = "Import labels of " + file.filename().string();
    message->action = [this, format, file] {
      exchange::ImportOptions options;
      options.path = file;
      importDataset(*format, std::move(options));
    };
    return true;
  }
  return false;
}

void Workspace::openPaths(std::vector<fs::path> paths) {
  const auto project = std::ranges::find_if(paths, isProject);
  if (project != paths.end()) {
    const fs::path path = *project;
    if (Status done = openProject(path); !done) return parts_->sayError(done.error());
  }
  std::erase_if(paths, isProject);
  if (paths.empty()) return;
  if (!parts_->project) {
    if (Status known = anyMedium(paths); !known) return parts_->sayError(known.error());
    if (Status done = parts_->projectFor(paths.front()); !done) return parts_->sayError(done.error());
  }
  parts_->addMedia(std::move(paths));
}

void Workspace::locateMedia(const fs::path& path) {
  Parts& p = *parts_;
  if (!p.project) return;
  using Found = Result<exchange::AddReport>;
  p.background.start<Found>(
      "Looking in " + path.filename().string(), JobVisibility::Shown,
      [asked = p.project, path](const JobContext& job) { return exchange::locateMedia(*asked, path, job.stop); },
      [&p](const Found& report) {
        if (!report) return p.sayError(report.error());
        p.say(Message::Kind::Info, "Found " + listOf(report->names, 3));
        const MediumId now = p.mediumId();
        const bool isShown = std::ranges::find(report->media, now) != report->media.end();
        if (isShown || isNone(now)) {
          p.leaveMedium();
          p.show(isShown ? now : report->media.front());
        }
        p.countMedia();
      });
}

void Workspace::exportDataset(std::string_view format, exchange::ExportOptions options) {
  Parts& p = *parts_;
  const exchange::Format* found = exchange::findFormat(format);
  if (!p.project || !found || !found->exporter) return;
  p.finishGesture();
  using Done = Result<exchange::ExportReport>;
  p.background.start<Done>(
      "Exporting " + std::string(found->title), JobVisibility::Shown,
      [asked = p.project, found, options](const JobContext& job) mutable {
        options.progress = job.progress;
        return found->exporter()->write(*asked, options, job.stop);
      },
      [&p, out = options.out](const Done& report) {
        if (!report) return p.sayError(report.error());
        const auto kind = report->warnings.empty() ? Message::Kind::Info : Message::Kind::Warning;
        p.sayWithNotes(kind, "Exported " + std::to_string(report->labels) + " labels to " + out.string() + ".",
                       report->warnings);
      });
}

void Workspace::importDataset(std::string_view format, exchange::ImportOptions options) {
  const exchange::Format* found = exchange::findFormat(format);
  if (found && found->importer) parts_->importDataset(*found, std::move(options));
}

void Workspace::Parts::importDataset(const exchange::Format& format, exchange::ImportOptions options) {
  if (!project) return;
  using Done = Result<exchange::ImportReport>;
  background.start<Done>(
      "Importing " + std::string(format.title), JobVisibility::Shown,
      [asked = project, &format, options = std::move(options)](const JobContext& job) mutable {
        options.progress = job.progress;
        return format.importer()->read(*asked, options, job.stop);
      },
      [this](const Done& report) {
        if (!report) return sayError(report.error());
        std::string text = "Imported " + std::to_string(report->labels) + " labels";
        if (report->media > 0) text += ", " + std::to_string(report->media) + " media added";
        const auto kind = report->warnings.empty() ? Message::Kind::Info : Message::Kind::Warning;
        sayWithNotes(kind, text + ".", report->warnings);
        message->actionText = "Undo";
        message->commandId = "edit.undo";
        countMedia();
      });
}

}  // namespace fiducial::workspace
