// What the distances in a picture mean, and how that is known: measuring uses it and says it beside the number.
// Source: DICOM PS3.3 C.8.5.5 (ultrasound regions), 10.7.1.3 (pixel spacing and its calibration), C.8.11.8
// (mammography).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "fiducial/core/geometry.h"

namespace fiducial {

enum class CalibrationSource : std::uint8_t {
  None,               ///< uncalibrated: distances are pixels
  Patient,            ///< places in the patient (CT, MR, PET)
  Declared,           ///< the file gives a spacing and does not say how it is known
  Geometry,           ///< projection, corrected for a known or assumed magnification
  Fiducial,           ///< projection, measured against an object of known size
  Detector,           ///< projection, at the detector: what was imaged is smaller
  DetectorMagnified,  ///< projection, detector spacing divided by the estimated magnification
  Nominal,            ///< a scanned film: spacing on the film
  Regions,            ///< ultrasound: by region, see `regions`
  Given,              ///< by the user
};

/// "calibrated at detector", "uncalibrated" ...: as shown beside a measurement.
[[nodiscard]] std::string_view nameOf(CalibrationSource source);

/// A rectangle of an ultrasound picture with units of its own; the same in every frame.
/// Frame: continuous image pixels; it covers [left, right) x [top, bottom).
struct CalibratedRegion {
  double left = 0, top = 0, right = 0, bottom = 0;
  std::string kind;   ///< "2D", "M-mode", "spectral", "wave form", "graphics"
  std::string unitX;  ///< "mm", "s", "cm/s", "Hz", "dB", "%", "deg" ...; empty: none
  std::string unitY;
  double perPixelX = 0;              ///< unitX for each pixel to the right; may be negative
  double perPixelY = 0;              ///< unitY for each pixel down; may be negative
  std::optional<ImagePoint> origin;  ///< where (valueX, valueY) is: a pixel centre
  double valueX = 0;
  double valueY = 0;
  bool isInFront = false;  ///< where regions overlap, its pixels are seen
  friend bool operator==(const CalibratedRegion&, const CalibratedRegion&) = default;
  [[nodiscard]] bool contains(ImagePoint p) const { return p.x >= left && p.x < right && p.y >= top && p.y < bottom; }
};

struct ImageCalibration {
  CalibrationSource source = CalibrationSource::None;
  double magnification = 1;               ///< that the spacing was divided by
  std::string description;                ///< of the calibration, as in the file
  std::vector<CalibratedRegion> regions;  ///< empty unless source is Regions
  friend bool operator==(const ImageCalibration&, const ImageCalibration&) = default;
};

/// The region in front at a point, the smaller of two alike; null where there is none.
[[nodiscard]] const CalibratedRegion* regionAt(const ImageCalibration& calibration, ImagePoint point);

/// The one region in which all the points of a measurement lie. Null where there is none, with the reason in `reason`
/// ("the points lie in regions of different units").
[[nodiscard]] const CalibratedRegion* regionOf(const ImageCalibration& calibration, std::span<const ImagePoint> points,
                                               std::string& reason);

/// What is at a point of a region, in its units: time and velocity of a spectrum; nothing where it has no origin.
struct RegionValue {
  double x = 0;
  double y = 0;
};
[[nodiscard]] std::optional<RegionValue> valueAt(const CalibratedRegion& region, ImagePoint point);

}  // namespace fiducial
