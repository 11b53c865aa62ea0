// Opening and closing a project, and what the project tells: durable edits, undo, the saved state.
#include <ctime>

#include "fiducial/runtime/storage_place.h"
#include "parts.h"
#include "thumbnails.h"

namespace fiducial::workspace {
namespace {

std::string clockText(std::int64_t unixMs) {
  const std::time_t seconds = static_cast<std::time_t>(unixMs / 1000);
  std::tm local{};
  localtime_r(&seconds, &local);
  char text[32];
  std::strftime(text, sizeof text, "%H:%M:%S", &local);
  return text;
}

/// What one would label with: the first class that is not merely the heading of others.
ClassId firstLeaf(const LabelStore& labels) {
  std::set<ClassId> parents;
  for (const auto& [id, labelClass] : labels.classes()) parents.insert(labelClass.value.parent);
  for (const auto& [id, labelClass] : labels.classes())
    if (!parents.contains(id)) return id;
  return {};
}

/// What to know of a place that is not a disk of this computer; empty for one that is.
std::string placeWarning(const std::filesystem::path& project) {
  const runtime::StoragePlace place = runtime::storagePlace(project);
  switch (place.kind) {
    case runtime::StorageKind::Local:
      return {};
    case runtime::StorageKind::NetworkShare:
      return "This project lies on a network share (" + place.name +
             "): a break in the connection ends writing. A disk of this computer is safer and faster.";
    case runtime::StorageKind::CloudFolder:
      return "This project lies in a folder of " + place.name +
             ", which may copy it half-written. Work on it elsewhere and put a copy there.";
  }
  return {};
}

}  // namespace

void Workspace::Parts::adopt(std::unique_ptr<project::Project> opened) {
  close();
  project = std::move(opened);
  recent.opened(project->path());
  pending.attach(project);
  subscription = project->subscribe(
      [this, where = owner](const AppliedEdit& applied) { where.post([this, applied] { durable(applied); }); });
  if (Status done = media.load(*project); !done) sayError(done.error());
  if (Status done = labels.loadSchema(*project); !done) sayError(done.error());
  if (isNone(tools.currentClass)) tools.currentClass = firstLeaf(labels);
  layer = labels.layers().empty() ? LayerId{} : labels.layers().begin()->first;
  savedState = {};
  heldBy.clear();
  refreshUndoState();
  refreshSaved();
  countMedia();
  notices.changed(Topic::Project | Topic::Media);
  notices.changed(Topic::Schema);
  if (const std::string warning = placeWarning(project->path()); !warning.empty()) say(Message::Kind::Warning, warning);
}

void Workspace::Parts::close() {
  if (!project) return;
  leaveMedium();
  subscription.reset();
  background.stopAll();
  labelJob = undoJob = 0;
  undoStale = false;
  pending.detach();  // what was posted is still written: the project finishes its queue
  project.reset();
  media.clear();
  labels = {};
  sinceLoad.clear();
  undoState = {};
  leftAt.clear();
  spacingOffered.clear();
  tools.currentClass = {};
  tools.activeSegment = {};
  selection = {};
  layer = {};
  savedState = {};
  notices.changed(Topic::Project | Topic::Media);
  notices.changed(Topic::Schema | Topic::Labels);
  notices.changed(Topic::Selection | Topic::Saved);
}

void Workspace::Parts::durable(const AppliedEdit& applied) {
  if (!project) return;
  if (labelJob != 0) sinceLoad.push_back(applied);
  savedState.timeMs = applied.timeMs;
  if (media.apply(applied)) notices.changed(Topic::Media);
  touched(pending.confirm(applied));
  if (selection.keepOnly(labels)) notices.changed(Topic::Selection);
  chooseActiveSegment();
  reopenIfChanged(applied);
  identifyFrames(applied);
  refreshUndoState();
  refreshSaved();
}

void Workspace::Parts::identifyFrames(const AppliedEdit& applied) {
  if (!medium.medium() || medium.medium()->value.info.kind != MediumKind::Video) return;
  std::set<int> frames;
  for (const Change& change : applied.changes) {
    if (!change.after) continue;
    const auto* annotation = std::get_if<Annotation>(&*change.after);
    if (annotation && annotation->medium == mediumId()) frames.insert(annotation->frame);
    const auto* keyframe = std::get_if<Keyframe>(&*change.after);
    if (keyframe && labels.tracks().contains(keyframe->track)) frames.insert(keyframe->frame);
  }
  if (!frames.empty()) medium.identify(project, frames);
}

void Workspace::Parts::touched(LabelStore::Touched what) {
  if (what.labels || what.schema) shapeCache.reset();
  if (what.labels) notices.changed(Topic::Labels);
  if (what.schema) notices.changed(Topic::Schema | Topic::Labels);
}

void Workspace::Parts::renamed(const IdMapping& mapping) {
  selection.renameLabels(mapping);
  tools.renameLabels(mapping);
  layer = LayerId{mapping(raw(layer))};
  heldDigit.labelClass = ClassId{mapping(raw(heldDigit.labelClass))};
  notices.changed(Topic::Selection | Topic::Tool);
}

void Workspace::Parts::refused(const Error& error, const Edit& edit) {
  if (selection.keepOnly(labels)) notices.changed(Topic::Selection);
  chooseActiveSegment();
  refreshSaved();
  const bool isNothing = error.code == ErrorCode::NotFound && edit.changes.empty();
  if (isNothing) return say(Message::Kind::Info, edit.name == "Undo" ? "Nothing to undo" : "Nothing to redo");
  say(Message::Kind::Error, edit.name + ": " + error.text());
}

void Workspace::Parts::refreshUndoState() {
  if (!project) return;
  if (undoJob != 0) {
    undoStale = true;
    return;
  }
  undoStale = false;
  using UndoState = project::Project::UndoState;
  undoJob = background.start<UndoState>(
      "Undo", JobVisibility::Quiet, [asked = project](const JobContext&) { return asked->undoState(); },
      [this](UndoState state) {
        undoJob = 0;
        undoState = std::move(state);
        notices.changed(Topic::Saved);
        if (undoStale) refreshUndoState();
      });
}

void Workspace::Parts::refreshSaved() {
  using Kind = SavedState::Kind;
  if (!project) {
    savedState = {};
  } else if (project->isReadOnly()) {
    const std::size_t lost = project->unwrittenEdits();
    savedState.kind = lost > 0 ? Kind::Failed : Kind::ReadOnly;
    const std::string reason = heldBy.empty() ? project->readOnlyReason() : heldBy;
    savedState.text = lost > 0 ? std::to_string(lost) + " edits not written: " + reason : "read-only: " + reason;
  } else if (!pending.isEmpty()) {
    savedState.kind = Kind::Saving;
    savedState.text = "saving";
  } else {
    savedState.kind = Kind::Saved;
    savedState.text = savedState.timeMs > 0 ? "saved " + clockText(savedState.timeMs) : "saved";
  }
  notices.changed(Topic::Saved);
}

void Workspace::Parts::countMedia() {
  background.start<MediaList::Counted>(
      "Counting labels", JobVisibility::Quiet,
      [asked = project](const JobContext& job) { return MediaList::count(*asked, job.stop); },
      [this](const MediaList::Counted& counted) {
        media.setCounted(counted);
        savedState.timeMs = std::max(savedState.timeMs, counted.lastEditMs);
        refreshSaved();
        notices.changed(Topic::Media);
      });
}

void Workspace::Parts::makeThumbnails() {
  std::vector<Stored<Medium>> wanted;
  for (const MediumItem& item : media.items()) {
    if (item.thumbnail.empty() && item.available) wanted.push_back(item.medium);
  }
  if (wanted.empty() || !project) return;
  background.start("Thumbnails", JobVisibility::Spare,
                   [this, where = owner, asked = project, wanted](const JobContext& job) {
                     const auto made = [&](MediumId id, ScalarBuffer picture) {
                       where.post([this, id, picture] {
                         media.setThumbnail(id, picture);
                         notices.changed(Topic::Media);
                       });
                     };
                     workspace::makeThumbnails(*asked, wanted, made, job.stop);
                   });
}

Status Workspace::newProject(const std::filesystem::path& path) {
  Result<std::unique_ptr<project::Project>> made = project::Project::create(path);
  if (!made) return made.error();
  parts_->adopt(*std::move(made));
  return {};
}

Status Workspace::openProject(const std::filesystem::path& path) {
  parts_->close();  // the same project may be opened again: its lock has to go first
  Result<std::unique_ptr<project::Project>> opened = project::Project::open(path);
  std::string heldBy;
  if (!opened && opened.error().code == ErrorCode::Locked) {
    heldBy = opened.error().message;
    opened = project::Project::open(path, {.readOnly = true, .annotator = {}});
  }
  if (!opened) return opened.error();
  parts_->adopt(*std::move(opened));
  const project::Project& project = *parts_->project;
  if (!heldBy.empty()) {
    parts_->heldBy = heldBy;
    parts_->refreshSaved();
    parts_->say(Message::Kind::Warning, "Opened read-only: " + heldBy);
  } else if (project.isReadOnly()) {
    parts_->say(Message::Kind::Warning, "Opened read-only: " + project.readOnlyReason());
  }
  const auto items = media();
  if (!items.empty()) parts_->show(MediumId{items.front().medium.id});
  return {};
}

void Workspace::closeProject() { parts_->close(); }
project::Project* Workspace::project() const { return parts_->project.get(); }
std::span<const MediumItem> Workspace::media() const { return parts_->media.items(); }
const MediumItem* Workspace::findMedium(MediumId id) const { return parts_->media.find(id); }
std::vector<std::filesystem::path> Workspace::recentProjects() const { return parts_->recent.list(); }

void Workspace::apply(Edit edit, std::function<void(const AppliedEdit&)> done) {
  parts_->submit(std::move(edit), std::move(done));
}

void Workspace::undo() {
  parts_->finishGesture();
  parts_->pending.undo();
}

void Workspace::redo() {
  parts_->finishGesture();
  parts_->pending.redo();
}

project::Project::UndoState Workspace::undoState() const { return parts_->undoState; }

}  // namespace fiducial::workspace
