// PNG by libpng into memory, then atomically to its place. No time stamp: the same picture gives the same bytes.
#include <png.h>

#include <cstring>

#include "fiducial/media/write_image.h"
#include "fiducial/runtime/atomic_file.h"

namespace fiducial::media {
namespace {

struct PngRow {
  int columns = 0;
  int components = 0;  // of the source; a fourth is left out
  std::size_t sampleBytes = 1;
  bool isSigned = false;
};

/// One row as PNG wants it: big endian, without X, signed values plus half the range.
void packRow(const PngRow& row, const std::byte* from, std::vector<png_byte>& into) {
  const int kept = row.components == 4 ? 3 : row.components;
  std::size_t at = 0;
  for (int x = 0; x < row.columns; ++x) {
    const std::byte* pixel = from + std::size_t(x) * std::size_t(row.components) * row.sampleBytes;
    for (int c = 0; c < kept; ++c) {
      if (row.sampleBytes == 1) {
        const auto value = std::to_integer<unsigned>(pixel[c]);
        into[at++] = png_byte(row.isSigned ? value ^ 0x80u : value);
        continue;
      }
      std::uint16_t value = 0;
      std::memcpy(&value, pixel + 2 * c, 2);
      if (row.isSigned) value = std::uint16_t(value ^ 0x8000u);
      into[at++] = png_byte(value >> 8);
      into[at++] = png_byte(value & 0xFFu);
    }
  }
}

void append(png_structp png, png_bytep bytes, png_size_t count) {
  auto* into = static_cast<std::vector<std::byte>*>(png_get_io_ptr(png));
  const auto* first = reinterpret_cast<const std::byte*>(bytes);
  into->insert(into->end(), first, first + count);
}

void addText(png_structp png, png_infop info, const PngOptions& options) {
  std::vector<png_text> chunks(options.text.size());
  for (std::size_t n = 0; n < chunks.size(); ++n) {
    chunks[n].compression = PNG_TEXT_COMPRESSION_NONE;
    chunks[n].key = const_cast<char*>(options.text[n].first.c_str());
    chunks[n].text = const_cast<char*>(options.text[n].second.c_str());
    chunks[n].text_length = options.text[n].second.size();
  }
  if (!chunks.empty()) png_set_text(png, info, chunks.data(), int(chunks.size()));
}

[[noreturn]] void fail(png_structp png, png_const_charp) { png_longjmp(png, 1); }

/// False where libpng refuses. Nothing with a destructor lives in here: libpng leaves by longjmp.
bool encode(png_structp png, png_infop info, const ScalarBuffer& picture, const PngOptions& options, const PngRow& row,
            std::vector<png_byte>& line) {
  if (setjmp(png_jmpbuf(png))) return false;
  png_set_compression_level(png, options.compression);
  png_set_filter(png, 0, row.sampleBytes == 1 ? PNG_FILTER_SUB : PNG_FILTER_PAETH);
  png_set_IHDR(png, info, png_uint_32(row.columns), png_uint_32(picture.size().rows), int(row.sampleBytes) * 8,
               row.components == 1 ? PNG_COLOR_TYPE_GRAY : PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  addText(png, info, options);
  png_write_info(png, info);
  const std::size_t stride = picture.sliceBytes() / std::size_t(picture.size().rows);
  for (int y = 0; y < picture.size().rows; ++y) {
    packRow(row, picture.bytes().data() + std::size_t(y) * stride, line);
    png_write_row(png, line.data());
  }
  png_write_end(png, info);
  return true;
}

}  // namespace

Status writePng(const std::filesystem::path& path, const ScalarBuffer& picture, const PngOptions& options) {
  const std::size_t sampleBytes = sizeOf(picture.type());
  const bool isKnown = isInteger(picture.type()) && sampleBytes <= 2 && picture.size().slices == 1;
  const int components = picture.components();
  if (picture.empty() || !isKnown || (components != 1 && components != 3 && components != 4)) {
    return Error{ErrorCode::Invalid, "a PNG holds one picture of 8 or 16 bits, gray or RGB", path.string(), ""};
  }
  const PngRow row{picture.size().columns, components, sampleBytes, isSigned(picture.type())};
  std::vector<png_byte> line(std::size_t(row.columns) * std::size_t(components) * sampleBytes);
  std::vector<std::byte> bytes;
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, fail, nullptr);
  png_infop info = png != nullptr ? png_create_info_struct(png) : nullptr;
  if (info == nullptr) return Error{ErrorCode::TooLarge, "there is no memory to write a PNG", path.string(), ""};
  png_set_write_fn(png, &bytes, append, nullptr);
  const bool isWritten = encode(png, info, picture, options, row, line);
  png_destroy_write_struct(&png, &info);
  if (!isWritten) return Error{ErrorCode::Invalid, "the picture does not fit a PNG", path.string(), ""};
  return runtime::writeFile(path, std::span<const std::byte>(bytes));
}

}  // namespace fiducial::media
