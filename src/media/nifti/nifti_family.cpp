#include "nifti_family.h"

#include "../file_bytes.h"
#include "../plain_volume/plain_volume.h"
#include "nifti_header.h"

namespace fiducial::media {
namespace {

namespace fs = std::filesystem;

bool isGzip(std::span<const std::byte> bytes) {
  return bytes.size() > 2 && bytes[0] == std::byte{0x1F} && bytes[1] == std::byte{0x8B};
}

Certainty sniff(const FileHead& head) {
  const std::string name = head.path.filename().string();
  if (nifti::looksLikeHeader(head.bytes)) return Certainty::Certain;
  if (head.extension() == ".nii" || name.ends_with(".nii.gz")) return Certainty::Extension;
  if (head.extension() == ".hdr" && head.bytes.size() >= nifti::kHeaderBytes1) {
    return head.bytes[0] == std::byte{0x5C} || head.bytes[3] == std::byte{0x5C} ? Certainty::Likely : Certainty::No;
  }
  return head.extension() == ".img" ? Certainty::Extension : Certainty::No;
}

fs::path imageOfPair(const fs::path& header) {
  fs::path image = header;
  if (image.extension() == ".gz") image.replace_extension();
  image.replace_extension(image.extension() == ".HDR" ? ".IMG" : ".img");
  std::error_code code;
  if (fs::exists(image, code)) return image;
  const fs::path packed = image.string() + ".gz";
  return fs::exists(packed, code) ? packed : image;
}

MediumInfo infoOf(const nifti::Header& header) {
  MediumInfo info;
  info.kind = MediumKind::Volume;
  info.format = "nifti";
  info.seriesDescription = header.description;
  info.columns = header.size.columns;
  info.rows = header.size.rows;
  info.frames = header.size.slices;
  info.times = header.times;
  info.components = header.components;
  info.scalar = header.scalar;
  info.slope = header.slope;
  info.intercept = header.intercept;
  info.hasGeometry = header.hasGeometry;
  info.affine = header.affine;
  const auto spacing = header.affine.spacingMm();
  info.spacing.assign(spacing.begin(), spacing.end());
  if (header.high > header.low) {
    info.windows.push_back({(header.low + header.high) / 2, header.high - header.low, "From the file"});
  }
  if (header.times > 1 && header.frameSeconds > 0) {
    info.frameRate = 1 / header.frameSeconds;
    info.durationSeconds = header.frameSeconds * header.times;
  }
  info.warnings = header.warnings;
  return info;
}

Result<PlainVolume> describe(const fs::path& path, std::span<const std::byte> head) {
  PlainVolume volume;
  volume.path = path;
  if (isGzip(head)) volume.packing = Packing::Gzip;
  std::vector<std::byte> unpacked;
  if (volume.packing == Packing::Gzip) {
    auto bytes = gzipHead(path, nifti::kHeaderBytes2);
    if (!bytes) return bytes.error();
    unpacked = std::move(*bytes);
    head = unpacked;
  }
  auto header = nifti::parseHeader(head);
  if (!header) {
    Error error = header.error();
    error.path = path.string();
    return error;
  }
  volume.info = infoOf(*header);
  volume.offset = header->dataOffset;
  volume.isSwapped = header->isSwapped;
  if (header->isPair) {
    volume.path = imageOfPair(path);
    volume.packing = volume.path.extension() == ".gz" ? Packing::Gzip : Packing::Plain;
  }
  if (auto checked = checkPlainVolume(volume); !checked) return checked.error();
  return volume;
}

std::string stemOf(const fs::path& path) {
  std::string name = path.filename().string();
  for (const std::string_view ending : {".gz", ".nii", ".hdr"}) {
    if (name.ends_with(ending)) name.erase(name.size() - ending.size());
  }
  return name;
}

Result<PlainVolume> describeFile(const fs::path& path) {
  auto file = FileBytes::open(path);
  if (!file) return file.error();
  std::vector<std::byte> head(kHeadBytes);
  auto got = file->read(0, head);
  if (!got) return got.error();
  head.resize(*got);
  return describe(path, head);
}

/// The image of a pair, which says nothing of itself: the header beside it does.
Result<std::shared_ptr<const Examined>> examineImage(const fs::path& image, bool alone) {
  if (!alone)
    return std::shared_ptr<const Examined>(std::make_shared<OwnMedia>());  // in a folder the header is found as well
  fs::path header = image;
  header.replace_extension(image.extension() == ".IMG" ? ".HDR" : ".hdr");
  std::error_code code;
  if (!fs::exists(header, code)) {
    return Error{ErrorCode::NotMedia, "the header of this image is missing: " + header.filename().string(),
                 image.string(), "put it beside the image"};
  }
  auto volume = describeFile(header);
  if (!volume) return volume.error();
  return examinedVolume(stemOf(header), header, *volume);
}

Result<std::shared_ptr<const Examined>> examine(const FileHead& head, bool alone, std::stop_token) {
  if (head.extension() == ".img" && !nifti::looksLikeHeader(head.bytes)) return examineImage(head.path, alone);
  auto volume = describe(head.path, head.bytes);
  if (!volume) return volume.error();
  return examinedVolume(stemOf(head.path), head.path, *volume);
}

bool opens(const MediumInfo& info) { return info.format == "nifti"; }

Result<std::unique_ptr<VolumeSource>> open(const MediumLocation& location) {
  auto volume = describeFile(location.files.front());
  if (!volume) return volume.error();
  return plainVolumeSource(std::move(*volume));
}

}  // namespace

const Family& niftiFamily() {
  static const Family family{.name = "nifti", .sniff = sniff, .examine = examine, .opens = opens, .openVolume = open};
  return family;
}

}  // namespace fiducial::media
