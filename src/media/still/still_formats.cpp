#include "still_formats.h"

#include <array>

namespace fiducial::media::still {
namespace {

Certainty sure(bool isSignature, const FileHead& head, std::initializer_list<std::string_view> extensions) {
  if (isSignature) return Certainty::Certain;
  for (const std::string_view extension : extensions) {
    if (head.extension() == extension) return Certainty::Extension;
  }
  return Certainty::No;
}

Certainty sniffPng(const FileHead& head) { return sure(head.startsWith("\x89PNG\r\n\x1a\n"), head, {".png"}); }

Certainty sniffJpeg(const FileHead& head) {
  return sure(head.startsWith("\xFF\xD8\xFF"), head, {".jpg", ".jpeg", ".jpe"});
}

Certainty sniffTiff(const FileHead& head) {
  using namespace std::string_view_literals;
  const bool isTiff = head.startsWith("II*\0"sv) || head.startsWith("MM\0*"sv) || head.startsWith("II+\0"sv) ||
                      head.startsWith("MM\0+"sv);
  return sure(isTiff, head, {".tif", ".tiff"});
}

Certainty sniffBmp(const FileHead& head) {
  using namespace std::string_view_literals;
  // "BM" alone is text too: the two reserved words behind the size are 0.
  return sure(head.startsWith("BM") && head.startsWith("\0\0\0\0"sv, 6), head, {".bmp"});
}

Certainty sniffWebp(const FileHead& head) {
  return sure(head.startsWith("RIFF") && head.startsWith("WEBP", 8), head, {".webp"});
}

constexpr std::array kFormats{
    StillFormat{"bmp", sniffBmp, bmpHeader, decodeByOpenCv},
    StillFormat{"jpeg", sniffJpeg, jpegHeader, decodeByOpenCv},
    StillFormat{"png", sniffPng, pngHeader, decodePng},
    StillFormat{"tiff", sniffTiff, tiffHeader, decodeTiff},
    StillFormat{"webp", sniffWebp, webpHeader, decodeByOpenCv},
};

}  // namespace

std::span<const StillFormat> stillFormats() { return kFormats; }

const StillFormat* findStillFormat(std::string_view name) {
  for (const StillFormat& format : kFormats) {
    if (format.name == name) return &format;
  }
  return nullptr;
}

Error damagedPicture(const std::filesystem::path& path, std::string what) {
  return {ErrorCode::Damaged, std::move(what), path.string(), "copy the file again from its source"};
}

Status checkClaim(const PictureHeader& header, std::int64_t sizeBytes, double pixelsPerByte,
                  const std::filesystem::path& path) {
  const std::string size = std::to_string(header.columns) + " x " + std::to_string(header.rows);
  if (header.columns < 1 || header.rows < 1) return damagedPicture(path, "the picture has no size (" + size + ")");
  const double pixels = double(header.columns) * double(header.rows);
  if (header.columns > 1000000 || header.rows > 1000000 || pixels > double(sizeBytes) * pixelsPerByte) {
    return damagedPicture(path, "the picture claims " + size + " pixels, which a file of " + std::to_string(sizeBytes) +
                                    " bytes cannot hold");
  }
  return {};
}

}  // namespace fiducial::media::still
