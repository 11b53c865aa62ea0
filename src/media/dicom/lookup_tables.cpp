// Modality tables, palettes (plain and segmented) and padding of a header. Source: DICOM PS3.3 C.11.1, C.7.9.2,
// C.7.5.1.1.2.
#include <algorithm>
#include <cmath>

#include "image_header.h"
#include "lookup_table.h"

namespace fiducial::media::dicom {
std::optional<LutDescriptor> descriptorOf(const DataSet& data, Tag tag, bool isSigned) {
  const std::vector<std::uint16_t> words = data.words(tag);
  if (words.size() < 3) return std::nullopt;
  LutDescriptor descriptor;
  descriptor.count = words[0] == 0 ? 65536 : words[0];  // 0 stands for 2^16
  descriptor.first = isSigned ? std::int64_t(std::int16_t(words[1])) : std::int64_t(words[1]);
  descriptor.bits = words[2];
  return descriptor;
}

std::vector<std::uint16_t> entriesOf(const DataSet& data, Tag tag, const LutDescriptor& descriptor) {
  std::vector<std::uint16_t> words = data.words(tag);
  const auto count = std::size_t(descriptor.count);
  if (words.size() >= count) {
    words.resize(count);
    return words;
  }
  const Element* element = data.find(tag);
  if (element == nullptr || element->value.size() < count || descriptor.bits > 8) return {};
  std::vector<std::uint16_t> bytes;
  for (std::size_t n = 0; n < count; ++n) bytes.push_back(std::uint8_t(element->value[data.bigEndian ? n ^ 1 : n]));
  return bytes;
}

namespace {

/// Segments: discrete values, lines from the last value, and repetitions of earlier segments (PS3.3 C.7.9.2.2).
std::vector<std::uint16_t> expandSegments(const std::vector<std::uint16_t>& words, std::size_t count) {
  std::vector<std::uint16_t> entries;
  const auto addLine = [&](std::size_t length, std::uint16_t to) {
    const double from = entries.empty() ? to : entries.back();
    for (std::size_t n = 1; n <= length && entries.size() < count; ++n) {
      entries.push_back(std::uint16_t(std::lround(from + (to - from) * double(n) / double(length))));
    }
  };
  const auto addSegment = [&](std::size_t at) -> std::size_t {  // the words it took; 0: not a segment
    if (at + 2 >= words.size()) return 0;
    const std::size_t length = words[at + 1];
    if (words[at] == 0) {
      if (length > words.size() - at - 2) return 0;
      for (std::size_t n = 0; n < length && entries.size() < count; ++n) entries.push_back(words[at + 2 + n]);
      return 2 + length;
    }
    if (words[at] != 1) return 0;
    addLine(length, words[at + 2]);
    return 3;
  };
  for (std::size_t at = 0; at + 2 < words.size() && entries.size() < count;) {
    if (words[at] != 2) {
      const std::size_t took = addSegment(at);
      if (took == 0) return {};
      at += took;
      continue;
    }
    if (at + 3 >= words.size()) return {};
    std::size_t from = (std::size_t{words[at + 3]} << 16 | words[at + 2]) / 2;  // bytes from the start of the table
    for (std::size_t n = 0; n < words[at + 1]; ++n) {
      const std::size_t took = addSegment(from);
      if (took == 0) return {};
      from += took;
    }
    at += 4;
  }
  return entries.size() == count ? entries : std::vector<std::uint16_t>{};
}

std::optional<Palette> paletteOf(const DataSet& data, bool isSigned) {
  static constexpr Tag kDescriptors[] = {tag::RedDescriptor, tag::GreenDescriptor, tag::BlueDescriptor};
  static constexpr Tag kData[] = {tag::RedData, tag::GreenData, tag::BlueData};
  static constexpr Tag kSegments[] = {tag::RedSegments, tag::GreenSegments, tag::BlueSegments};
  Palette palette;
  for (std::size_t n = 0; n < 3; ++n) {
    const auto descriptor = descriptorOf(data, kDescriptors[n], isSigned);
    if (!descriptor) return std::nullopt;
    palette.first = descriptor->first;
    palette.bits = descriptor->bits > 8 ? 16 : 8;
    palette.entries[n] = data.has(kSegments[n])
                             ? expandSegments(data.words(kSegments[n]), std::size_t(descriptor->count))
                             : entriesOf(data, kData[n], *descriptor);
    if (palette.entries[n].empty()) return std::nullopt;
  }
  // Some writers say 16 bits and store 8, or say 8 and store them in the high byte.
  const auto highest = [](const std::vector<std::uint16_t>& all) { return *std::max_element(all.begin(), all.end()); };
  const int top = std::max({highest(palette.entries[0]), highest(palette.entries[1]), highest(palette.entries[2])});
  if (palette.bits == 16 && top < 256) palette.bits = 8;
  if (palette.bits == 8 && top > 255) palette.bits = 16;
  return palette;
}

/// Read as unsigned where the file does not say; its sign is that of the pixels.
std::optional<std::int64_t> paddingOf(const DataSet& data, Tag tag, const PixelFormat& format) {
  const auto padding = data.integer(tag);
  const bool wraps = padding && format.isSigned && *padding > 32767 && format.bitsAllocated <= 16;
  return wraps ? *padding - 65536 : padding;
}

}  // namespace

void readTables(const DataSet& data, ImageHeader& header) {
  if (const DataSet* table = data.item(tag::ModalityLut)) {
    if (const auto descriptor = descriptorOf(*table, tag::LutDescriptor, header.format.isSigned)) {
      ValueTable values{descriptor->first, entriesOf(*table, tag::LutData, *descriptor)};
      if (!values.entries.empty()) {
        header.modalityTable = std::move(values);
      } else {
        header.warnings.push_back("the modality lookup table is shorter than it says; stored values are shown");
      }
    }
  }
  if (header.format.photometric == "PALETTE COLOR") {
    header.palette = paletteOf(data, header.format.isSigned);
    if (!header.palette) {
      header.warnings.push_back("the colour palette is missing or too short; shown as gray");
      header.format.photometric = "MONOCHROME2";
    }
  }
  if (!header.format.isFloat) {
    header.padding = paddingOf(data, tag::PixelPaddingValue, header.format);
    header.paddingLimit = paddingOf(data, tag::PixelPaddingLimit, header.format);
  }
  const std::vector<double> widths = data.numbers(tag::WindowWidth);
  if (std::any_of(widths.begin(), widths.end(), [](double width) { return !(width > 0); })) {
    header.warnings.push_back("a window of width 0 is left out");
  }
}

}  // namespace fiducial::media::dicom
