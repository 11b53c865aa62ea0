// What an edit is checked against before it is written: the media, the schema, and itself.
#pragma once

#include <set>
#include <span>

#include "fiducial/core/edit.h"
#include "store.h"

namespace fiducial::project {

/// Names in NFC, masks in canonical form.
void normalise(Record& record);

/// One record with its references resolved. `before` is null for a new record: rules that a schema change may have left
/// older labels outside of (attributes) are asked only of what changes.
/// Errors: Invalid or OutOfRange, naming the field.
[[nodiscard]] Status checkRecord(KnownRecords& known, const Record& after, const Record* before);

/// Rules over several records, asked once all changes of an edit are written: unique names and key frames, exclusive
/// layers, classes still in use, key frames and bricks whose owner changed medium or class. Looks only at what the
/// changes touch.
[[nodiscard]] Status checkTogether(Store& store, std::span<const Change> changes);

}  // namespace fiducial::project
