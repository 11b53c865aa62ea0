// Labels that arrive in DICOM: the importers of the registry.
#pragma once

#include <memory>

#include "fiducial/exchange/format.h"

namespace fiducial::exchange {

inline constexpr Kinds kDicomSegKinds = Kinds::Segmentation | Kinds::Mask;
inline constexpr Kinds kRtStructKinds = Kinds::Segmentation | Kinds::Points | Kinds::Polyline;
inline constexpr Kinds kDicomSrKinds =
    Kinds::Points | Kinds::Polyline | Kinds::Polygon | Kinds::Ellipse | Kinds::Measurement;
inline constexpr Kinds kGspsKinds = Kinds::Points | Kinds::Polyline | Kinds::Polygon | Kinds::Ellipse | Kinds::Note;

[[nodiscard]] std::unique_ptr<Importer> dicomSegImporter();
[[nodiscard]] std::unique_ptr<Importer> rtStructImporter();
[[nodiscard]] std::unique_ptr<Importer> dicomSrImporter();
[[nodiscard]] std::unique_ptr<Importer> gspsImporter();

}  // namespace fiducial::exchange
