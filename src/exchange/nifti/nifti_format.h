// NIfTI label volumes: the exporter of the registry.
// Source: NIfTI-1 (nifti1.h); shared rules in docs (formats: NIfTI label volumes).
#pragma once

#include <memory>

#include "fiducial/exchange/format.h"

namespace fiducial::exchange {

[[nodiscard]] std::unique_ptr<Exporter> niftiExporter();

}  // namespace fiducial::exchange
