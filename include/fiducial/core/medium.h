// What is known of a medium without its pixels: the record in a project and the answer of `inspect`.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "fiducial/core/affine.h"
#include "fiducial/core/calibration.h"
#include "fiducial/core/geometry.h"
#include "fiducial/core/presentation.h"
#include "fiducial/core/rational.h"
#include "fiducial/core/scalar_buffer.h"
#include "fiducial/core/voi.h"

namespace fiducial {

enum class MediumKind : std::uint8_t { Volume = 1, Cine = 2, Image = 3, Video = 4 };  // stored: numbers never change

[[nodiscard]] std::string_view nameOf(MediumKind kind);

/// A second output unit: value = output * factor. Nothing where `unit` is empty; then `reason` may say why not.
struct SecondUnit {
  std::string unit;  ///< "SUVbw"
  double factor = 0;
  std::string reason;  ///< why there is none though one could be expected: "the patient's weight is missing"
};

/// What an opened file says beyond its record. It is not stored in a project and comes with the pixels, so that it
/// takes no part in comparing records.
struct FileExtras {
  std::shared_ptr<const std::vector<std::byte>> iccProfile;  ///< as in the file; colour is not changed by it
  SecondUnit secondUnit;                                     ///< SUV of PET
  std::optional<double> paddingLimit;           ///< stored; padding is paddingValue..paddingLimit, in either order
  ImageCalibration calibration;                 ///< how the spacing is known; ultrasound regions
  std::vector<WindowLevel> sliceWindows;        ///< of slices that ask for others than the middle one, named after them
  std::vector<PresentationView> presentations;  ///< of presentation states that refer to this medium
  friend bool operator==(const FileExtras&, const FileExtras&) { return true; }
};

struct MediumInfo {
  MediumKind kind = MediumKind::Image;
  std::string format;  ///< "dicom", "nifti", "png", "jpeg", "tiff", "bmp", or FFmpeg's demuxer name for video
  std::string modality;
  std::string seriesDescription;
  std::string patientName;  ///< as in the header, UTF-8; shown, never exported
  std::string studyUid;
  std::string studyDescription;
  std::string studyDate;
  std::string seriesUid;
  std::string selector;  ///< which part of the files this medium is, when they hold several (family-private)
  int columns = 0;
  int rows = 0;
  int frames = 1;  ///< slices of a volume, frames of a cine or video, 1 for an image
  int times = 1;   ///< 4D volumes
  int components = 1;
  ScalarType scalar = ScalarType::UInt8;
  double slope = 1;  ///< output = stored * slope + intercept
  double intercept = 0;
  bool inverted = false;               ///< MONOCHROME1: low values are shown bright
  std::optional<double> paddingValue;  ///< stored value outside the picture (DICOM Pixel Padding Value)
  std::string unit;                    ///< of output values: "HU", "" where none
  bool hasGeometry = false;            ///< false: affine is not in patient space
  Affine affine;                       ///< voxel to patient LPS mm, also for single slices
  std::vector<double> spacing;         ///< mm; (column, row[, slice]) distance; empty where not calibrated
  std::vector<WindowLevel> windows;
  std::string transferSyntax;
  std::string codec;
  Rational timeBase{0, 1};
  Rational sampleAspect{1, 1};
  double durationSeconds = 0;
  double frameRate = 0;  ///< nominal, for display and playing
  bool variableRate = false;
  bool framesProvisional = false;  ///< frames counted from packets, not yet confirmed by decoding
  int rotation = 0;                ///< degrees the decoded picture was turned clockwise to stand upright
  bool lossy = false;
  int files = 1;
  std::vector<std::string> warnings;
  FileExtras extras;
  friend bool operator==(const MediumInfo&, const MediumInfo&) = default;

  [[nodiscard]] ImageSize imageSize() const { return {columns, rows}; }
  [[nodiscard]] VolumeSize volumeSize() const { return {columns, rows, frames}; }
};

}  // namespace fiducial
