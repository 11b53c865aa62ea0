// What adding, locating and importing must know of the media a project has: their hashes, names, subjects and studies.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "fiducial/core/edit.h"
#include "fiducial/core/result.h"
#include "fiducial/project/project.h"

namespace fiducial::exchange {

/// One reading of the project's tables, extended while an edit is put together. Thread: not safe.
class MediaIndex {
 public:
  static Result<MediaIndex> read(const project::Project& project);

  [[nodiscard]] const std::vector<Stored<Medium>>& media() const { return media_; }
  /// The medium with that content, also when the same bytes hold several (`selector`). Null: none.
  [[nodiscard]] const Stored<Medium>* find(std::string_view hash, std::string_view selector) const;
  /// A medium that labels were imported for before its pictures, if `found` are those (waiting_series.h). Null: none.
  [[nodiscard]] const Stored<Medium>* findWaiting(const MediumInfo& found) const;
  /// `wanted`, or `wanted_2`... where it is taken; taken from now on.
  [[nodiscard]] std::string uniqueName(std::string_view wanted);
  /// The study a medium belongs to: that of its study UID; else a new one, whose creation is added to `changes`, under
  /// the subject of the same patient; none for media that carry neither. New records get temporary ids from `nextId`
  /// downwards.
  [[nodiscard]] StudyId studyFor(const MediumInfo& info, std::vector<Change>& changes, RawId& nextId);

 private:
  [[nodiscard]] SubjectId subjectFor(const std::string& patientName, std::vector<Change>& changes, RawId& nextId);

  std::vector<Stored<Medium>> media_;
  std::set<std::string, std::less<>> names_;
  std::map<std::string, StudyId> studies_;     // by study UID
  std::map<std::string, SubjectId> subjects_;  // by patient name
  std::set<std::string> pseudonyms_;
  std::map<std::pair<std::string, std::string>, std::size_t> byContent_;  // hash and selector
};

}  // namespace fiducial::exchange
