// The rows of the media browser, kept current by the project's changes.
#pragma once

#include <map>
#include <span>
#include <vector>

#include "fiducial/workspace/workspace.h"

namespace fiducial::workspace {

/// Thread: the owner's, but for readCounts.
class MediaList {
 public:
  /// Names and places only: one row a medium.
  Status load(const project::Project& project);
  void clear();
  /// True where a row changed.
  bool apply(const AppliedEdit& edit);

  /// What takes longer to find out: labels, marks, whether the files are there. Thread: any.
  struct Counted {
    std::map<MediumId, std::int64_t> labels;
    std::map<MediumId, bool> done;
    std::map<MediumId, bool> available;
    std::int64_t lastEditMs = 0;  ///< Unix ms of the newest edit; 0: none
  };
  [[nodiscard]] static Counted count(const project::Project& project, std::stop_token stop);
  void setCounted(const Counted& counted);
  void setThumbnail(MediumId id, ScalarBuffer thumbnail);
  void setAvailable(MediumId id, bool available);

  [[nodiscard]] std::span<const MediumItem> items() const { return items_; }
  [[nodiscard]] const MediumItem* find(MediumId id) const;

 private:
  [[nodiscard]] MediumItem* item(MediumId id);
  void describe(MediumItem& item) const;
  void setMedium(const Change& change);
  bool countLabel(const Change& change);

  std::vector<MediumItem> items_;
  std::map<SubjectId, Subject> subjects_;
  std::map<StudyId, Study> studies_;
};

}  // namespace fiducial::workspace
