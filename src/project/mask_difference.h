// Two states of one mask differ by a stroke: history keeps only the pixels that changed.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "fiducial/core/records.h"

namespace fiducial::project {

/// Both sides are encodeStored() bytes of an annotation or key frame with masks of one size: `of` with its mask
/// replaced by the pixels that are in exactly one of the two. The same call turns it back. Nothing for all other
/// records.
[[nodiscard]] std::optional<std::string> maskDifference(RecordKind kind, std::string_view of, std::string_view against);

/// Runs without empty ones (but the first), so that a set of pixels has one form.
[[nodiscard]] RunMask canonical(const RunMask& mask);
/// Pixels in exactly one of two masks of one size, in canonical form.
[[nodiscard]] RunMask symmetricDifference(const RunMask& a, const RunMask& b);

}  // namespace fiducial::project
