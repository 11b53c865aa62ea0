// The audit chain: every edit, undo and redo is a row whose hash covers the row before it and what was changed.
// The canonical form is described in docs/project-file.md, "Audit"; it never changes for rows that exist.
#pragma once

#include <string>

#include "database.h"
#include "fiducial/core/edit.h"
#include "fiducial/runtime/content_hash.h"
#include "history.h"

namespace fiducial::project {

struct AuditRow {
  std::int64_t seq = 0;  ///< from 1, without gaps
  EditId edit{};
  UidBytes editUid{};
  std::string editName;
  AnnotatorId author{};  ///< of the edit; `madeBy` may be somebody else where it is undone
  Direction direction = Direction::Applied;
  std::string madeBy;
  std::int64_t timeMs = 0;
};

/// The digest of one change; digests are kept instead of contents, so that an import of any size fits in memory.
class ChangeDigests {
 public:
  void add(const KeptChange& change, const Side& before, const Side& after);
  /// For a walk backwards through time: the changes were added last to first.
  void reverse();
  [[nodiscard]] std::string bytes() const;
  [[nodiscard]] std::size_t count() const { return count_; }

 private:
  std::string bytes_;
  std::vector<std::size_t> starts_;
  std::size_t count_ = 0;
};

[[nodiscard]] runtime::Sha256 auditHash(const runtime::Sha256& previous, const AuditRow& row,
                                        const ChangeDigests& changes);
[[nodiscard]] Status appendAudit(Database& database, const AuditRow& row, const runtime::Sha256& hash);

}  // namespace fiducial::project
