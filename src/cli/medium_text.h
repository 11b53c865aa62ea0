// A medium in one line for people.
#pragma once

#include <string>

#include "fiducial/core/medium.h"

namespace fiducial::cli {

/// "volume, dicom CT, 64 x 64 x 93 int16, 3.2 x 3.2 x 1.5 mm, 93 files".
[[nodiscard]] std::string mediumText(const MediumInfo& info);

}  // namespace fiducial::cli
