#include "fiducial/core/calibration.h"

namespace fiducial {
namespace {

double area(const CalibratedRegion& region) { return (region.right - region.left) * (region.bottom - region.top); }

}  // namespace

std::string_view nameOf(CalibrationSource source) {
  switch (source) {
    case CalibrationSource::None:
      return "uncalibrated";
    case CalibrationSource::Patient:
      return "calibrated in the patient";
    case CalibrationSource::Declared:
      return "calibrated, the file does not say how";
    case CalibrationSource::Geometry:
      return "calibrated by geometry";
    case CalibrationSource::Fiducial:
      return "calibrated by an object of known size";
    case CalibrationSource::Detector:
      return "calibrated at detector";
    case CalibrationSource::DetectorMagnified:
      return "calibrated at detector, corrected by the estimated magnification";
    case CalibrationSource::Nominal:
      return "calibrated on the scanned film";
    case CalibrationSource::Regions:
      return "calibrated by region";
    case CalibrationSource::Given:
      return "calibrated by the user";
  }
  return "uncalibrated";
}

const CalibratedRegion* regionAt(const ImageCalibration& calibration, ImagePoint point) {
  const CalibratedRegion* best = nullptr;
  for (const CalibratedRegion& region : calibration.regions) {
    if (!region.contains(point)) continue;
    const bool isBetter = best == nullptr || (region.isInFront && !best->isInFront) ||
                          (region.isInFront == best->isInFront && area(region) < area(*best));
    if (isBetter) best = &region;
  }
  return best;
}

const CalibratedRegion* regionOf(const ImageCalibration& calibration, std::span<const ImagePoint> points,
                                 std::string& reason) {
  const CalibratedRegion* common = nullptr;
  for (const ImagePoint& point : points) {
    const CalibratedRegion* region = regionAt(calibration, point);
    if (region == nullptr) {
      reason = "a point lies outside every calibrated region";
      return nullptr;
    }
    if (common != nullptr && region != common) {
      const bool isSameUnit = region->unitX == common->unitX && region->unitY == common->unitY;
      reason = isSameUnit ? "the points lie in different regions" : "the points lie in regions of different units";
      return nullptr;
    }
    common = region;
  }
  if (common == nullptr) reason = "there is no point";
  return common;
}

std::optional<RegionValue> valueAt(const CalibratedRegion& region, ImagePoint point) {
  if (!region.origin) return std::nullopt;
  return RegionValue{region.valueX + (point.x - region.origin->x) * region.perPixelX,
                     region.valueY + (point.y - region.origin->y) * region.perPixelY};
}

}  // namespace fiducial
