// The ids inside a change: of the record, and of the records it refers to.
#pragma once

#include <functional>

#include "fiducial/core/edit.h"

namespace fiducial::workspace {

using IdMapping = std::function<RawId(RawId)>;

/// Applies `mapping` to the change's id and to every reference that a label or schema record may hold.
void mapIds(Change& change, const IdMapping& mapping);

/// Whether `test` holds for any of those ids.
[[nodiscard]] bool anyId(const Change& change, const std::function<bool(RawId)>& test);

/// The kinds of edit changes, told by their sides: creating has an id <= 0 that is not a stand-in's.
[[nodiscard]] bool isStandIn(RawId id);
[[nodiscard]] bool isCreation(const Change& change);

/// Ids of labels that are shown but not durable yet; below every temporary id that an edit uses itself.
constexpr RawId kFirstStandIn = -1'000'000'000;

}  // namespace fiducial::workspace
