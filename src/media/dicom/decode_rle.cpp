// RLE frames (PS3.5 Annex G): one PackBits segment for each byte of a sample, the most significant byte first. Our own:
// DCMTK 3.6.7's decoder reads beyond a damaged segment, and a plane at a time is several times faster.
#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "frame_decoder.h"

namespace fiducial::media::dicom {
namespace {

constexpr std::size_t kHeaderBytes = 64;  ///< the number of segments and the offsets of up to 15, 32 bits each

std::size_t little32(std::span<const std::byte> bytes, std::size_t at) {
  std::size_t value = 0;
  for (std::size_t n = 4; n-- > 0;) value = (value << 8) | std::to_integer<std::size_t>(bytes[at + n]);
  return value;
}

/// Bytes of `plane` that the segment fills; bytes beyond the plane are padding or another writer's excess.
std::size_t unpackSegment(std::span<const std::byte> segment, std::span<std::byte> plane) {
  std::size_t in = 0;
  std::size_t out = 0;
  while (in + 1 < segment.size() && out < plane.size()) {
    const auto control = std::to_integer<unsigned>(segment[in++]);
    if (control < 128) {
      const std::size_t count = std::min({std::size_t(control) + 1, segment.size() - in, plane.size() - out});
      std::memcpy(plane.data() + out, segment.data() + in, count);
      in += count;
      out += count;
    } else if (control > 128) {
      const std::size_t count = std::min(std::size_t(257) - control, plane.size() - out);
      std::memset(plane.data() + out, std::to_integer<int>(segment[in++]), count);
      out += count;
    }
  }
  return out;
}

/// Puts the two byte planes of a 16-bit gray picture together; the common case, and the one that vectorises.
void joinPairs(const std::byte* high, const std::byte* low, std::span<std::byte> out) {
  const std::size_t pixels = out.size() / 2;
  for (std::size_t n = 0; n < pixels; ++n) {
    const auto value =
        static_cast<std::uint16_t>(std::to_integer<unsigned>(high[n]) << 8 | std::to_integer<unsigned>(low[n]));
    std::memcpy(out.data() + 2 * n, &value, 2);
  }
}

/// One plane to each `stride`-th byte of the interleaved samples.
void spread(std::span<const std::byte> plane, std::byte* out, std::size_t stride) {
  for (std::size_t n = 0; n < plane.size(); ++n) out[n * stride] = plane[n];
}

/// Where byte `segment` of a pixel stands in host byte order, samples interleaved.
std::size_t placeOf(std::size_t segment, std::size_t bytesPerSample) {
  const std::size_t fromTop = segment % bytesPerSample;
  const std::size_t byte = std::endian::native == std::endian::little ? bytesPerSample - 1 - fromTop : fromTop;
  return segment / bytesPerSample * bytesPerSample + byte;
}

Error endsEarly() {
  return {ErrorCode::Damaged, "the RLE data ends early or is damaged", "", "copy the file again from its source"};
}

/// The bytes of each segment by the offsets of the header.
Result<std::span<const std::byte>> segmentAt(std::span<const std::byte> stream, std::size_t index, std::size_t count) {
  const std::size_t begin = little32(stream, 4 + 4 * index);
  std::size_t end = index + 1 < count ? little32(stream, 8 + 4 * index) : stream.size();
  end = std::min(end, stream.size());
  if (begin < kHeaderBytes || begin > end) return endsEarly();
  return stream.subspan(begin, end - begin);
}

}  // namespace

Result<DecodedFrame> decodeRle(const ImageHeader& header, std::span<const std::byte> stream) {
  const PixelFormat& format = header.format;
  DecodedFrame frame;
  frame.bytesPerSample = (format.bitsAllocated + 7) / 8;
  const auto bytesPerSample = std::size_t(frame.bytesPerSample);
  const std::size_t segments = std::size_t(format.samples) * bytesPerSample;  // as checkStream has seen to
  // A picture of single bits is packed before it is compressed (PS3.5 8.2.2).
  const auto plane =
      std::size_t(format.bitsAllocated == 1 ? (format.pixels() * format.samples + 7) / 8 : format.pixels());
  frame.bytes.resize(plane * segments);
  std::vector<std::byte> planes(segments == 1 ? 0 : plane * segments);
  for (std::size_t n = 0; n < segments; ++n) {
    auto segment = segmentAt(stream, n, segments);
    if (!segment) return segment.error();
    const auto target = std::span(segments == 1 ? frame.bytes : planes).subspan(n * plane, plane);
    if (unpackSegment(*segment, target) < plane) return endsEarly();
  }
  if (segments == 1) return frame;
  if (segments == 2 && bytesPerSample == 2) {
    joinPairs(planes.data(), planes.data() + plane, frame.bytes);
    return frame;
  }
  for (std::size_t n = 0; n < segments; ++n) {
    spread(std::span(planes).subspan(n * plane, plane), frame.bytes.data() + placeOf(n, bytesPerSample), segments);
  }
  return frame;
}

}  // namespace fiducial::media::dicom
