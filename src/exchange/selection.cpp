#include "selection.h"

#include <algorithm>

#include "fiducial/project/unicode.h"

namespace fiducial::exchange {
namespace {

template <class T>
void sortById(std::vector<Stored<T>>& records) {
  std::sort(records.begin(), records.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
}

}  // namespace

Result<Selection> Selection::read(const project::Project& project, const ExportOptions& options) {
  Selection selection;
  selection.project_ = &project;
  selection.options_ = &options;
  auto media = project.media();
  if (!media) return media.error();
  auto classes = project.classes();
  if (!classes) return classes.error();
  auto studies = project.studies();
  if (!studies) return studies.error();
  for (const auto& study : *studies) selection.subjects_[StudyId{study.id}] = study.value.subject;
  selection.classes_ = std::move(*classes);
  sortById(selection.classes_);
  for (const std::string& asked : options.classes) {
    const std::string name = project::toNfc(asked);  // as the project keeps them
    const auto found = std::find_if(selection.classes_.begin(), selection.classes_.end(),
                                    [&](const auto& one) { return one.value.name == name; });
    if (found == selection.classes_.end()) {
      return Error{
          ErrorCode::NotFound, "there is no class \"" + name + "\" in this project", project.path().string(), {}};
    }
    selection.chosen_.insert(ClassId{found->id});
  }
  sortById(*media);
  for (const MediumId id : options.media) {
    if (std::none_of(media->begin(), media->end(), [&](const auto& one) { return one.id == raw(id); })) {
      return Error{ErrorCode::NotFound, "there is no medium " + std::to_string(raw(id)) + " in this project",
                   project.path().string(), "`list` shows the ids of the media"};
    }
  }
  for (auto& medium : *media) {
    const auto& wanted = options.media;
    if (!wanted.empty() && std::find(wanted.begin(), wanted.end(), MediumId{medium.id}) == wanted.end()) continue;
    selection.media_.push_back(std::move(medium));
  }
  return selection;
}

const LabelClass* Selection::findClass(ClassId id) const {
  const auto found = std::lower_bound(classes_.begin(), classes_.end(), raw(id),
                                      [](const auto& one, RawId wanted) { return one.id < wanted; });
  return found != classes_.end() && found->id == raw(id) ? &found->value : nullptr;
}

bool Selection::takes(const DoneFrames& done, std::optional<FrameSpan> frames, ReadingId reading) const {
  if (frames && options_->frames == FrameChoice::Done && !done.hasAny(*frames)) return false;
  switch (options_->status) {
    case StatusChoice::All:
      return true;
    case StatusChoice::Done:
      return frames ? done.hasAny(*frames) : done.all;
    case StatusChoice::Accepted:
      break;
  }
  if (const auto known = accepted_.find(reading); known != accepted_.end()) return known->second;
  const auto record = project_->record(raw(reading));
  const Reading* found = record ? std::get_if<Reading>(&*record) : nullptr;
  return accepted_[reading] = found != nullptr && found->state == ReadingState::Accepted;
}

Result<DoneFrames> Selection::doneFrames(MediumId medium) const {
  project::LabelQuery query;
  query.medium = medium;
  const auto marks = project_->marks(query);
  if (!marks) return marks.error();
  DoneFrames done;
  for (const auto& mark : *marks) {
    if (mark.value.state != "done") continue;
    if (mark.value.frame) {
      done.frames.insert(*mark.value.frame);
    } else {
      done.all = true;
    }
  }
  return done;
}

SubjectId Selection::subjectOf(const Medium& medium) const {
  const auto found = subjects_.find(medium.study);
  return found == subjects_.end() ? SubjectId{} : found->second;
}

}  // namespace fiducial::exchange
