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

/// Frames first..end-1.
struct FrameSpan {
  int first = 0;
  int end = 0;
};

/// Frames that are declared done, of one medium.
struct DoneFrames {
  bool all = false;  ///< the medium as a whole
  std::set<int> frames;
  [[nodiscard]] bool has(int frame) const { return all || frames.contains(frame); }
  [[nodiscard]] bool hasAny(FrameSpan span) const {
    const auto next = frames.lower_bound(span.first);
    return all || (next != frames.end() && *next < span.end);
  }
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
  /// What --status asks and `--frames done`, for a label of that reading: true if they take any of its frames (none:
  /// it belongs to the medium as a whole).
  [[nodiscard]] bool takes(const DoneFrames& done, std::optional<FrameSpan> frames, ReadingId reading) const;
  [[nodiscard]] bool takes(const DoneFrames& done, int frame, ReadingId reading) const {
    return takes(done, FrameSpan{frame, frame + 1}, reading);
  }
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
