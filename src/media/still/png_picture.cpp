// PNG by libpng: exact for 16 bits, palettes to RGB, single bits to 0 and 255.
#include <png.h>

#include <csetjmp>
#include <cstring>
#include <memory>

#include "../file_bytes.h"
#include "fiducial/runtime/atomic_file.h"
#include "fiducial/runtime/buffer_allocator.h"
#include "still_formats.h"

namespace fiducial::media::still {
namespace {

constexpr std::int64_t kFileLimit = std::int64_t{1} << 32;

std::uint32_t big32(const std::byte* at) {
  std::uint32_t value = 0;
  for (int n = 0; n < 4; ++n) value = (value << 8) | std::to_integer<std::uint32_t>(at[n]);
  return value;
}

struct Input {
  std::span<const std::byte> bytes;
  std::size_t at = 0;
};

void readBytes(png_structp png, png_bytep into, png_size_t count) {
  auto* input = static_cast<Input*>(png_get_io_ptr(png));
  if (count > input->bytes.size() - input->at) png_error(png, "the file ends early");
  std::memcpy(into, input->bytes.data() + input->at, count);
  input->at += count;
}

[[noreturn]] void fail(png_structp png, png_const_charp) { png_longjmp(png, 1); }
void ignore(png_structp, png_const_charp) {}

/// False where libpng gives up. Nothing with a destructor lives in here: libpng leaves by longjmp.
bool decodeRows(png_structp png, png_infop info, ScalarBuffer& picture, png_bytep* rows) {
  if (setjmp(png_jmpbuf(png))) return false;
  png_read_info(png, info);
  const int type = png_get_color_type(png, info);
  const int bits = png_get_bit_depth(png, info);
  if (type == PNG_COLOR_TYPE_PALETTE) {
    png_set_palette_to_rgb(png);  // a transparent palette grows an alpha with it
    png_set_strip_alpha(png);
  }
  if (type == PNG_COLOR_TYPE_GRAY && bits < 8) png_set_expand_gray_1_2_4_to_8(png);
  if (type == PNG_COLOR_TYPE_GRAY_ALPHA) png_set_strip_alpha(png);
  if (bits == 16) png_set_swap(png);
  png_set_interlace_handling(png);
  png_read_update_info(png, info);
  if (png_get_rowbytes(png, info) * std::size_t(picture.size().rows) != picture.sizeBytes()) return false;
  png_read_image(png, rows);
  return true;
}

}  // namespace

Result<PictureHeader> pngHeader(const std::filesystem::path& path, std::int64_t sizeBytes) {
  auto file = FileBytes::open(path);
  if (!file) return file.error();
  auto bytes = file->readExactly(0, 33);
  if (!bytes) return bytes.error();
  if (std::memcmp(bytes->data(), "\x89PNG\r\n\x1a\n", 8) != 0 || std::memcmp(bytes->data() + 12, "IHDR", 4) != 0) {
    return damagedPicture(path, "this is not a PNG picture");
  }
  PictureHeader header;
  constexpr std::uint32_t limit = 0x7FFFFFFF;
  header.columns = int(std::min(big32(bytes->data() + 16), limit));
  header.rows = int(std::min(big32(bytes->data() + 20), limit));
  const auto bits = std::to_integer<int>((*bytes)[24]);
  const auto type = std::to_integer<int>((*bytes)[25]);
  header.scalar = bits == 16 ? ScalarType::UInt16 : ScalarType::UInt8;
  header.components = type == PNG_COLOR_TYPE_RGB_ALPHA                               ? 4
                      : type == PNG_COLOR_TYPE_RGB || type == PNG_COLOR_TYPE_PALETTE ? 3
                                                                                     : 1;
  // Deflate reaches 1032 to 1; eight pixels of one bit fill a byte.
  if (auto checked = checkClaim(header, sizeBytes, 1032.0 * 8, path); !checked) return checked.error();
  return header;
}

Result<ScalarBuffer> decodePng(const std::filesystem::path& path, int, const PictureHeader& header) {
  auto bytes = runtime::readFile(path, std::size_t(kFileLimit));
  if (!bytes) return bytes.error();
  auto picture = runtime::allocateScalars(header.scalar, header.components, {header.columns, header.rows, 1});
  if (!picture) return picture.error();
  std::vector<png_bytep> rows(std::size_t(header.rows));
  const std::size_t stride = picture->sizeBytes() / rows.size();
  for (std::size_t y = 0; y < rows.size(); ++y) {
    rows[y] = reinterpret_cast<png_bytep>(picture->mutableBytes().data() + y * stride);
  }
  png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, nullptr, fail, ignore);
  png_infop info = png != nullptr ? png_create_info_struct(png) : nullptr;
  if (info == nullptr) return Error{ErrorCode::TooLarge, "there is no memory to read the picture", path.string(), ""};
  png_set_user_limits(png, 1000000, 1000000);
  Input input{*bytes, 0};
  png_set_read_fn(png, &input, readBytes);
  const bool isWhole = decodeRows(png, info, *picture, rows.data());
  png_destroy_read_struct(&png, &info, nullptr);
  if (!isWhole) return damagedPicture(path, "the picture ends early or is damaged");
  return picture;
}

}  // namespace fiducial::media::still
