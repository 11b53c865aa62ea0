// Negative ids in an edit: names for records that the edit itself creates.
#pragma once

#include <unordered_map>
#include <vector>

#include "fiducial/core/edit.h"

namespace fiducial::project {

struct CreatedRecords {
  std::vector<RawId> ids;       ///< in the order of the changes
  std::vector<bool> isCreated;  ///< for each change
};
/// Gives every created record its id from `nextId` on, in the order of the changes, and puts real ids in place of
/// negative ones everywhere. A change creates where it has an after and is the first with its id, which is <= 0; bricks
/// have no id of their own. Errors: Invalid for a negative id that no change creates.
[[nodiscard]] Result<CreatedRecords> resolveReferences(std::vector<Change>& changes, RawId& nextId);

/// The order in which changes are written: what others refer to first, what refers to others erased first.
[[nodiscard]] std::vector<std::size_t> writingOrder(const std::vector<Change>& changes);

}  // namespace fiducial::project
