#include "metaimage_family.h"

#include "../file_bytes.h"
#include "metaimage_header.h"

namespace fiducial::media {
namespace {

constexpr std::size_t kHeaderLimit = std::size_t{1} << 20;  // a list of slices may be long

Certainty sniff(const FileHead& head) {
  const std::string_view text(reinterpret_cast<const char*>(head.bytes.data()), head.bytes.size());
  const std::string extension = head.extension();
  const bool isNamed = extension == ".mha" || extension == ".mhd";
  if (metaimage::looksLikeHeader(text)) return isNamed ? Certainty::Certain : Certainty::Likely;
  return isNamed ? Certainty::Extension : Certainty::No;
}

Result<PlainVolume> describe(const std::filesystem::path& path) {
  auto file = FileBytes::open(path);
  if (!file) return file.error();
  std::string text(std::size_t(std::min<std::int64_t>(file->sizeBytes(), kHeaderLimit)), '\0');
  auto got = file->read(0, std::as_writable_bytes(std::span(text)));
  if (!got) return got.error();
  text.resize(*got);
  auto volume = metaimage::volumeOf(text, path);
  if (!volume) return volume.error();
  if (auto checked = checkPlainVolume(*volume); !checked) return checked.error();
  return volume;
}

Result<std::shared_ptr<const Examined>> examine(const FileHead& head, bool, std::stop_token) {
  auto volume = describe(head.path);
  if (!volume) return volume.error();
  auto own = std::make_shared<OwnMedia>();
  FoundMedium found{head.path.stem().string(), {volume->info, head.path, {head.path}}};
  if (volume->parts.empty() && volume->path != head.path) found.location.files.push_back(volume->path);
  for (const auto& part : volume->parts) found.location.files.push_back(part);
  found.location.info.files = int(found.location.files.size());
  own->media.push_back(std::move(found));
  return std::shared_ptr<const Examined>(std::move(own));
}

bool opens(const MediumInfo& info) { return info.format == "metaimage"; }

Result<std::unique_ptr<VolumeSource>> open(const MediumLocation& location) {
  auto volume = describe(location.files.front());
  if (!volume) return volume.error();
  return plainVolumeSource(std::move(*volume));
}

}  // namespace

const Family& metaimageFamily() {
  static const Family family{
      .name = "metaimage", .sniff = sniff, .examine = examine, .opens = opens, .openVolume = open};
  return family;
}

}  // namespace fiducial::media
