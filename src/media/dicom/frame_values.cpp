#include "frame_values.h"

#include <bit>
#include <cstring>

#include "frame_decoder.h"
#include "mosaic.h"

namespace fiducial::media::dicom {
namespace {

template <class T>
void swapEach(std::span<std::byte> bytes) {
  for (std::size_t at = 0; at + sizeof(T) <= bytes.size(); at += sizeof(T)) {
    std::reverse(bytes.begin() + std::ptrdiff_t(at), bytes.begin() + std::ptrdiff_t(at + sizeof(T)));
  }
}

void toHostOrder(const PixelFormat& format, std::span<std::byte> bytes) {
  if (!format.bigEndian) return;
  switch (format.bitsAllocated) {
    case 64:
      return swapEach<std::uint64_t>(bytes);
    case 32:
      return swapEach<std::uint32_t>(bytes);
    case 16:
      return swapEach<std::uint16_t>(bytes);
    default:
      return;  // words of bytes: readWords()
  }
}

/// 1-bit samples, the least significant bit first (PS3.5 8.2), to a byte each.
std::vector<std::byte> unpackBits(std::span<const std::byte> packed, int firstBit, std::size_t count) {
  std::vector<std::byte> samples(count);
  for (std::size_t n = 0; n < count; ++n) {
    const std::size_t bit = n + std::size_t(firstBit);
    if (bit / 8 >= packed.size()) break;
    samples[n] = (packed[bit / 8] >> (bit % 8)) & std::byte{1};
  }
  return samples;
}

/// Colour by plane to colour by pixel.
std::vector<std::byte> interleaved(std::span<const std::byte> planes, std::size_t pixels, std::size_t bytes) {
  std::vector<std::byte> samples(pixels * 3 * bytes);
  for (std::size_t c = 0; c < 3; ++c) {
    const std::byte* from = planes.data() + c * pixels * bytes;
    std::byte* into = samples.data() + c * bytes;
    for (std::size_t n = 0; n < pixels; ++n) std::memcpy(into + n * 3 * bytes, from + n * bytes, bytes);
  }
  return samples;
}

/// Bits and bytes in 16-bit words of big-endian files, where a frame may begin in the middle of a word.
bool isInWords(const PixelFormat& format) { return format.bigEndian && format.words && format.bitsAllocated <= 8; }

Result<std::vector<std::byte>> readWords(const FrameRef& ref, std::size_t count) {
  const ImageFile& file = *ref.file;
  if (const std::string missing = file.truncation(ref.frame); !missing.empty()) {
    return Error{ErrorCode::Damaged, missing, file.path().string(), "copy the file again from its source"};
  }
  const auto begin = std::uint64_t(file.header().format.nativeFrameBits()) * unsigned(ref.frame) / 8;
  const std::uint64_t firstWord = begin / 2 * 2;
  const std::size_t skipped = std::size_t(begin - firstWord);
  auto bytes = file.readBytes(file.header().pixels.offset + firstWord, (skipped + count + 1) / 2 * 2);
  if (!bytes) return bytes.error();
  bytes->resize((skipped + count + 1) / 2 * 2);
  swapEach<std::uint16_t>(*bytes);
  bytes->erase(bytes->begin(), bytes->begin() + std::ptrdiff_t(skipped));
  bytes->resize(count);
  return bytes;
}

/// Native frames may go straight to their place: one sample, whole bytes, stored values wanted.
bool isDirect(const ImageHeader& header, const ValuePlan& plan) {
  return !isInWords(header.format) && !header.pixels.encapsulated && !plan.isColour && !plan.appliesRescale &&
         !plan.appliesTable && header.format.samples == 1 && header.format.bitsAllocated >= 8;
}

/// False where a file changed since its series was put together.
bool fits(const ImageHeader& header, const ValuePlan& plan, std::size_t bytes) {
  const PixelFormat& format = header.format;
  const auto samples = std::size_t(format.pixels()) * std::size_t(plan.components);
  if (samples * sizeOf(plan.scalar) != bytes) return false;
  if (plan.isColour) return format.samples == 3 || header.palette.has_value();
  if (format.samples != 1 || (plan.appliesTable && !header.modalityTable)) return false;
  const bool isStored = !plan.appliesTable && !plan.appliesRescale;
  return !isStored || format.bitsAllocated == 1 || sizeOf(plan.scalar) * 8 == std::size_t(format.bitsAllocated);
}

template <class U>
void maskEach(const PixelFormat& format, std::span<std::byte> bytes) {
  using Signed = std::make_signed_t<U>;
  auto* values = reinterpret_cast<U*>(bytes.data());
  const std::size_t count = bytes.size() / sizeof(U);
  const int up = format.bitsAllocated - 1 - format.highBit;
  const int down = format.bitsAllocated - format.bitsStored;
  if (format.isSigned) {
    for (std::size_t n = 0; n < count; ++n) values[n] = U(Signed(U(values[n] << up)) >> down);
  } else {
    for (std::size_t n = 0; n < count; ++n) values[n] = U(U(values[n] << up) >> down);
  }
}

Result<StoredSamples> nativeSamples(const FrameRef& ref) {
  const ImageHeader& header = ref.file->header();
  const PixelFormat& format = header.format;
  StoredSamples samples;
  samples.bytes.resize(ref.file->nativeFrameBytes());
  if (isInWords(format)) {
    auto words = readWords(ref, samples.bytes.size());
    if (!words) return words.error();
    samples.bytes = std::move(*words);
  } else if (auto read = ref.file->readNative(ref.frame, samples.bytes); !read) {
    return read.error();
  }
  if (format.bitsAllocated == 1) {
    samples.bytes = unpackBits(samples.bytes, ref.file->firstBit(ref.frame),
                               std::size_t(format.pixels()) * std::size_t(format.samples));
    return samples;
  }
  samples.bytesPerSample = format.bitsAllocated / 8;
  toHostOrder(format, samples.bytes);
  samples.isSubsampled = format.samples == 3 && format.isSubsampled();
  return samples;
}

Result<StoredSamples> encapsulatedSamples(const FrameRef& ref) {
  const ImageHeader& header = ref.file->header();
  auto stream = ref.file->readEncapsulated(ref.frame);
  if (!stream) return stream.error();
  auto decoded = decodeFrame(header, *stream);
  if (!decoded) {
    Error error = decoded.error();
    error.path = ref.file->path().string();
    return error;
  }
  StoredSamples samples{std::move(decoded->bytes), decoded->bytesPerSample, decoded->isRgb, false};
  const PixelCodec codec = header.syntax->codec;
  const bool isPacked = codec == PixelCodec::DeflatedFrame || codec == PixelCodec::Native;
  const bool isBits = isPacked || codec == PixelCodec::Rle;
  if (isBits && header.format.bitsAllocated == 1) {
    samples.bytes = unpackBits(samples.bytes, 0, std::size_t(header.format.pixels()));
  }
  samples.isSubsampled = isPacked && header.format.samples == 3 && header.format.isSubsampled();
  return samples;
}

}  // namespace

void maskInPlace(const PixelFormat& format, std::span<std::byte> values) {
  if (format.isFloat || format.bitsStored == format.bitsAllocated) return;
  switch (format.bitsAllocated) {
    case 8:
      return maskEach<std::uint8_t>(format, values);
    case 16:
      return maskEach<std::uint16_t>(format, values);
    case 32:
      return maskEach<std::uint32_t>(format, values);
    case 64:
      return maskEach<std::uint64_t>(format, values);
    default:
      return;
  }
}

Result<StoredSamples> readSamples(const FrameRef& ref) {
  const ImageHeader& header = ref.file->header();
  const PixelFormat& format = header.format;
  auto samples = header.pixels.encapsulated ? encapsulatedSamples(ref) : nativeSamples(ref);
  if (!samples) return samples.error();
  const PixelCodec codec = header.syntax->codec;
  const bool isPlanar = format.samples == 3 && format.isPlanar && !samples->isSubsampled &&
                        (!header.pixels.encapsulated || codec == PixelCodec::DeflatedFrame);
  if (isPlanar) {
    samples->bytes = interleaved(samples->bytes, std::size_t(format.pixels()), std::size_t(samples->bytesPerSample));
  }
  return samples;
}

Status readFrame(const FrameRef& ref, const ValuePlan& plan, std::span<std::byte> out) {
  if (ref.tile >= 0) return TileReader().read(ref, plan, out);
  const ImageHeader& header = ref.file->header();
  if (!fits(header, plan, out.size())) {
    return Error{ErrorCode::Damaged, "its picture is not of the kind of the others; it may have been replaced",
                 ref.file->path().string(), "add the series again"};
  }
  if (isDirect(header, plan)) {
    if (auto read = ref.file->readNative(ref.frame, out); !read) return read;
    toHostOrder(header.format, out);
    maskInPlace(header.format, out);
    return {};
  }
  auto samples = readSamples(ref);
  if (!samples) return samples.error();
  if (plan.isColour && !header.palette) {
    convertColour(header, plan, *samples, out);
  } else {
    convertGray(header, ref.header().rescale, plan, *samples, out);
  }
  return {};
}

}  // namespace fiducial::media::dicom
