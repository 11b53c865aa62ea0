#include "bitmap_shutter.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "dataset/bit_runs.h"
#include "fiducial/media/dicom_tags.h"

namespace fiducial::media::dicom {
namespace {

constexpr std::size_t kSpareBytes = 8;  // runsOfBits() reads ahead

/// Overlay Data with the lowest bit first; nothing where there are not `count` bits.
std::optional<std::string> packedBits(const DicomDataset& file, const DicomElement* data, std::uint64_t count) {
  if (data == nullptr) return std::nullopt;
  std::string bytes = file.bytes(*data);
  if (std::uint64_t{bytes.size()} * 8 < count) return std::nullopt;
  if (data->bigEndian && data->type() == "OW") {
    for (std::size_t n = 0; n + 1 < bytes.size(); n += 2) std::swap(bytes[n], bytes[n + 1]);
  }
  bytes.append(kSpareBytes, '\0');
  return bytes;
}

}  // namespace

std::optional<Shutter> bitmapShutter(const DicomDataset& file, DicomItem root) {
  const std::int64_t group = root.integer(tag::ShutterOverlay).value_or(0);
  if (group < 0x6000 || group > 0x601E || group % 2 != 0) return std::nullopt;
  const auto at = [&](DicomTag tag) { return (DicomTag(group) << 16) | (tag & 0xFFFFu); };
  const ImageSize size{int(std::clamp<std::int64_t>(root.integer(at(tag::OverlayColumns)).value_or(0), 0, 65535)),
                       int(std::clamp<std::int64_t>(root.integer(at(tag::OverlayRows)).value_or(0), 0, 65535))};
  if (size.columns < 1 || size.rows < 1) return std::nullopt;
  const auto packed = packedBits(file, root.find(at(tag::OverlayData)), std::uint64_t(size.pixels()));
  if (!packed) return std::nullopt;
  std::vector<std::uint8_t> hidden(std::size_t(size.pixels()));
  for (const SampleRun& run : runsOfBits(std::as_bytes(std::span(*packed)), 0, size.rows, size.columns)) {
    const auto row = hidden.begin() + std::ptrdiff_t(run.row) * size.columns;
    std::fill(row + run.first, row + run.end, std::uint8_t{1});
  }
  Shutter shutter;
  shutter.shape = Shutter::Shape::Bitmap;
  shutter.hidden = encodeRuns(hidden, size);
  const std::vector<double> origin = root.numbers(at(tag::OverlayOrigin));  // row, column from 1
  if (origin.size() == 2) {
    shutter.top = std::clamp(origin[0], -65536.0, 65536.0) - 1;
    shutter.left = std::clamp(origin[1], -65536.0, 65536.0) - 1;
  }
  return shutter;
}

}  // namespace fiducial::media::dicom
