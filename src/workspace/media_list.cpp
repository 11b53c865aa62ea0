#include "media_list.h"

#include <algorithm>

namespace fiducial::workspace {
namespace {

bool isCounted(RecordKind kind) {
  return kind == RecordKind::Annotation || kind == RecordKind::Track || kind == RecordKind::Segmentation ||
         kind == RecordKind::Event || kind == RecordKind::Tag || kind == RecordKind::Measurement;
}

}  // namespace

Status MediaList::load(const project::Project& project) {
  clear();
  Result<std::vector<Stored<Subject>>> subjects = project.subjects();
  if (!subjects) return subjects.error();
  Result<std::vector<Stored<Study>>> studies = project.studies();
  if (!studies) return studies.error();
  Result<std::vector<Stored<Medium>>> media = project.media();
  if (!media) return media.error();
  for (const auto& subject : *subjects) subjects_[SubjectId{subject.id}] = subject.value;
  for (const auto& study : *studies) studies_[StudyId{study.id}] = study.value;
  for (Stored<Medium>& medium : *media) {
    MediumItem& item = items_.emplace_back();
    item.available = !medium.value.missing;
    item.medium = std::move(medium);
    describe(item);
  }
  return {};
}

void MediaList::clear() {
  items_.clear();
  subjects_.clear();
  studies_.clear();
}

void MediaList::describe(MediumItem& item) const {
  const auto study = studies_.find(item.medium.value.study);
  if (study == studies_.end()) return;
  item.study = study->second.description.empty() ? study->second.date : study->second.description;
  const auto subject = subjects_.find(study->second.subject);
  if (subject != subjects_.end()) item.subject = subject->second.pseudonym;
}

bool MediaList::apply(const AppliedEdit& edit) {
  bool any = false;
  for (const Change& change : edit.changes) {
    if (change.kind == RecordKind::Subject && change.after) {
      subjects_[SubjectId{change.id}] = std::get<Subject>(*change.after);
      any = true;
    }
    if (change.kind == RecordKind::Study && change.after) {
      studies_[StudyId{change.id}] = std::get<Study>(*change.after);
      any = true;
    }
  }
  for (const Change& change : edit.changes) {
    if (change.kind == RecordKind::Medium) {
      setMedium(change);
      any = true;
    }
    any |= countLabel(change);
  }
  if (any) {
    for (MediumItem& item : items_) describe(item);
  }
  return any;
}

void MediaList::setMedium(const Change& change) {
  const MediumId id{change.id};
  if (!change.after) {
    std::erase_if(items_, [&](const MediumItem& item) { return item.medium.id == change.id; });
    return;
  }
  MediumItem* item = this->item(id);
  if (!item) {
    item = &items_.emplace_back();
    item->medium.id = change.id;
  }
  item->medium.value = *recordAs<Medium>(*change.after);
  item->available = !item->medium.value.missing;
}

bool MediaList::countLabel(const Change& change) {
  const bool isMark = change.kind == RecordKind::Mark;
  if (!isMark && !isCounted(change.kind)) return false;
  const auto count = [&](const Boxed<Record>& side, int by) {
    if (!side) return;
    MediumItem* item = this->item(mediumOf(*side));
    if (!item) return;
    if (!isMark) item->labels += by;
    if (isMark && !std::get<Mark>(*side).frame) item->done = by > 0;
  };
  count(change.before, -1);
  count(change.after, 1);
  return change.before.has_value() != change.after.has_value();
}

MediaList::Counted MediaList::count(const project::Project& project, std::stop_token stop) {
  Counted counted;
  if (auto overview = project.overview()) {
    counted.labels = std::move(overview->labels);
    for (const MediumId id : overview->done) counted.done[id] = true;
    counted.lastEditMs = overview->lastEditMs;
  }
  if (const auto media = project.media()) {
    for (const auto& medium : *media) {
      if (stop.stop_requested()) break;
      counted.available[MediumId{medium.id}] = exchange::locationOf(project, medium.value).ok();
    }
  }
  return counted;
}

void MediaList::setCounted(const Counted& counted) {
  for (MediumItem& item : items_) {
    const MediumId id{item.medium.id};
    const auto labels = counted.labels.find(id);
    item.labels = labels == counted.labels.end() ? 0 : labels->second;
    item.done = counted.done.contains(id);
    if (const auto found = counted.available.find(id); found != counted.available.end()) item.available = found->second;
  }
}

void MediaList::setThumbnail(MediumId id, ScalarBuffer thumbnail) {
  if (MediumItem* item = this->item(id)) item->thumbnail = std::move(thumbnail);
}

void MediaList::setAvailable(MediumId id, bool available) {
  if (MediumItem* item = this->item(id)) item->available = available;
}

const MediumItem* MediaList::find(MediumId id) const {
  const auto found = std::ranges::find_if(items_, [&](const auto& item) { return item.medium.id == raw(id); });
  return found == items_.end() ? nullptr : &*found;
}

MediumItem* MediaList::item(MediumId id) { return const_cast<MediumItem*>(find(id)); }

}  // namespace fiducial::workspace
