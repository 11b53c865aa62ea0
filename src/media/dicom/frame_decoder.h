// Compressed frames to samples, without any colour conversion of YBR.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "fiducial/core/result.h"
#include "image_header.h"

namespace fiducial::media::dicom {

/// Samples as the codec gives them: host byte order, interleaved.
struct DecodedFrame {
  std::vector<std::byte> bytes;
  int bytesPerSample = 1;
  bool isRgb = false;  ///< the codec undid its own colour transform (JPEG 2000 RCT and ICT)
};

/// Checks what the compressed stream says of itself against the header, before anything is decoded or allocated.
[[nodiscard]] Status checkStream(const ImageHeader& header, std::span<const std::byte> stream);

/// Thread: any, each call on its own. Errors: Damaged, Unsupported (path is left for the caller).
[[nodiscard]] Result<DecodedFrame> decodeFrame(const ImageHeader& header, std::span<const std::byte> stream);

/// The codecs behind it.
[[nodiscard]] Result<DecodedFrame> decodeWithDcmtk(const ImageHeader& header, std::span<const std::byte> stream);
[[nodiscard]] Result<DecodedFrame> decodeRle(const ImageHeader& header, std::span<const std::byte> stream);
[[nodiscard]] Result<DecodedFrame> decodeJpeg2000(const ImageHeader& header, std::span<const std::byte> stream);

}  // namespace fiducial::media::dicom
