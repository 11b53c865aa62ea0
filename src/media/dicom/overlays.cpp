#include "overlays.h"

#include <algorithm>

namespace fiducial::media::dicom {
namespace {

constexpr Tag kGroupStep = 0x00020000;

Tag inGroup(Tag tag, int group) { return (Tag(unsigned(group)) << 16) | (tag & 0xFFFFu); }

/// The frame of the overlay that lies over frame n of the picture; -1: none does.
int overlayFrame(const OverlayHeader& overlay, int n) {
  if (!overlay.isMultiFrame) return 0;
  const int frame = n + 1 - overlay.firstFrame;
  return frame >= 0 && frame < overlay.frames ? frame : -1;
}

/// Puts a plane of bits, one byte each, where its origin says.
RunMask placed(const std::vector<std::uint8_t>& bits, const OverlayHeader& overlay, ImageSize picture) {
  std::vector<std::uint8_t> pixels(std::size_t(picture.columns) * std::size_t(picture.rows));
  const int left = overlay.originColumn - 1;
  const int top = overlay.originRow - 1;
  const int firstX = std::max(0, -left);
  const int endX = std::min(overlay.columns, picture.columns - left);
  for (int y = std::max(0, -top); y < std::min(overlay.rows, picture.rows - top); ++y) {
    for (int x = firstX; x < endX; ++x) {
      pixels[std::size_t(y + top) * std::size_t(picture.columns) + std::size_t(x + left)] =
          bits[std::size_t(y) * std::size_t(overlay.columns) + std::size_t(x)];
    }
  }
  return encodeRuns(pixels, picture);
}

/// Overlay Data: bits of all frames in a row, the lowest first.
std::optional<std::vector<std::uint8_t>> ownBits(const ImageFile& file, const OverlayHeader& overlay, int frame) {
  const auto count = std::uint64_t(overlay.rows) * std::uint64_t(overlay.columns);
  const std::uint64_t firstBit = count * unsigned(frame);
  const std::uint64_t firstByte = firstBit / 16 * 2;  // whole words
  const std::uint64_t endByte = (firstBit + count + 15) / 16 * 2;
  if ((firstBit + count + 7) / 8 > overlay.data.length) return std::nullopt;
  const std::uint64_t bytes = std::min(endByte, overlay.data.length) - firstByte;
  auto read = file.readBytes(overlay.data.offset + firstByte, std::size_t(bytes));
  if (!read || read->size() < bytes) return std::nullopt;
  if (overlay.words && file.header().format.bigEndian) {
    for (std::size_t n = 0; n + 1 < read->size(); n += 2) std::swap((*read)[n], (*read)[n + 1]);
  }
  std::vector<std::uint8_t> bits(count);
  for (std::uint64_t n = 0; n < count; ++n) {
    const std::uint64_t bit = firstBit + n - firstByte * 8;
    bits[n] = std::uint8_t(std::to_integer<unsigned>((*read)[std::size_t(bit / 8)]) >> (bit % 8) & 1u);
  }
  return bits;
}

/// One bit of every stored pixel, above or below those of the value.
std::optional<std::vector<std::uint8_t>> embeddedBits(const StoredSamples& samples, int bit, std::size_t count) {
  const auto width = std::size_t(samples.bytesPerSample);
  const std::size_t byte = std::size_t(bit) / 8;  // samples are in host order
  if (byte >= width || samples.bytes.size() < count * width) return std::nullopt;
  std::vector<std::uint8_t> bits(count);
  for (std::size_t n = 0; n < count; ++n) {
    bits[n] = std::uint8_t(std::to_integer<unsigned>(samples.bytes[n * width + byte]) >> (bit % 8) & 1u);
  }
  return bits;
}

}  // namespace

void readOverlays(const DataSet& data, ImageHeader& header) {
  for (int group = 0x6000; group <= 0x601E; group += int(kGroupStep >> 16)) {
    const auto at = [&](Tag tag) { return inGroup(tag, group); };
    const auto number = [&](Tag tag, int absent) {
      return int(std::clamp<std::int64_t>(data.integer(at(tag)).value_or(absent), -65536, 65536));
    };
    if (!data.has(at(tag::OverlayBitPosition)) && !data.has(at(tag::OverlayData))) continue;
    OverlayHeader overlay;
    overlay.group = group;
    overlay.rows = number(tag::OverlayRows, header.format.rows);
    overlay.columns = number(tag::OverlayColumns, header.format.columns);
    const std::vector<double> origin = data.numbers(at(tag::OverlayOrigin));
    if (origin.size() == 2) {
      overlay.originRow = int(std::clamp(origin[0], -65536.0, 65536.0));
      overlay.originColumn = int(std::clamp(origin[1], -65536.0, 65536.0));
    }
    overlay.frames = number(tag::OverlayFrames, 1);
    overlay.firstFrame = number(tag::OverlayFirstFrame, 1);
    overlay.isMultiFrame = overlay.frames > 1 || (data.has(at(tag::OverlayFirstFrame)) && header.frames > 1);
    overlay.isRegion = data.text(at(tag::OverlayType)) == "R";
    const std::vector<std::string> sets = data.texts(tag::SpecificCharacterSet);
    overlay.label = toUtf8(data, at(tag::OverlayLabel), sets);
    overlay.description = toUtf8(data, at(tag::OverlayDescription), sets);
    if (const Element* bits = data.find(at(tag::OverlayData)); bits != nullptr && bits->location.length > 0) {
      overlay.data = bits->location;
      overlay.words = bits->vr == vrOf("OW");
    } else {
      overlay.bit = number(tag::OverlayBitPosition, 0);
      const PixelFormat& format = header.format;
      const int lowest = format.highBit - format.bitsStored + 1;
      const bool isOutside = overlay.bit > format.highBit || overlay.bit < lowest;
      if (!isOutside || overlay.bit < 0 || overlay.bit >= format.bitsAllocated || format.samples != 1) continue;
      overlay.rows = format.rows;
      overlay.columns = format.columns;
    }
    if (overlay.rows > 0 && overlay.columns > 0 && overlay.frames > 0) header.overlays.push_back(overlay);
  }
}

std::vector<OverlayPlane> graphicsOf(const FrameRef& ref) {
  const ImageHeader& header = ref.file->header();
  std::vector<OverlayPlane> planes;
  if (header.overlays.empty() || ref.tile >= 0) return planes;
  const ImageSize picture{header.format.columns, header.format.rows};
  std::optional<StoredSamples> samples;
  for (const OverlayHeader& overlay : header.overlays) {
    std::optional<std::vector<std::uint8_t>> bits;
    if (overlay.bit >= 0) {
      if (!samples) {
        auto read = readSamples(ref);
        if (!read) return planes;
        samples = std::move(*read);
      }
      bits = embeddedBits(*samples, overlay.bit, std::size_t(header.format.pixels()));
    } else if (const int frame = overlayFrame(overlay, ref.frame); frame >= 0) {
      bits = ownBits(*ref.file, overlay, frame);
    }
    if (!bits) continue;
    planes.push_back(
        {overlay.group, overlay.isRegion, overlay.label, overlay.description, placed(*bits, overlay, picture)});
  }
  return planes;
}

}  // namespace fiducial::media::dicom
