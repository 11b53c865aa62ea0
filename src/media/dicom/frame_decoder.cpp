#include "frame_decoder.h"

#include <zlib.h>

namespace fiducial::media::dicom {
namespace {

/// Deflated Image Frame Compression (PS3.5 A.4.13): a raw deflate stream of the native frame.
Result<DecodedFrame> inflateFrame(const ImageHeader& header, std::span<const std::byte> stream) {
  DecodedFrame frame;
  frame.bytesPerSample = (header.format.bitsAllocated + 7) / 8;
  frame.bytes.resize(std::size_t((header.format.nativeFrameBits() + 7) / 8));
  z_stream inflater{};
  const Error error{ErrorCode::Damaged, "the deflated frame cannot be inflated", "",
                    "copy the file again from its source"};
  if (inflateInit2(&inflater, -MAX_WBITS) != Z_OK) return error;
  inflater.next_in = reinterpret_cast<Bytef*>(const_cast<std::byte*>(stream.data()));
  inflater.avail_in = uInt(stream.size());
  inflater.next_out = reinterpret_cast<Bytef*>(frame.bytes.data());
  inflater.avail_out = uInt(frame.bytes.size());
  inflate(&inflater, Z_FINISH);
  const bool isWhole = inflater.avail_out == 0;
  inflateEnd(&inflater);
  if (!isWhole) return error;
  return frame;
}

Result<DecodedFrame> asItIs(const ImageHeader& header, std::span<const std::byte> stream) {
  DecodedFrame frame;
  frame.bytesPerSample = (header.format.bitsAllocated + 7) / 8;
  const auto size = std::size_t((header.format.nativeFrameBits() + 7) / 8);
  if (stream.size() < size) return Error{ErrorCode::Damaged, "the pixel data of this frame ends early", "", ""};
  frame.bytes.assign(stream.begin(), stream.begin() + std::ptrdiff_t(size));
  return frame;
}

}  // namespace

Result<DecodedFrame> decodeFrame(const ImageHeader& header, std::span<const std::byte> stream) {
  if (auto checked = checkStream(header, stream); !checked) return checked.error();
  switch (header.syntax->codec) {
    case PixelCodec::Rle:
      return decodeRle(header, stream);
    case PixelCodec::Jpeg:
    case PixelCodec::JpegLossless:
    case PixelCodec::JpegLs:
      return decodeWithDcmtk(header, stream);
    case PixelCodec::Jpeg2000:
      return decodeJpeg2000(header, stream);
    case PixelCodec::DeflatedFrame:
      return inflateFrame(header, stream);
    case PixelCodec::Native:
      return asItIs(header, stream);
    case PixelCodec::Video:
      break;
  }
  return Error{ErrorCode::Unsupported, "this encapsulated video cannot be decoded frame by frame", "", ""};
}

}  // namespace fiducial::media::dicom
