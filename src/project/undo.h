// Undo and redo: the two sides of every change of an edit swapped, as one durable transaction.
#pragma once

#include <string>
#include <string_view>

#include "fiducial/core/edit.h"
#include "store.h"

namespace fiducial::project {

/// The edit that undo (redo) would take: the newest that stands, or of `by`'s; the last undone one that is not closed.
struct UndoTarget {
  EditId id{};
  UidBytes uid{};
  std::string name;
  std::string by;
  AnnotatorId author{};
  std::int64_t undone = 0;  ///< audit row that undid it
};
[[nodiscard]] Result<std::optional<UndoTarget>> undoTarget(Store& store, std::string_view by = {});
[[nodiscard]] Result<std::optional<UndoTarget>> redoTarget(Store& store, std::string_view by = {});

/// `direction` is Undone or Redone; `by` may be empty; `annotator` is who asks. Errors: NotFound, Conflict, Unwritable.
[[nodiscard]] Result<AppliedEdit> swapEdit(Store& store, Direction direction, std::string_view by,
                                           const std::string& annotator);

}  // namespace fiducial::project
