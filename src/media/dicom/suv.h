// Standardised uptake values of PET: output * factor, or why there is none.
#pragma once

#include <string>

#include "image_header.h"

namespace fiducial::media::dicom {

/// The answer of everything that is missing.
[[nodiscard]] SecondUnit withoutSuv(std::string reason);

/// SUV by body weight of classic PET; nothing for other modalities.
[[nodiscard]] SecondUnit readSuv(const DataSet& dataSet, const std::string& modality, const std::string& unit);

/// True for Enhanced PET Image objects, whose dose, units and times stand elsewhere.
[[nodiscard]] bool isEnhancedPet(const ImageHeader& header);
/// Of these; also the unit of the output where the file maps it to one. After readFrameHeaders().
void readEnhancedSuv(const DataSet& dataSet, ImageHeader& header);

}  // namespace fiducial::media::dicom
