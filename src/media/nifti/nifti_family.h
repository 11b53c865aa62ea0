// NIfTI-1 and NIfTI-2 volumes: .nii, .nii.gz and pairs of .hdr and .img.
#pragma once

#include "../family.h"

namespace fiducial::media {

[[nodiscard]] const Family& niftiFamily();

}  // namespace fiducial::media
