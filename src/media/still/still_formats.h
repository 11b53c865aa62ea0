// The picture formats: what each looks like, how its header is read and how a page of it is decoded.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "../family.h"
#include "fiducial/core/scalar_buffer.h"

namespace fiducial::media::still {

struct PictureHeader {
  int columns = 0;  ///< as stored, before it is turned upright
  int rows = 0;
  int components = 1;
  ScalarType scalar = ScalarType::UInt8;
  int pages = 1;
  int orientation = 1;  ///< EXIF, 1..8
  bool lossy = false;
  bool inverted = false;   ///< 0 is white
  double mmPerPixelX = 0;  ///< 0: not said
  double mmPerPixelY = 0;
  double mmPerPage = 0;  ///< 0: not said
  std::vector<std::string> warnings;
};

struct StillFormat {
  std::string_view name;
  Certainty (*sniff)(const FileHead& head);
  /// From the file's beginning, or all of it where the format wants that. Errors: Damaged, Unsupported, Unreadable.
  Result<PictureHeader> (*header)(const std::filesystem::path& path, std::int64_t sizeBytes);
  /// Page n as stored (not turned); `header` was checked. Errors: Damaged, TooLarge, Unreadable.
  Result<ScalarBuffer> (*decode)(const std::filesystem::path& path, int page, const PictureHeader& header);
};

[[nodiscard]] std::span<const StillFormat> stillFormats();
[[nodiscard]] const StillFormat* findStillFormat(std::string_view name);

// One pair for each format, in its own file.
[[nodiscard]] Result<PictureHeader> pngHeader(const std::filesystem::path& path, std::int64_t sizeBytes);
[[nodiscard]] Result<ScalarBuffer> decodePng(const std::filesystem::path& path, int page, const PictureHeader& header);
[[nodiscard]] Result<PictureHeader> jpegHeader(const std::filesystem::path& path, std::int64_t sizeBytes);
[[nodiscard]] Result<PictureHeader> tiffHeader(const std::filesystem::path& path, std::int64_t sizeBytes);
[[nodiscard]] Result<ScalarBuffer> decodeTiff(const std::filesystem::path& path, int page, const PictureHeader& header);
[[nodiscard]] Result<PictureHeader> bmpHeader(const std::filesystem::path& path, std::int64_t sizeBytes);
[[nodiscard]] Result<PictureHeader> webpHeader(const std::filesystem::path& path, std::int64_t sizeBytes);
/// JPEG, BMP and WebP by OpenCV.
[[nodiscard]] Result<ScalarBuffer> decodeByOpenCv(const std::filesystem::path& path, int page,
                                                  const PictureHeader& header);

/// Refuses sizes of zero and sizes that a file of `sizeBytes` cannot hold at `pixelsPerByte`.
[[nodiscard]] Status checkClaim(const PictureHeader& header, std::int64_t sizeBytes, double pixelsPerByte,
                                const std::filesystem::path& path);
[[nodiscard]] Error damagedPicture(const std::filesystem::path& path, std::string what);

/// Turned so that it stands upright, by EXIF orientation 1..8.
[[nodiscard]] Result<ScalarBuffer> upright(const ScalarBuffer& picture, int orientation);

}  // namespace fiducial::media::still
