// A shutter that is a picture: an overlay of the presentation state whose bits hide. Source: PS3.3 C.7.6.15.
#pragma once

#include <optional>

#include "fiducial/core/presentation.h"
#include "fiducial/media/dicom_dataset.h"

namespace fiducial::media::dicom {

/// Nothing where the overlay it names is missing or shorter than it says.
[[nodiscard]] std::optional<Shutter> bitmapShutter(const DicomDataset& file, DicomItem root);

}  // namespace fiducial::media::dicom
