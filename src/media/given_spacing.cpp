#include "fiducial/media/given_spacing.h"

#include <cmath>

namespace fiducial::media {

Status giveSpacing(MediumInfo& info, std::array<double, 3> spacingMm) {
  for (const double spacing : spacingMm) {
    if (!std::isfinite(spacing) || !(spacing > 0) || spacing > 1e6) {
      return Error{ErrorCode::Invalid, "a spacing is three positive numbers of millimetres", "", ""};
    }
  }
  const bool isGiven = info.extras.calibration.source == CalibrationSource::Given;
  if (info.hasGeometry || (!info.spacing.empty() && !isGiven)) {
    return Error{ErrorCode::Invalid, "the file says its own spacing, which is not overridden", "", ""};
  }
  info.spacing.assign(spacingMm.begin(), spacingMm.begin() + (info.kind == MediumKind::Volume ? 3 : 2));
  info.affine = Affine({{{spacingMm[0], 0, 0, 0}, {0, spacingMm[1], 0, 0}, {0, 0, spacingMm[2], 0}, {0, 0, 0, 1}}});
  info.extras.calibration.source = CalibrationSource::Given;
  std::erase_if(info.warnings,
                [](const std::string& warning) { return warning.find("without spacing") != std::string::npos; });
  return {};
}

}  // namespace fiducial::media
