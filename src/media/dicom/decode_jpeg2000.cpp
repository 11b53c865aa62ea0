// JPEG 2000 and HTJ2K frames through OpenJPEG, from memory.
#include <openjpeg.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <string>

#include "frame_decoder.h"

namespace fiducial::media::dicom {
namespace {

struct Reader {
  std::span<const std::byte> bytes;
  std::size_t at = 0;
};

OPJ_SIZE_T readBytes(void* into, OPJ_SIZE_T count, void* user) {
  auto* reader = static_cast<Reader*>(user);
  const std::size_t got = std::min<std::size_t>(count, reader->bytes.size() - reader->at);
  if (got == 0) return static_cast<OPJ_SIZE_T>(-1);
  std::memcpy(into, reader->bytes.data() + reader->at, got);
  reader->at += got;
  return got;
}

OPJ_OFF_T skipBytes(OPJ_OFF_T count, void* user) {
  auto* reader = static_cast<Reader*>(user);
  if (count < 0) return -1;
  const std::size_t step = std::min<std::size_t>(std::size_t(count), reader->bytes.size() - reader->at);
  reader->at += step;
  return step == 0 && count > 0 ? -1 : OPJ_OFF_T(step);
}

OPJ_BOOL seekBytes(OPJ_OFF_T to, void* user) {
  auto* reader = static_cast<Reader*>(user);
  if (to < 0 || std::size_t(to) > reader->bytes.size()) return OPJ_FALSE;
  reader->at = std::size_t(to);
  return OPJ_TRUE;
}

struct StreamCloser {
  void operator()(opj_stream_t* stream) const { opj_stream_destroy(stream); }
};
struct CodecCloser {
  void operator()(opj_codec_t* codec) const { opj_destroy_codec(codec); }
};
struct ImageCloser {
  void operator()(opj_image_t* image) const { opj_image_destroy(image); }
};

std::unique_ptr<opj_stream_t, StreamCloser> streamOver(Reader& reader) {
  std::unique_ptr<opj_stream_t, StreamCloser> stream(opj_stream_create(std::size_t{1} << 16, OPJ_TRUE));
  if (!stream) return stream;
  opj_stream_set_user_data(stream.get(), &reader, nullptr);
  opj_stream_set_user_data_length(stream.get(), reader.bytes.size());
  opj_stream_set_read_function(stream.get(), readBytes);
  opj_stream_set_skip_function(stream.get(), skipBytes);
  opj_stream_set_seek_function(stream.get(), seekBytes);
  return stream;
}

template <class T>
void store(const opj_image_t& image, std::size_t pixels, std::vector<std::byte>& bytes) {
  const std::size_t samples = image.numcomps;
  auto* out = reinterpret_cast<T*>(bytes.data());
  for (std::size_t c = 0; c < samples; ++c) {
    const OPJ_INT32* in = image.comps[c].data;
    for (std::size_t n = 0; n < pixels; ++n) out[n * samples + c] = static_cast<T>(in[n]);
  }
}

Error damaged(const char* what) { return {ErrorCode::Damaged, what, "", "copy the file again from its source"}; }

/// The stream's own colour transform (COD, ITU-T T.800 A.6.1), which OpenJPEG undoes.
bool hasColourTransform(std::span<const std::byte> bytes) {
  for (std::size_t at = 0; at + 9 < bytes.size(); ++at) {
    if (bytes[at] != std::byte{0xFF}) continue;
    if (bytes[at + 1] == std::byte{0x90}) return false;                          // SOT: the main header ended
    if (bytes[at + 1] == std::byte{0x52}) return bytes[at + 8] != std::byte{0};  // COD, SGcod's last byte
  }
  return false;
}

/// Why OpenJPEG does not take the header: it knows samples of up to 31 bits (Ssiz of SIZ, ITU-T T.800 A.5.1).
Error refusedHeader(std::span<const std::byte> bytes) {
  const bool hasSize = bytes.size() > 42 && bytes[2] == std::byte{0xFF} && bytes[3] == std::byte{0x51};
  const int bits = hasSize ? (std::to_integer<int>(bytes[42]) & 0x7F) + 1 : 0;
  if (bits < 32 || bits > 38) return damaged("the JPEG 2000 picture has no valid header");
  return {ErrorCode::Unsupported, "JPEG 2000 of " + std::to_string(bits) + " bits a sample is not read", "",
          "export the picture uncompressed"};
}

}  // namespace

Result<DecodedFrame> decodeJpeg2000(const ImageHeader& header, std::span<const std::byte> stream) {
  Reader reader{stream, 0};
  auto input = streamOver(reader);
  const bool isBoxed = stream.size() > 8 && stream[4] == std::byte{'j'} && stream[5] == std::byte{'P'};
  std::unique_ptr<opj_codec_t, CodecCloser> codec(opj_create_decompress(isBoxed ? OPJ_CODEC_JP2 : OPJ_CODEC_J2K));
  if (!input || !codec) return damaged("the JPEG 2000 decoder cannot be started");
  opj_dparameters_t parameters;
  opj_set_default_decoder_parameters(&parameters);
  parameters.flags |= OPJ_DPARAMETERS_IGNORE_PCLR_CMAP_CDEF_FLAG;  // DICOM's own attributes say what the samples mean
  opj_image_t* raw = nullptr;
  if (!opj_setup_decoder(codec.get(), &parameters) || !opj_read_header(input.get(), codec.get(), &raw)) {
    opj_image_destroy(raw);
    return refusedHeader(stream);
  }
  std::unique_ptr<opj_image_t, ImageCloser> image(raw);
  const PixelFormat& format = header.format;
  if (image->numcomps != OPJ_UINT32(format.samples))
    return damaged("the JPEG 2000 picture has another number of components");
  opj_decoder_set_strict_mode(codec.get(), OPJ_TRUE);
  if (!opj_decode(codec.get(), input.get(), image.get()))
    return damaged("the JPEG 2000 picture ends early or is damaged");
  for (OPJ_UINT32 c = 0; c < image->numcomps; ++c) {
    const opj_image_comp_t& component = image->comps[c];
    if (component.w != OPJ_UINT32(format.columns) || component.h != OPJ_UINT32(format.rows) || !component.data) {
      return Error{ErrorCode::Unsupported, "a JPEG 2000 picture with subsampled components is not read", "", ""};
    }
    if (int(component.prec) > format.bitsAllocated)
      return damaged("the JPEG 2000 picture has more bits than the header allows");
  }
  DecodedFrame frame;
  frame.bytesPerSample = (format.bitsAllocated + 7) / 8;
  frame.isRgb = hasColourTransform(stream);
  frame.bytes.resize(std::size_t(format.pixels()) * std::size_t(format.samples) * std::size_t(frame.bytesPerSample));
  switch (frame.bytesPerSample) {
    case 1:
      store<std::uint8_t>(*image, std::size_t(format.pixels()), frame.bytes);
      break;
    case 2:
      store<std::uint16_t>(*image, std::size_t(format.pixels()), frame.bytes);
      break;
    default:
      store<std::uint32_t>(*image, std::size_t(format.pixels()), frame.bytes);
      break;
  }
  return frame;
}

}  // namespace fiducial::media::dicom
