#include "media/media_index.h"

#include <algorithm>

#include "fiducial/project/unicode.h"
#include "media/waiting_series.h"

namespace fiducial::exchange {

Result<MediaIndex> MediaIndex::read(const project::Project& project) {
  MediaIndex index;
  auto media = project.media();
  if (!media) return media.error();
  auto studies = project.studies();
  if (!studies) return studies.error();
  auto subjects = project.subjects();
  if (!subjects) return subjects.error();

  std::map<StudyId, SubjectId> subjectOf;
  for (const auto& study : *studies) {
    subjectOf[StudyId{study.id}] = study.value.subject;
    if (!study.value.studyUid.empty()) index.studies_[study.value.studyUid] = StudyId{study.id};
  }
  for (const auto& subject : *subjects) index.pseudonyms_.insert(subject.value.pseudonym);
  index.media_ = std::move(*media);
  for (std::size_t i = 0; i < index.media_.size(); ++i) {
    const Medium& medium = index.media_[i].value;
    index.names_.insert(medium.name);
    if (!medium.hash.empty()) index.byContent_[{medium.hash, medium.info.selector}] = i;
    const auto subject = subjectOf.find(medium.study);
    if (!medium.info.patientName.empty() && subject != subjectOf.end()) {
      index.subjects_.emplace(medium.info.patientName, subject->second);
    }
  }
  return index;
}

const Stored<Medium>* MediaIndex::find(std::string_view hash, std::string_view selector) const {
  auto found = byContent_.find({std::string(hash), std::string(selector)});
  if (found == byContent_.end()) {  // one imported without its bytes knows no selector
    found = byContent_.find({std::string(hash), std::string()});
    if (found != byContent_.end() && !media_[found->second].value.missing) found = byContent_.end();
  }
  return found == byContent_.end() ? nullptr : &media_[found->second];
}

const Stored<Medium>* MediaIndex::findWaiting(const MediumInfo& found) const {
  const auto waiting = std::ranges::find_if(
      media_, [&](const Stored<Medium>& medium) { return firstSliceIn(found, medium.value).has_value(); });
  return waiting == media_.end() ? nullptr : &*waiting;
}

std::string MediaIndex::uniqueName(std::string_view wanted) {
  const std::string first = project::toNfc(wanted.empty() ? "medium" : wanted);  // as the project will keep it
  std::string name = first;
  for (int n = 2; !names_.insert(name).second; ++n) name = first + '_' + std::to_string(n);
  return name;
}

SubjectId MediaIndex::subjectFor(const std::string& patientName, std::vector<Change>& changes, RawId& nextId) {
  if (!patientName.empty()) {
    if (const auto known = subjects_.find(patientName); known != subjects_.end()) return known->second;
  }
  std::string pseudonym;
  for (std::size_t n = pseudonyms_.size() + 1;; ++n) {
    pseudonym = "Subject " + std::to_string(n);
    if (pseudonyms_.insert(pseudonym).second) break;
  }
  const SubjectId subject{nextId};
  changes.push_back(create(Subject{pseudonym}, nextId--));
  if (!patientName.empty()) subjects_.emplace(patientName, subject);
  return subject;
}

StudyId MediaIndex::studyFor(const MediumInfo& info, std::vector<Change>& changes, RawId& nextId) {
  if (info.studyUid.empty() && info.patientName.empty()) return {};
  if (!info.studyUid.empty()) {
    if (const auto known = studies_.find(info.studyUid); known != studies_.end()) return known->second;
  }
  const SubjectId subject = subjectFor(info.patientName, changes, nextId);
  const StudyId study{nextId};
  changes.push_back(create(Study{subject, info.studyUid, info.studyDescription, info.studyDate}, nextId--));
  if (!info.studyUid.empty()) studies_.emplace(info.studyUid, study);
  return study;
}

}  // namespace fiducial::exchange
