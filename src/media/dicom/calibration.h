// Ultrasound regions and the spacing of projection pictures, with how it is known.
#pragma once

#include "fiducial/core/calibration.h"
#include "image_header.h"

namespace fiducial::media::dicom {

/// What the header says of the calibration; the spacing itself stays in `header` (regionSpacing, imagerSpacing ...).
void readCalibration(const DataSet& data, ImageHeader& header);

/// (column, row) spacing of a picture that is no slice, in mm; empty where it is not calibrated. `calibration` says
/// where it is from.
[[nodiscard]] std::vector<double> pictureSpacing(const ImageHeader& header, ImageCalibration& calibration);

}  // namespace fiducial::media::dicom
