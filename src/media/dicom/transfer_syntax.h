// How a transfer syntax encodes data sets and pixels. Source: DICOM PS3.5 annex A.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace fiducial::media::dicom {

enum class PixelCodec : std::uint8_t { Native, Rle, Jpeg, JpegLossless, JpegLs, Jpeg2000, DeflatedFrame, Video };

struct TransferSyntax {
  std::string_view uid;
  std::string_view name;
  bool explicitVr = true;
  bool bigEndian = false;
  bool deflated = false;
  PixelCodec codec = PixelCodec::Native;
  bool lossy = false;
};

/// All that this program knows.
[[nodiscard]] std::span<const TransferSyntax> transferSyntaxes();

/// Null where the syntax is not one this program knows.
[[nodiscard]] const TransferSyntax* findTransferSyntax(std::string_view uid);

}  // namespace fiducial::media::dicom
