// From the samples of a frame as stored to the values a medium holds: bits masked and sign-extended, rescale where
// slices differ, modality tables, palettes and YBR to RGB. Source: DICOM PS3.3 C.7.6.3.1, C.11.1, PS3.5 8.
#pragma once

#include <span>
#include <stop_token>

#include "fiducial/core/scalar_buffer.h"
#include "image_file.h"

namespace fiducial::media::dicom {

/// What the values of a medium are, the same for all its frames.
struct ValuePlan {
  ScalarType scalar = ScalarType::UInt8;
  int components = 1;
  bool appliesRescale = false;  ///< slope and intercept of each frame are in the values already
  bool appliesTable = false;    ///< so is the modality table
  bool isColour = false;        ///< RGB
  double slope = 1;             ///< output = value * slope + intercept
  double intercept = 0;
};

/// One frame of one file.
struct FrameRef {
  std::shared_ptr<const ImageFile> file;
  int frame = 0;
  int tile = -1;  ///< of a mosaic; -1: the whole frame
  [[nodiscard]] const FrameHeader& header() const { return file->header().frame(tile >= 0 ? tile : frame); }
};

/// Plan for frames of one pixel format.
[[nodiscard]] ValuePlan planValues(std::span<const FrameRef> frames);

/// Reads, decodes and converts one frame into `out` (sizeOf(scalar) * components * pixels bytes, aligned for scalar).
/// Thread: any. Errors: Damaged, Unsupported, Unreadable.
[[nodiscard]] Status readFrame(const FrameRef& ref, const ValuePlan& plan, std::span<std::byte> out);

/// Samples of a frame before any conversion: host byte order, interleaved, `bytesPerSample` each, one byte for bits.
/// Bits above High Bit are as in the file. For tests against other decoders, and the way to readFrame().
struct StoredSamples {
  std::vector<std::byte> bytes;
  int bytesPerSample = 1;
  bool isRgb = false;         ///< whatever the photometric interpretation says
  bool isSubsampled = false;  ///< Y Y Cb Cr for each two pixels
};
[[nodiscard]] Result<StoredSamples> readSamples(const FrameRef& ref);

/// Gray or palette samples to values; colour samples to RGB of 8 or 16 bits.
void convertGray(const ImageHeader& header, const Rescale& rescale, const ValuePlan& plan, const StoredSamples& samples,
                 std::span<std::byte> out);
void convertColour(const ImageHeader& header, const ValuePlan& plan, const StoredSamples& samples,
                   std::span<std::byte> out);
/// In place: bits above High Bit cleared, the sign carried up; for frames read straight into their place.
void maskInPlace(const PixelFormat& format, std::span<std::byte> values);

}  // namespace fiducial::media::dicom
