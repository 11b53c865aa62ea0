// TIFF by libtiff: 8, 16 and 32 bits, integers and floats, gray and RGB(A), strips and tiles, exactly as stored;
// palettes, YCbCr, CMYK and single bits through libtiff's own conversion to RGBA.
#include <tiffio.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <memory>

#include "fiducial/runtime/buffer_allocator.h"
#include "still_formats.h"

namespace fiducial::media::still {
namespace {

struct TiffCloser {
  void operator()(TIFF* tiff) const { TIFFClose(tiff); }
};
using TiffHandle = std::unique_ptr<TIFF, TiffCloser>;

TiffHandle openTiff(const std::filesystem::path& path) {
  TIFFSetErrorHandler(nullptr);  // what is wrong travels as an Error
  TIFFSetWarningHandler(nullptr);
  return TiffHandle(TIFFOpen(path.c_str(), "rm"));
}

struct Page {
  std::uint32_t columns = 0;
  std::uint32_t rows = 0;
  std::uint16_t bits = 1;
  std::uint16_t samples = 1;
  std::uint16_t format = SAMPLEFORMAT_UINT;
  std::uint16_t photometric = PHOTOMETRIC_MINISBLACK;
  std::uint16_t planar = PLANARCONFIG_CONTIG;
  std::uint16_t orientation = ORIENTATION_TOPLEFT;
  std::uint16_t compression = COMPRESSION_NONE;
};

Page pageOf(TIFF* tiff) {
  Page page;
  TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &page.columns);
  TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &page.rows);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_BITSPERSAMPLE, &page.bits);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_SAMPLESPERPIXEL, &page.samples);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_SAMPLEFORMAT, &page.format);
  TIFFGetField(tiff, TIFFTAG_PHOTOMETRIC, &page.photometric);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_PLANARCONFIG, &page.planar);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_ORIENTATION, &page.orientation);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_COMPRESSION, &page.compression);
  return page;
}

/// Nothing where the samples are not taken as they are.
std::optional<ScalarType> exactType(const Page& page) {
  const bool isGray = page.photometric == PHOTOMETRIC_MINISBLACK || page.photometric == PHOTOMETRIC_MINISWHITE;
  const bool isRgb = page.photometric == PHOTOMETRIC_RGB;
  if (!(isGray && page.samples == 1) && !(isRgb && (page.samples == 3 || page.samples == 4))) return std::nullopt;
  if (isRgb && page.bits > 16) return std::nullopt;
  const bool isSigned = page.format == SAMPLEFORMAT_INT;
  if (page.format == SAMPLEFORMAT_IEEEFP) {
    if (page.bits == 32) return ScalarType::Float32;
    return page.bits == 64 ? std::optional(ScalarType::Float64) : std::nullopt;
  }
  if (page.format != SAMPLEFORMAT_UINT && !isSigned && page.format != SAMPLEFORMAT_VOID) return std::nullopt;
  switch (page.bits) {
    case 8:
      return isSigned ? ScalarType::Int8 : ScalarType::UInt8;
    case 16:
      return isSigned ? ScalarType::Int16 : ScalarType::UInt16;
    case 32:
      return isSigned ? ScalarType::Int32 : ScalarType::UInt32;
    default:
      return std::nullopt;
  }
}

PictureHeader headerOf(const Page& page) {
  PictureHeader header;
  header.columns = int(std::min<std::uint32_t>(page.columns, 0x7FFFFFFF));
  header.rows = int(std::min<std::uint32_t>(page.rows, 0x7FFFFFFF));
  const auto exact = exactType(page);
  header.scalar = exact.value_or(ScalarType::UInt8);
  header.components = exact ? page.samples : 4;
  header.orientation = page.orientation >= 1 && page.orientation <= 8 ? page.orientation : 1;
  header.inverted = exact && page.photometric == PHOTOMETRIC_MINISWHITE;
  header.lossy = page.compression == COMPRESSION_JPEG || page.compression == COMPRESSION_OJPEG;
  return header;
}

double mmPerUnit(std::string_view unit) {
  if (unit == "mm" || unit == "millimeter") return 1;
  if (unit == "cm") return 10;
  if (unit == "inch") return 25.4;
  return unit == "micron" || unit == "um" || unit == "\\u00B5m" || unit == "\xC2\xB5m" || unit == "\xB5m" ? 0.001 : 0;
}

/// "unit=mm" of the lines ImageJ writes into a TIFF's description.
std::string_view lineOf(std::string_view text, std::string_view key) {
  const std::size_t at = text.find("\n" + std::string(key) + "=");
  if (at == std::string_view::npos) return {};
  text.remove_prefix(at + key.size() + 2);
  return text.substr(0, text.find_first_of("\r\n"));
}

/// Only ImageJ says what its resolution is of; in other files it is of a printer.
void readImageJScale(TIFF* tiff, PictureHeader& header) {
  const char* description = nullptr;
  if (TIFFGetField(tiff, TIFFTAG_IMAGEDESCRIPTION, &description) != 1 || description == nullptr) return;
  const std::string_view text(description);
  const double mm = text.starts_with("ImageJ=") ? mmPerUnit(lineOf(text, "unit")) : 0;
  float x = 0, y = 0;  // pixels for each unit
  if (mm == 0 || TIFFGetField(tiff, TIFFTAG_XRESOLUTION, &x) != 1 || TIFFGetField(tiff, TIFFTAG_YRESOLUTION, &y) != 1) {
    return;
  }
  if (!(x > 0) || !(y > 0)) return;
  header.mmPerPixelX = mm / double(x);
  header.mmPerPixelY = mm / double(y);
  const double spacing = std::strtod(std::string(lineOf(text, "spacing")).c_str(), nullptr);
  if (std::isfinite(spacing) && spacing > 0) header.mmPerPage = spacing * mm;
}

bool isSamePage(const PictureHeader& a, const PictureHeader& b) {
  return a.columns == b.columns && a.rows == b.rows && a.components == b.components && a.scalar == b.scalar &&
         a.inverted == b.inverted;
}

/// Copies a decoded block (a strip or tile) of one plane or of all samples to its place.
struct Block {
  const std::byte* bytes = nullptr;
  std::size_t stride = 0;  // bytes from row to row of the block
  std::uint32_t left = 0, top = 0, columns = 0, rows = 0;
  int plane = -1;  // -1: all samples
};

void place(const Block& block, ScalarBuffer& picture) {
  const std::size_t sample = sizeOf(picture.type());
  const auto components = std::size_t(picture.components());
  const std::size_t rowBytes = std::size_t(picture.size().columns) * components * sample;
  for (std::uint32_t y = 0; y < block.rows; ++y) {
    std::byte* into = picture.mutableBytes().data() + (block.top + y) * rowBytes + block.left * components * sample;
    const std::byte* from = block.bytes + y * block.stride;
    if (block.plane < 0) {
      std::memcpy(into, from, block.columns * components * sample);
      continue;
    }
    into += std::size_t(block.plane) * sample;
    for (std::uint32_t x = 0; x < block.columns; ++x)
      std::memcpy(into + x * components * sample, from + x * sample, sample);
  }
}

bool readTiles(TIFF* tiff, const Page& page, ScalarBuffer& picture) {
  std::uint32_t width = 0, height = 0;
  TIFFGetField(tiff, TIFFTAG_TILEWIDTH, &width);
  TIFFGetField(tiff, TIFFTAG_TILELENGTH, &height);
  const tmsize_t size = TIFFTileSize(tiff);
  if (width == 0 || height == 0 || size <= 0 ||
      std::uint64_t(size) > std::max<std::uint64_t>(picture.sizeBytes() * 4, 1u << 24))
    return false;
  std::vector<std::byte> tile(static_cast<std::size_t>(size));
  const bool isPlanar = page.planar == PLANARCONFIG_SEPARATE && page.samples > 1;
  const std::size_t samples = isPlanar ? 1 : page.samples;
  for (int plane = 0; plane < (isPlanar ? page.samples : 1); ++plane) {
    for (std::uint32_t y = 0; y < page.rows; y += height) {
      for (std::uint32_t x = 0; x < page.columns; x += width) {
        if (TIFFReadTile(tiff, tile.data(), x, y, 0, std::uint16_t(plane)) < 0) return false;
        place({tile.data(), width * samples * sizeOf(picture.type()), x, y, std::min(width, page.columns - x),
               std::min(height, page.rows - y), isPlanar ? plane : -1},
              picture);
      }
    }
  }
  return true;
}

bool readRows(TIFF* tiff, const Page& page, ScalarBuffer& picture) {
  const tmsize_t size = TIFFScanlineSize(tiff);
  const bool isPlanar = page.planar == PLANARCONFIG_SEPARATE && page.samples > 1;
  const std::size_t wanted = std::size_t(page.columns) * (isPlanar ? 1 : page.samples) * sizeOf(picture.type());
  if (size <= 0 || std::size_t(size) != wanted) return false;
  std::vector<std::byte> row(wanted);
  for (int plane = 0; plane < (isPlanar ? page.samples : 1); ++plane) {
    for (std::uint32_t y = 0; y < page.rows; ++y) {
      if (TIFFReadScanline(tiff, row.data(), y, std::uint16_t(plane)) < 0) return false;
      place({row.data(), wanted, 0, y, page.columns, 1, isPlanar ? plane : -1}, picture);
    }
  }
  return true;
}

bool readAsRgba(TIFF* tiff, const Page& page, ScalarBuffer& picture) {
  auto* raster = reinterpret_cast<std::uint32_t*>(picture.mutableBytes().data());
  return TIFFReadRGBAImageOriented(tiff, page.columns, page.rows, raster, page.orientation, 0) == 1;
}

}  // namespace

Result<PictureHeader> tiffHeader(const std::filesystem::path& path, std::int64_t sizeBytes) {
  const TiffHandle tiff = openTiff(path);
  if (!tiff) return damagedPicture(path, "this is not a whole TIFF picture");
  PictureHeader header = headerOf(pageOf(tiff.get()));
  if (auto checked = checkClaim(header, sizeBytes, 1032.0 * 8, path); !checked) return checked.error();
  readImageJScale(tiff.get(), header);
  constexpr int kMostPages = 65535;
  header.pages = 1;
  bool areSame = true;
  while (header.pages < kMostPages && TIFFReadDirectory(tiff.get()) == 1) {
    areSame = areSame && isSamePage(header, headerOf(pageOf(tiff.get())));
    ++header.pages;
  }
  if (!areSame) {
    header.warnings.push_back("its " + std::to_string(header.pages) +
                              " pages differ in size or type; the first is shown");
    header.pages = 1;
  }
  return header;
}

Result<ScalarBuffer> decodeTiff(const std::filesystem::path& path, int pageNumber, const PictureHeader& header) {
  const TiffHandle tiff = openTiff(path);
  if (!tiff || TIFFSetDirectory(tiff.get(), tdir_t(pageNumber)) != 1) {
    return damagedPicture(path, "page " + std::to_string(pageNumber) + " cannot be read");
  }
  const Page page = pageOf(tiff.get());
  if (!isSamePage(header, headerOf(page))) return damagedPicture(path, "the pages differ in size");
  auto picture = runtime::allocateScalars(header.scalar, header.components, {header.columns, header.rows, 1});
  if (!picture) return picture.error();
  const bool isExact = exactType(page).has_value();
  const bool isRead = !isExact                  ? readAsRgba(tiff.get(), page, *picture)
                      : TIFFIsTiled(tiff.get()) ? readTiles(tiff.get(), page, *picture)
                                                : readRows(tiff.get(), page, *picture);
  if (!isRead) return damagedPicture(path, "the picture ends early or is damaged");
  return picture;
}

}  // namespace fiducial::media::still
