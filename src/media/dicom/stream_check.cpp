// What a JPEG, JPEG-LS, JPEG 2000 or RLE stream says of its size, read from its markers without a decoder: a stream
// that claims another size than the header never reaches one.
#include <algorithm>
#include <optional>

#include "frame_decoder.h"

namespace fiducial::media::dicom {
namespace {

struct StreamSize {
  std::uint64_t columns = 0;
  std::uint64_t rows = 0;
  unsigned samples = 0;
};

std::uint64_t big(std::span<const std::byte> bytes, std::size_t at, int count) {
  std::uint64_t value = 0;
  for (int n = 0; n < count; ++n) value = (value << 8) | std::to_integer<std::uint64_t>(bytes[at + std::size_t(n)]);
  return value;
}

/// ITU-T T.81 B.2.2: the frame header SOFn (FFC0..FFCF without C4, C8, CC; FFF7 for JPEG-LS).
std::optional<StreamSize> jpegSize(std::span<const std::byte> bytes) {
  std::size_t at = 0;
  while (at + 4 <= bytes.size()) {
    if (bytes[at] != std::byte{0xFF}) {
      ++at;
      continue;
    }
    const auto marker = std::to_integer<unsigned>(bytes[at + 1]);
    const bool isFrame =
        (marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC) || marker == 0xF7;
    if (isFrame) {
      if (at + 10 > bytes.size()) return std::nullopt;
      return StreamSize{big(bytes, at + 7, 2), big(bytes, at + 5, 2), unsigned(big(bytes, at + 9, 1))};
    }
    const bool alone = marker == 0xFF || marker == 0x00 || marker == 0x01 || (marker >= 0xD0 && marker <= 0xD9);
    at += alone ? (marker == 0xFF ? 1 : 2) : 2 + std::size_t(big(bytes, at + 2, 2));
  }
  return std::nullopt;
}

/// ITU-T T.800 A.5.1: SOC, then SIZ.
std::optional<StreamSize> jpeg2000Size(std::span<const std::byte> bytes) {
  static constexpr std::byte kStart[] = {std::byte{0xFF}, std::byte{0x4F}, std::byte{0xFF}, std::byte{0x51}};
  const auto found = std::search(bytes.begin(), bytes.end(), std::begin(kStart), std::end(kStart));
  const auto at = std::size_t(found - bytes.begin());
  if (at + 42 > bytes.size()) return std::nullopt;
  const std::uint64_t x1 = big(bytes, at + 8, 4), y1 = big(bytes, at + 12, 4);
  const std::uint64_t x0 = big(bytes, at + 16, 4), y0 = big(bytes, at + 20, 4);
  if (x1 < x0 || y1 < y0) return std::nullopt;
  return StreamSize{x1 - x0, y1 - y0, unsigned(big(bytes, at + 40, 2))};
}

Error damaged(std::string what) {
  return {ErrorCode::Damaged, std::move(what), "", "copy the file again from its source"};
}

Status checkRle(const ImageHeader& header, std::span<const std::byte> stream) {
  if (stream.size() < 64) return damaged("the RLE data ends inside its header");
  const auto segments = std::to_integer<unsigned>(stream[0]) | std::to_integer<unsigned>(stream[1]) << 8 |
                        std::to_integer<unsigned>(stream[2]) << 16 | std::to_integer<unsigned>(stream[3]) << 24;
  const auto wanted = unsigned(header.format.samples) * unsigned((header.format.bitsAllocated + 7) / 8);
  if (segments != wanted || segments > 15) {
    return damaged("the RLE data claims " + std::to_string(segments) + " segments; this picture has " +
                   std::to_string(wanted));
  }
  // Two bytes make at most 128.
  if (std::int64_t(stream.size()) * 64 < header.format.nativeFrameBits() / 8) {
    return damaged("the RLE data is too short for " + std::to_string(header.format.columns) + " x " +
                   std::to_string(header.format.rows) + " pixels");
  }
  return {};
}

}  // namespace

Status checkStream(const ImageHeader& header, std::span<const std::byte> stream) {
  std::optional<StreamSize> size;
  switch (header.syntax->codec) {
    case PixelCodec::Rle:
      return checkRle(header, stream);
    case PixelCodec::Jpeg:
    case PixelCodec::JpegLossless:
    case PixelCodec::JpegLs:
      size = jpegSize(stream);
      break;
    case PixelCodec::Jpeg2000:
      size = jpeg2000Size(stream);
      break;
    default:
      return {};
  }
  if (!size) return damaged("the compressed picture has no valid header");
  const PixelFormat& format = header.format;
  if (size->columns != std::uint64_t(format.columns) || size->rows != std::uint64_t(format.rows)) {
    return damaged("the compressed picture claims " + std::to_string(size->columns) + " x " +
                   std::to_string(size->rows) + " pixels, the header " + std::to_string(format.columns) + " x " +
                   std::to_string(format.rows));
  }
  if (size->samples != unsigned(format.samples)) {
    return damaged("the compressed picture has " + std::to_string(size->samples) + " components, the header says " +
                   std::to_string(format.samples));
  }
  return {};
}

}  // namespace fiducial::media::dicom
