#include "video/video_family.h"

#include <algorithm>
#include <array>
#include <string>

#include "video/video_info.h"
#include "video/video_source.h"

namespace fiducial::media {
namespace {

using video::VideoBytes;
using video::VideoInput;
using video::VideoOptions;
using video::VideoSource;

// Files up to here are indexed while listing; longer ones only when they are opened.
constexpr std::int64_t kIndexedWhenNamedBytes = 64 << 20;
constexpr std::int64_t kIndexedInFoldersBytes = 16 << 20;

constexpr std::array<std::string_view, 26> kExtensions = {
    ".mp4", ".m4v",  ".mov", ".qt",  ".3gp", ".3g2", ".mkv", ".webm", ".avi", ".divx", ".ts",   ".m2ts", ".mts",
    ".mpg", ".mpeg", ".vob", ".m2v", ".wmv", ".asf", ".flv", ".ogv",  ".mxf", ".dv",   ".h264", ".hevc", ".y4m"};

struct Signature {
  std::string_view bytes;
  std::size_t at;
  Certainty certainty;
};
using namespace std::string_view_literals;
constexpr std::array kSignatures = {
    Signature{"\x1a\x45\xdf\xa3"sv, 0, Certainty::Certain},                  // Matroska, WebM (EBML)
    Signature{"AVI "sv, 8, Certainty::Certain},                              // RIFF
    Signature{"FLV\x01"sv, 0, Certainty::Certain},                           // Flash
    Signature{"\x30\x26\xb2\x75\x8e\x66\xcf\x11"sv, 0, Certainty::Certain},  // ASF, WMV
    Signature{"\0\0\x01\xba"sv, 0, Certainty::Certain},                      // MPEG program stream
    Signature{"\0\0\x01\xb3"sv, 0, Certainty::Certain},                      // MPEG-1 and 2 video
    Signature{"\x06\x0e\x2b\x34\x02\x05\x01\x01"sv, 0, Certainty::Certain},  // MXF
    Signature{"DKIF"sv, 0, Certainty::Certain},                              // IVF
    Signature{"YUV4MPEG2"sv, 0, Certainty::Certain},
    Signature{"OggS"sv, 0, Certainty::Likely},
    Signature{"moov"sv, 4, Certainty::Likely},
    Signature{"mdat"sv, 4, Certainty::Likely},
    Signature{"wide"sv, 4, Certainty::Likely},
    Signature{"skip"sv, 4, Certainty::Likely},
    Signature{"free"sv, 4, Certainty::Likely},
};

/// ISO base media: MP4 and MOV, but not the pictures that use the same boxes (HEIF, AVIF).
bool isMovie(const FileHead& head) {
  if (!head.startsWith("ftyp", 4)) return false;
  constexpr std::array<std::string_view, 6> kPictures = {"heic", "heix", "heim", "avif", "mif1", "msf1"};
  return std::none_of(kPictures.begin(), kPictures.end(),
                      [&](std::string_view brand) { return head.startsWith(brand, 8); });
}

/// Sync bytes of four packets in a row: 188 bytes each, or 192 with a time stamp before (Blu-ray, AVCHD).
bool isTransportStream(const FileHead& head) {
  const auto synced = [&](std::size_t first, std::size_t step) {
    for (std::size_t n = 0; n < 4; ++n) {
      if (!head.startsWith("\x47", first + n * step)) return false;
    }
    return true;
  };
  return synced(0, 188) || synced(4, 192);
}

Certainty sniff(const FileHead& head) {
  if (isMovie(head) || isTransportStream(head)) return Certainty::Certain;
  for (const Signature& signature : kSignatures) {
    if (head.startsWith(signature.bytes, signature.at)) return signature.certainty;
  }
  const std::string extension = head.extension();
  const bool isNamed = std::find(kExtensions.begin(), kExtensions.end(), extension) != kExtensions.end();
  return isNamed ? Certainty::Extension : Certainty::No;
}

Result<MediumInfo> describe(const FileHead& head, bool alone, std::stop_token stop) {
  if (head.sizeBytes <= (alone ? kIndexedWhenNamedBytes : kIndexedInFoldersBytes)) {
    const auto confirm = alone ? VideoOptions::Confirm::WhereQuick : VideoOptions::Confirm::WhereNeededAndQuick;
    auto source = VideoSource::open({head.path, {}, nullptr}, {}, stop, {}, {.confirm = confirm});
    if (!source) return source.error();
    return (*source)->info();
  }
  auto input = VideoInput::open({head.path, {}, nullptr}, stop);
  if (!input) return input.error();
  return video::describeUnread(**input);
}

Result<std::shared_ptr<const Examined>> examine(const FileHead& head, bool alone, std::stop_token stop) {
  auto info = describe(head, alone, stop);
  if (!info) return info.error();
  FoundMedium medium;
  medium.name = head.path.stem().string();
  medium.location = {std::move(*info), head.path, {head.path}};
  auto own = std::make_shared<OwnMedia>();
  own->media.push_back(std::move(medium));
  return std::shared_ptr<const Examined>(std::move(own));
}

bool opens(const MediumInfo& info) { return info.kind == MediumKind::Video && info.format != "dicom"; }

Result<std::unique_ptr<FrameSource>> openVideoFrames(const MediumLocation& location,
                                                     std::span<const std::byte> savedIndex, std::stop_token stop,
                                                     const runtime::Progress& progress) {
  const std::filesystem::path path = location.files.empty() ? location.path : location.files.front();
  auto source = VideoSource::open({path, {}, nullptr}, savedIndex, stop, progress);
  if (!source) return source.error();
  return std::unique_ptr<FrameSource>(std::move(*source));
}

}  // namespace

const Family& videoFamily() {
  static const Family family = {
      .name = "video", .sniff = &sniff, .examine = &examine, .opens = &opens, .openFrames = &openVideoFrames};
  return family;
}

}  // namespace fiducial::media
