// DICOM files: series of slices, multi-frame volumes and cines, single pictures.
#pragma once

#include "../family.h"

namespace fiducial::media {

[[nodiscard]] const Family& dicomFamily();

}  // namespace fiducial::media
