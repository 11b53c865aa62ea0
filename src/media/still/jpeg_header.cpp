// The headers of JPEG (with EXIF orientation), BMP and WebP: sizes before anything is decoded.
#include <libexif/exif-data.h>

#include <cstring>
#include <memory>

#include "../file_bytes.h"
#include "still_formats.h"

namespace fiducial::media::still {
namespace {

std::uint64_t big(std::span<const std::byte> bytes, std::size_t at, int count) {
  std::uint64_t value = 0;
  for (int n = 0; n < count; ++n) value = (value << 8) | std::to_integer<std::uint64_t>(bytes[at + std::size_t(n)]);
  return value;
}

std::uint64_t little(std::span<const std::byte> bytes, std::size_t at, int count) {
  std::uint64_t value = 0;
  for (int n = count - 1; n >= 0; --n)
    value = (value << 8) | std::to_integer<std::uint64_t>(bytes[at + std::size_t(n)]);
  return value;
}

struct ExifCloser {
  void operator()(ExifData* data) const { exif_data_unref(data); }
};

int orientationOf(std::span<const std::byte> segment) {
  const std::unique_ptr<ExifData, ExifCloser> data(exif_data_new_from_data(
      reinterpret_cast<const unsigned char*>(segment.data()), static_cast<unsigned>(segment.size())));
  if (!data) return 1;
  const ExifEntry* entry = exif_content_get_entry(data->ifd[EXIF_IFD_0], EXIF_TAG_ORIENTATION);
  if (entry == nullptr || entry->size < 2) return 1;
  const int orientation = exif_get_short(entry->data, exif_data_get_byte_order(data.get()));
  return orientation >= 1 && orientation <= 8 ? orientation : 1;
}

/// True where an end marker stands in the file's last bytes; without one the picture was cut.
bool hasEnd(const FileBytes& file) {
  const std::size_t size = std::size_t(std::min<std::int64_t>(file.sizeBytes(), 65536));
  auto tail = file.readExactly(file.sizeBytes() - std::int64_t(size), size);
  if (!tail) return false;
  for (std::size_t n = 0; n + 1 < tail->size(); ++n) {
    if ((*tail)[n] == std::byte{0xFF} && (*tail)[n + 1] == std::byte{0xD9}) return true;
  }
  return false;
}

bool isFrameMarker(unsigned marker) {
  return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

}  // namespace

Result<PictureHeader> jpegHeader(const std::filesystem::path& path, std::int64_t sizeBytes) {
  auto file = FileBytes::open(path);
  if (!file) return file.error();
  PictureHeader header;
  header.lossy = true;
  std::int64_t at = 2;
  for (int segments = 0; segments < 4096; ++segments) {
    auto head = file->readExactly(at, 4);
    if (!head) return damagedPicture(path, "this is not a whole JPEG picture");
    if ((*head)[0] != std::byte{0xFF}) return damagedPicture(path, "this is not a JPEG picture");
    const auto marker = std::to_integer<unsigned>((*head)[1]);
    if (marker == 0xFF) {  // fill byte
      ++at;
      continue;
    }
    const auto length = std::size_t(big(*head, 2, 2));
    if (length < 2 || marker == 0xDA || marker == 0xD9) break;  // picture data before its size
    if (marker == 0xE1 || isFrameMarker(marker)) {
      auto segment = file->readExactly(at + 4, length - 2);
      if (!segment) return damagedPicture(path, "the file ends inside its header");
      if (isFrameMarker(marker)) {
        if (segment->size() < 6) break;
        header.rows = int(big(*segment, 1, 2));
        header.columns = int(big(*segment, 3, 2));
        header.components = (*segment)[5] == std::byte{1} ? 1 : 3;
        if ((*segment)[0] != std::byte{8}) {
          return Error{ErrorCode::Unsupported, "a JPEG picture of more than 8 bits is not read", path.string(),
                       "save it as PNG"};
        }
        if (auto checked = checkClaim(header, sizeBytes, 4000, path); !checked) return checked.error();
        if (!hasEnd(*file))
          header.warnings.emplace_back("the file ends early: the lower part of the picture is missing");
        return header;
      }
      if (segment->size() > 6 && std::memcmp(segment->data(), "Exif\0\0", 6) == 0)
        header.orientation = orientationOf(*segment);
    }
    at += 2 + std::int64_t(length);
  }
  return damagedPicture(path, "the JPEG picture has no valid header");
}

Result<PictureHeader> bmpHeader(const std::filesystem::path& path, std::int64_t sizeBytes) {
  auto file = FileBytes::open(path);
  if (!file) return file.error();
  auto bytes = file->readExactly(0, 34);
  if (!bytes) return bytes.error();
  if (std::memcmp(bytes->data(), "BM", 2) != 0) return damagedPicture(path, "this is not a BMP picture");
  PictureHeader header;
  const bool isOld = little(*bytes, 14, 4) == 12;
  header.columns = isOld ? int(little(*bytes, 18, 2)) : int(std::int32_t(little(*bytes, 18, 4)));
  const int rows = isOld ? int(little(*bytes, 20, 2)) : int(std::int32_t(little(*bytes, 22, 4)));
  header.rows = rows == std::numeric_limits<int>::min() ? 0 : std::abs(rows);  // negative: top row first
  const int bits = int(little(*bytes, isOld ? 24 : 28, 2));
  header.components = bits == 32 ? 4 : 3;
  const bool isPacked = !isOld && little(*bytes, 30, 4) != 0;
  if (auto checked = checkClaim(header, sizeBytes, isPacked ? 256 : 8, path); !checked) return checked.error();
  return header;
}

Result<PictureHeader> webpHeader(const std::filesystem::path& path, std::int64_t sizeBytes) {
  auto file = FileBytes::open(path);
  if (!file) return file.error();
  auto bytes = file->readExactly(0, 30);
  if (!bytes) return bytes.error();
  PictureHeader header;
  header.components = 3;
  const std::string chunk(reinterpret_cast<const char*>(bytes->data() + 12), 4);
  if (chunk == "VP8X") {
    header.columns = int(little(*bytes, 24, 3)) + 1;
    header.rows = int(little(*bytes, 27, 3)) + 1;
    header.components = (little(*bytes, 20, 1) & 0x10u) != 0 ? 4 : 3;
  } else if (chunk == "VP8L") {
    const auto packed = little(*bytes, 21, 4);
    header.columns = int(packed & 0x3FFFu) + 1;
    header.rows = int((packed >> 14) & 0x3FFFu) + 1;
    header.components = ((packed >> 28) & 1u) != 0 ? 4 : 3;
  } else if (chunk == "VP8 ") {
    header.lossy = true;
    header.columns = int(little(*bytes, 26, 2) & 0x3FFFu);
    header.rows = int(little(*bytes, 28, 2) & 0x3FFFu);
  } else {
    return damagedPicture(path, "this is not a WebP picture");
  }
  if (auto checked = checkClaim(header, sizeBytes, 100000, path); !checked) return checked.error();
  return header;
}

}  // namespace fiducial::media::still
