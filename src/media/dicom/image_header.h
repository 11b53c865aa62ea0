// One DICOM file as a picture: what its header says about pixels, values and geometry, with every claim checked.
// Source: DICOM PS3.3 C.7.6.3 (pixels), C.7.6.2 (geometry), C.11 (lookup tables), C.7.6.16 (functional groups).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "data_set.h"
#include "fiducial/core/calibration.h"
#include "fiducial/core/medium.h"
#include "frame_kind.h"
#include "transfer_syntax.h"

namespace fiducial::media::dicom {

using Vector3 = std::array<double, 3>;

/// Unit vectors of increasing column (`row`, along a row) and increasing row (`column`), LPS.
struct Orientation {
  Vector3 row{1, 0, 0};
  Vector3 column{0, 1, 0};
};

struct Rescale {
  double slope = 1;
  double intercept = 0;
  friend bool operator==(const Rescale&, const Rescale&) = default;
};

/// A modality lookup table: entry [clamp(stored - first)] is the output value.
struct ValueTable {
  std::int64_t first = 0;
  std::vector<std::uint16_t> entries;
};

/// Red, green and blue of a palette, `bits` (8 or 16) a component.
struct Palette {
  std::int64_t first = 0;
  int bits = 8;
  std::array<std::vector<std::uint16_t>, 3> entries;
};

/// What may differ from frame to frame.
struct FrameHeader {
  std::optional<Vector3> position;  ///< LPS mm, centre of the first pixel
  bool isInPatient = true;          ///< false: the places are those within the volume the file shows
  std::optional<Orientation> orientation;
  std::optional<std::array<double, 2>> pixelSpacing;  ///< mm between rows, between columns (as in DICOM)
  double thickness = 0;                               ///< mm; 0 where not said
  double sliceSpacing = 0;                            ///< mm, Spacing Between Slices; 0 where not said
  Rescale rescale;
  std::vector<WindowLevel> windows;
  std::string stack;
  FrameKind kind;
};

/// A picture whose tiles are the slices of a volume, row by row.
struct Mosaic {
  int tiles = 0;  ///< 0: it is none
  int perRow = 1;
  int columns = 0;  ///< of one tile
  int rows = 0;
};

/// How the samples of every frame of the file are stored.
struct PixelFormat {
  int rows = 0;
  int columns = 0;
  int samples = 1;
  int bitsAllocated = 8;
  int bitsStored = 8;
  int highBit = 7;
  bool isSigned = false;
  bool isPlanar = false;
  bool isFloat = false;  ///< Float or Double Float Pixel Data
  bool bigEndian = false;
  bool words = false;  ///< VR OW: 8-bit samples of big-endian files are swapped in pairs
  std::string photometric = "MONOCHROME2";

  [[nodiscard]] std::int64_t pixels() const { return std::int64_t{rows} * columns; }
  [[nodiscard]] bool isSubsampled() const { return photometric == "YBR_FULL_422" || photometric == "YBR_PARTIAL_422"; }
  /// Of one native frame in bits (1-bit frames are not padded to bytes).
  [[nodiscard]] std::int64_t nativeFrameBits() const;
};

/// Where an overlay plane is; its bits are not read yet. Source: PS3.3 C.9.2.
struct OverlayHeader {
  int group = 0x6000;
  int rows = 0;
  int columns = 0;
  int originRow = 1;  ///< of its first pixel, from 1; may lie outside the picture
  int originColumn = 1;
  int frames = 1;
  int firstFrame = 1;         ///< of the picture, from 1, that its first frame lies on
  bool isMultiFrame = false;  ///< else it lies on every frame
  int bit = -1;               ///< within the stored pixel; -1: it has data of its own
  bool isRegion = false;
  std::string label;
  std::string description;
  ElementLocation data;
  bool words = false;  ///< VR OW: bytes of big-endian files are swapped in pairs
};

struct ImageHeader {
  std::string sopClass;
  std::string sopInstance;
  std::string studyUid;
  std::string seriesUid;
  std::string frameOfReference;
  std::string modality;
  std::string studyDate;
  std::string studyDescription;   ///< UTF-8
  std::string seriesDescription;  ///< UTF-8
  std::string patientName;        ///< UTF-8
  std::vector<std::string> imageType;
  std::string unit;
  std::int64_t instanceNumber = 0;
  std::int64_t acquisitionNumber = 0;
  std::int64_t temporalPosition = 0;
  double echoTime = 0;
  bool lossy = false;

  const TransferSyntax* syntax = nullptr;
  PixelFormat format;
  PixelLocation pixels;
  std::vector<std::uint64_t> extendedOffsets;
  int frames = 1;
  std::vector<FrameHeader> frameHeaders;  ///< one for all frames, or one a frame; of a mosaic one a tile
  Mosaic mosaic;
  std::string concatenation;      ///< UID that the parts of one multi-frame object share; else empty
  bool hasFrameGeometry = false;  ///< positions come from per-frame groups or a grid of offsets

  std::optional<ValueTable> modalityTable;
  std::optional<Palette> palette;
  std::optional<std::int64_t> padding;
  std::optional<std::int64_t> paddingLimit;  ///< other end of a range of padding
  std::vector<OverlayHeader> overlays;
  ElementLocation iccProfile;         ///< length 0: none
  SecondUnit secondUnit;              ///< SUV of PET
  std::vector<double> imagerSpacing;  ///< rows, columns: at the detector
  std::vector<double> filmSpacing;    ///< rows, columns: of a scanned film
  double magnification = 0;           ///< Estimated Radiographic Magnification Factor; 0: not said
  std::string calibrationType;        ///< "GEOMETRY", "FIDUCIAL" or empty
  ImageCalibration calibration;       ///< regions and description; the source follows from the rest
  std::vector<double> regionSpacing;  ///< columns, rows in mm from ultrasound regions
  double frameTimeMs = 0;
  std::vector<double> frameTimesMs;  ///< from the frame before; as many as frames, or empty
  std::vector<std::string> warnings;
  std::int64_t sizeBytes = 0;  ///< of the file

  [[nodiscard]] const FrameHeader& frame(int n) const {
    return frameHeaders.size() == 1 ? frameHeaders.front() : frameHeaders[std::size_t(n)];
  }
};

/// Errors: Unsupported (an object without a picture: the message says what it is), Damaged.
[[nodiscard]] Result<ImageHeader> readImageHeader(ByteSource& source);

/// A sentence for SOP classes that hold no picture ("a structured report (SR): no picture in it"); empty for others.
[[nodiscard]] std::string reasonWithoutPicture(std::string_view sopClass, std::string_view modality);

/// Frame headers of multi-frame objects, from their functional groups (PS3.3 C.7.6.16) or grid of offsets (C.8.8.3.2).
void readFrameHeaders(const DataSet& dataSet, ImageHeader& header);

/// Modality table, palette, padding.
void readTables(const DataSet& dataSet, ImageHeader& header);
/// Windows, then VOI tables, of a data set or functional group; `sets` are the character sets of the file.
struct WindowContext {
  std::vector<std::string> characterSets;
  bool hasNegativeValues = false;  ///< pixels are signed, or rescaled below 0: tables of implicit VR may begin below
};
[[nodiscard]] std::vector<WindowLevel> readWindows(const DataSet& dataSet, const WindowContext& context);
/// Overlay planes of groups 6000 to 601E.
void readOverlays(const DataSet& dataSet, ImageHeader& header);

/// Text in the file's character sets to UTF-8 (PS3.5 6.1).
[[nodiscard]] std::string toUtf8(const DataSet& dataSet, Tag tag);
/// Of an item, which has the character sets of the data set around it.
[[nodiscard]] std::string toUtf8(const DataSet& item, Tag tag, const std::vector<std::string>& sets);

}  // namespace fiducial::media::dicom
