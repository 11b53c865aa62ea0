// COCO instances: the importer and exporter of the registry.
// Source: cocodataset.org data format; shared rules in docs (formats: COCO).
#pragma once

#include <memory>

#include "fiducial/exchange/format.h"

namespace fiducial::exchange {

inline constexpr Kinds kCocoKinds =
    Kinds::Box | Kinds::RotatedBox | Kinds::Ellipse | Kinds::Polygon | Kinds::Mask | Kinds::Track;

[[nodiscard]] std::unique_ptr<Importer> cocoImporter();
[[nodiscard]] std::unique_ptr<Exporter> cocoExporter();

}  // namespace fiducial::exchange
