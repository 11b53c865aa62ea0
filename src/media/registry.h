// The families of media this program reads.
#pragma once

#include <span>

#include "family.h"

namespace fiducial::media {

/// All families; where two are equally sure of a file, the earlier one is asked first.
[[nodiscard]] std::span<const Family* const> families();

/// The family that opens such a medium; null if there is none.
[[nodiscard]] const Family* familyOf(const MediumInfo& info);

}  // namespace fiducial::media
