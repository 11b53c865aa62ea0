// Coded terms and colours of DICOM label objects. Source: DICOM PS3.3 table 8.8-1, C.10.7.1.1 (CIELab).
#pragma once

#include <string>
#include <vector>

#include "fiducial/core/records.h"
#include "fiducial/media/dicom_dataset.h"

namespace fiducial::exchange {

/// The first item of a code sequence; empty where there is none.
[[nodiscard]] Code codeIn(media::DicomItem item, media::DicomTag sequence);
/// "Lung (SCT 39607008)"; empty for no code.
[[nodiscard]] std::string textOf(const Code& code);
/// "#rrggbb" of RecommendedDisplayCIELabValue (three 16-bit numbers, white D65); empty unless there are three.
[[nodiscard]] std::string colorOfCielab(const std::vector<double>& value);
/// "#rrggbb" of three numbers 0..255; empty unless there are three.
[[nodiscard]] std::string colorOfRgb(const std::vector<double>& value);

}  // namespace fiducial::exchange
