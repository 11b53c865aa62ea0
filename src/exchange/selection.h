// Which media, classes and labels of a project an export takes: the options of `export`, answered for every exporter.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "fiducial/core/edit.h"
#include "fiducial/core/result.h"
#include "fiducial/exchange/format.h"
#include "fiducial/project/project.h"

namespace fiducial::exchange {

/// Frames that are declared done, of one medium.
struct DoneFrames {
  bool all = false;  ///< the medium as a whole
  std::set<int> frames;
  [[nodiscard]] bool has(int frame) const { return all || frames.contains(frame); }
};

/// Read once, at the start of an export. Thread: not safe.
class Selection {
 public:
  /// Errors: NotFound for a medium or class that the project does not have.
  static Result<Selection> read(const project::Project& project, const ExportOptions& options);

  /// The chosen ones, by id.
  [[nodiscard]] const std::vector<Stored<Medium>>& media() const { return media_; }
  /// All of the project, by id; and whether labels of one are taken.
  [[nodiscard]] const std::vector<Stored<LabelClass>>& classes() const { return classes_; }
  [[nodiscard]] bool takesClass(ClassId id) const { return chosen_.empty() || chosen_.contains(id); }
  [[nodiscard]] const LabelClass* findClass(ClassId id) const;
  /// What --status asks, for a label of that reading on that frame (none: the medium as a whole).
  [[nodiscard]] bool takesStatus(const DoneFrames& done, std::optional<int> frame, ReadingId reading) const;
  [[nodiscard]] Result<DoneFrames> doneFrames(MediumId medium) const;
  /// The subject of a medium, none where it has no study.
  [[nodiscard]] SubjectId subjectOf(const Medium& medium) const;
  [[nodiscard]] const ExportOptions& options() const { return *options_; }

 private:
  const project::Project* project_ = nullptr;
  const ExportOptions* options_ = nullptr;
  std::vector<Stored<Medium>> media_;
  std::vector<Stored<LabelClass>> classes_;
  std::set<ClassId> chosen_;  // empty: all
  std::map<StudyId, SubjectId> subjects_;
  mutable std::map<ReadingId, bool> accepted_;
};

}  // namespace fiducial::exchange
