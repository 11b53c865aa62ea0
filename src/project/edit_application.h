// An edit as one durable transaction: ids, readings, cascades, checks, rows, history, audit.
#pragma once

#include <string>

#include "fiducial/core/edit.h"
#include "store.h"

namespace fiducial::project {

/// Errors: Invalid, OutOfRange, Conflict: refused, nothing changed. Unwritable: the disk refused, nothing changed.
[[nodiscard]] Result<AppliedEdit> applyEdit(Store& store, Edit edit, const std::string& annotator);

}  // namespace fiducial::project
