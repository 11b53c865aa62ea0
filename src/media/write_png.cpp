// PNG into memory, then atomically to its place. No time stamp: the same picture gives the same bytes.
// Source: PNG specification (W3C, second edition).
#include <libdeflate.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>

#include "fiducial/media/write_image.h"
#include "fiducial/runtime/atomic_file.h"
#include "fiducial/runtime/buffer_allocator.h"
#include "png/row_filter.h"
#include "png/zlib_stream.h"

namespace fiducial::media {
namespace {

using Bytes = std::vector<std::uint8_t>;

// The rows of a picture as PNG wants them: big endian, without X, signed values plus half the range.
class PackedRows {
 public:
  explicit PackedRows(const ScalarBuffer& picture)
      : picture_(picture),
        components_(std::size_t(picture.components())),
        kept_(components_ == 4 ? 3 : components_),
        sampleBytes_(sizeOf(picture.type())),
        isSigned_(isSigned(picture.type())) {}

  [[nodiscard]] std::size_t count() const { return std::size_t(picture_.size().rows); }
  [[nodiscard]] std::size_t pixelBytes() const { return kept_ * sampleBytes_; }
  [[nodiscard]] std::size_t rowBytes() const { return std::size_t(picture_.size().columns) * pixelBytes(); }

  void pack(std::size_t y, Bytes& into) const {
    const std::size_t stride = picture_.sliceBytes() / count();
    const std::byte* from = picture_.bytes().data() + y * stride;
    if (sampleBytes_ == 1 && !isSigned_ && kept_ == components_) {
      std::memcpy(into.data(), from, rowBytes());
      return;
    }
    if (sampleBytes_ == 1 && !isSigned_ && components_ == 4) return dropFourth(from, into);
    std::size_t at = 0;
    for (int x = 0; x < picture_.size().columns; ++x, from += components_ * sampleBytes_) {
      for (std::size_t c = 0; c < kept_; ++c) at = packSample(from + c * sampleBytes_, into, at);
    }
  }

 private:
  // Frames of video, the most there are: three bytes of each four.
  void dropFourth(const std::byte* from, Bytes& into) const {
    std::uint8_t* to = into.data();
    for (int x = 0; x < picture_.size().columns; ++x, from += 4, to += 3) std::memcpy(to, from, 3);
  }

  std::size_t packSample(const std::byte* from, Bytes& into, std::size_t at) const {
    if (sampleBytes_ == 1) {
      const auto value = std::to_integer<unsigned>(*from);
      into[at] = static_cast<std::uint8_t>(isSigned_ ? value ^ 0x80U : value);
      return at + 1;
    }
    std::uint16_t value = 0;
    std::memcpy(&value, from, sizeof(value));
    if (isSigned_) value = static_cast<std::uint16_t>(value ^ 0x8000U);
    into[at] = static_cast<std::uint8_t>(value >> 8);
    into[at + 1] = static_cast<std::uint8_t>(value & 0xFFU);
    return at + 2;
  }

  const ScalarBuffer& picture_;
  std::size_t components_;
  std::size_t kept_;
  std::size_t sampleBytes_;
  bool isSigned_;
};

/// The filter that leaves least in a few rows spread over the picture.
png::Filter bestFilter(const PackedRows& rows) {
  constexpr std::size_t kRowsTried = 48;
  constexpr std::array kFilters{png::Filter::None, png::Filter::Sub, png::Filter::Up, png::Filter::Average};
  std::array<std::uint64_t, kFilters.size()> sums{};
  Bytes above(rows.rowBytes()), row(rows.rowBytes()), filtered(rows.rowBytes());
  const std::size_t step = std::max<std::size_t>(1, rows.count() / kRowsTried);
  for (std::size_t y = 1; y < rows.count(); y += step) {
    rows.pack(y - 1, above);
    rows.pack(y, row);
    for (std::size_t n = 0; n < kFilters.size(); ++n) {
      applyFilter(kFilters[n], row, above, rows.pixelBytes(), filtered);
      sums[n] += png::filteredSum(filtered);
    }
  }
  return kFilters[std::size_t(std::ranges::min_element(sums) - sums.begin())];
}

/// All rows, each behind the number of its filter.
Result<ScalarBuffer> filteredRows(const PackedRows& rows) {
  const png::Filter filter = bestFilter(rows);
  const std::size_t line = rows.rowBytes() + 1;
  if (line > std::size_t(std::numeric_limits<int>::max())) {
    return Error{ErrorCode::TooLarge, "a row of the picture is too long for a PNG", "", ""};
  }
  auto all = runtime::allocateScalars(ScalarType::UInt8, 1, {int(line), int(rows.count()), 1});
  if (!all) return all.error();
  const auto to = all->mutableValues<std::uint8_t>();
  Bytes above(rows.rowBytes()), row(rows.rowBytes());
  for (std::size_t y = 0; y < rows.count(); ++y) {
    rows.pack(y, row);
    to[y * line] = static_cast<std::uint8_t>(filter);
    applyFilter(filter, row, above, rows.pixelBytes(), to.subspan(y * line + 1, rows.rowBytes()));
    std::swap(row, above);
  }
  return all;
}

std::array<std::byte, 4> bigEndian(std::size_t value) {
  return {std::byte(value >> 24 & 0xFF), std::byte(value >> 16 & 0xFF), std::byte(value >> 8 & 0xFF),
          std::byte(value & 0xFF)};
}

void append(std::vector<std::byte>& out, std::span<const std::byte> bytes) {
  out.insert(out.end(), bytes.begin(), bytes.end());
}

void appendChunk(std::vector<std::byte>& out, std::string_view type, std::span<const std::byte> data) {
  std::uint32_t sum = libdeflate_crc32(0, type.data(), type.size());
  if (!data.empty()) sum = libdeflate_crc32(sum, data.data(), data.size());  // of no bytes it would begin anew
  append(out, bigEndian(data.size()));
  append(out, std::as_bytes(std::span(type)));
  append(out, data);
  append(out, bigEndian(sum));
}

std::vector<std::byte> headerOf(const ScalarBuffer& picture) {
  std::vector<std::byte> header;
  for (const int side : {picture.size().columns, picture.size().rows}) {
    for (const std::byte byte : bigEndian(std::size_t(side))) header.push_back(byte);
  }
  header.push_back(std::byte(8 * sizeOf(picture.type())));
  header.push_back(std::byte(picture.components() == 1 ? 0 : 2));  // gray or RGB
  header.insert(header.end(), 3, std::byte{0});                    // deflate, the five filters, not interlaced
  return header;
}

std::vector<std::byte> fileOf(const ScalarBuffer& picture, const PngOptions& options,
                              std::span<const std::byte> packed) {
  constexpr std::size_t kLargestChunk = std::size_t{1} << 30;  // the format's own bound is twice that
  constexpr std::string_view kSignature("\x89PNG\r\n\x1A\n", 8);
  std::vector<std::byte> out;
  out.reserve(packed.size() + 1024);
  append(out, std::as_bytes(std::span(kSignature)));
  appendChunk(out, "IHDR", headerOf(picture));
  for (const auto& [key, text] : options.text) {
    const std::string chunk = key + '\0' + text;
    appendChunk(out, "tEXt", std::as_bytes(std::span(chunk)));
  }
  for (std::size_t at = 0; at < packed.size(); at += kLargestChunk) {
    appendChunk(out, "IDAT", packed.subspan(at, std::min(kLargestChunk, packed.size() - at)));
  }
  appendChunk(out, "IEND", {});
  return out;
}

}  // namespace

Result<std::vector<std::byte>> encodePng(const ScalarBuffer& picture, const PngOptions& options) {
  const std::size_t sampleBytes = sizeOf(picture.type());
  const bool isKnown = isInteger(picture.type()) && sampleBytes <= 2 && picture.size().slices == 1;
  const int components = picture.components();
  if (picture.empty() || !isKnown || (components != 1 && components != 3 && components != 4)) {
    return Error{ErrorCode::Invalid, "a PNG holds one picture of 8 or 16 bits, gray or RGB", "", ""};
  }
  auto rows = filteredRows(PackedRows(picture));
  if (!rows) return rows.error();
  return fileOf(picture, options, png::zlibStream(rows->bytes()));
}

Status writePng(const std::filesystem::path& path, const ScalarBuffer& picture, const PngOptions& options) {
  const auto bytes = encodePng(picture, options);
  if (bytes) return runtime::writeFile(path, std::span<const std::byte>(*bytes));
  Error error = bytes.error();
  error.path = path.string();
  return error;
}

}  // namespace fiducial::media
