#include "calibration.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace fiducial::media::dicom {
namespace {

constexpr std::size_t kMostRegions = 256;

struct Unit {
  const char* name = "";
  double scale = 1;  // of what the file counts
};

/// PS3.3 C.8.5.5.1.15; lengths become millimetres.
Unit unitOf(std::int64_t code) {
  static constexpr std::array kUnits{Unit{},      Unit{"%"},     Unit{"dB"},   Unit{"mm", 10}, Unit{"s"},
                                     Unit{"Hz"},  Unit{"dB/s"},  Unit{"cm/s"}, Unit{"cm2"},    Unit{"cm2/s"},
                                     Unit{"cm3"}, Unit{"cm3/s"}, Unit{"deg"}};
  return code >= 0 && std::size_t(code) < kUnits.size() ? kUnits[std::size_t(code)] : Unit{};
}

std::string kindOf(std::int64_t format) {
  static constexpr std::array kKinds{"", "2D", "M-mode", "spectral", "wave form", "graphics"};
  return format > 0 && std::size_t(format) < kKinds.size() ? kKinds[std::size_t(format)] : "";
}

std::optional<CalibratedRegion> regionOf(const DataSet& item) {
  const auto corner = [&](Tag tag) { return item.number(tag); };
  const auto left = corner(tag::RegionMinX), top = corner(tag::RegionMinY);
  const auto right = corner(tag::RegionMaxX), bottom = corner(tag::RegionMaxY);
  if (!left || !top || !right || !bottom || *right < *left || *bottom < *top) return std::nullopt;
  CalibratedRegion region;
  region.left = *left;
  region.top = *top;
  region.right = *right + 1;  // the last pixels are included
  region.bottom = *bottom + 1;
  region.kind = kindOf(item.integer(tag::RegionSpatialFormat).value_or(0));
  const Unit x = unitOf(item.integer(tag::RegionUnitsX).value_or(0));
  const Unit y = unitOf(item.integer(tag::RegionUnitsY).value_or(0));
  region.unitX = x.name;
  region.unitY = y.name;
  region.perPixelX = item.number(tag::PhysicalDeltaX).value_or(0) * x.scale;
  region.perPixelY = item.number(tag::PhysicalDeltaY).value_or(0) * y.scale;
  const auto referenceX = item.number(tag::RegionReferenceX);
  const auto referenceY = item.number(tag::RegionReferenceY);
  if (referenceX && referenceY) {
    region.origin = ImagePoint{*left + *referenceX + 0.5, *top + *referenceY + 0.5};
    region.valueX = item.number(tag::RegionValueX).value_or(0) * x.scale;
    region.valueY = item.number(tag::RegionValueY).value_or(0) * y.scale;
  }
  region.isInFront = (item.integer(tag::RegionFlags).value_or(0) & 1) != 0;
  return region;
}

std::vector<double> columnFirst(const std::vector<double>& rowFirst) {
  const bool isUsable = rowFirst.size() == 2 && rowFirst[0] > 0 && rowFirst[1] > 0;
  return isUsable ? std::vector<double>{rowFirst[1], rowFirst[0]} : std::vector<double>{};
}

bool isNear(const std::vector<double>& a, const std::vector<double>& b) {
  return a.size() == 2 && b.size() == 2 && std::abs(a[0] - b[0]) < 1e-3 * a[0] && std::abs(a[1] - b[1]) < 1e-3 * a[1];
}

CalibrationSource sourceOfType(const std::string& type) {
  if (type == "GEOMETRY") return CalibrationSource::Geometry;
  return type == "FIDUCIAL" ? CalibrationSource::Fiducial : CalibrationSource::Declared;
}

}  // namespace

void readCalibration(const DataSet& data, ImageHeader& header) {
  for (const DataSet& item : data.items(tag::UltrasoundRegions)) {
    if (header.calibration.regions.size() == kMostRegions) break;
    if (auto region = regionOf(item)) header.calibration.regions.push_back(std::move(*region));
  }
  header.calibrationType = data.text(tag::CalibrationType);
  header.calibration.description = toUtf8(data, tag::CalibrationText);
  const double magnification = data.number(tag::Magnification).value_or(0);
  header.magnification = magnification > 0 ? magnification : 0;
  header.filmSpacing = data.numbers(tag::NominalScannedSpacing);
}

std::vector<double> pictureSpacing(const ImageHeader& header, ImageCalibration& calibration) {
  calibration = header.calibration;
  const FrameHeader& frame = header.frame(0);
  const std::vector<double> declared =
      frame.pixelSpacing ? columnFirst({(*frame.pixelSpacing)[0], (*frame.pixelSpacing)[1]}) : std::vector<double>{};
  const std::vector<double> detector = columnFirst(header.imagerSpacing);
  if (!calibration.regions.empty()) {
    calibration.source = CalibrationSource::Regions;
    return declared.empty() ? header.regionSpacing : declared;
  }
  if (!declared.empty()) {
    calibration.source = sourceOfType(header.calibrationType);
    // PS3.3 10.7.1.3: equal to the detector's and nothing said, nothing was corrected.
    const bool isDetectors = isNear(declared, detector) && calibration.source == CalibrationSource::Declared;
    if (!isDetectors) return declared;
  }
  if (!detector.empty()) {
    calibration.source = CalibrationSource::Detector;
    if (!(header.magnification > 0) || header.magnification == 1) return detector;
    calibration.source = CalibrationSource::DetectorMagnified;
    calibration.magnification = header.magnification;
    return {detector[0] / header.magnification, detector[1] / header.magnification};
  }
  const std::vector<double> film = columnFirst(header.filmSpacing);
  calibration.source = film.empty() ? CalibrationSource::None : CalibrationSource::Nominal;
  return film;
}

}  // namespace fiducial::media::dicom
