#include "metaimage_family.h"

#include "metaimage_header.h"

namespace fiducial::media {
namespace {

Certainty sniff(const FileHead& head) {
  const std::string_view text(reinterpret_cast<const char*>(head.bytes.data()), head.bytes.size());
  const std::string extension = head.extension();
  const bool isNamed = extension == ".mha" || extension == ".mhd";
  if (metaimage::looksLikeHeader(text)) return isNamed ? Certainty::Certain : Certainty::Likely;
  return isNamed ? Certainty::Extension : Certainty::No;
}

Result<PlainVolume> describe(const std::filesystem::path& path) {
  auto read = headerText(path);
  if (!read) return read.error();
  auto volume = metaimage::volumeOf(*read, path);
  if (!volume) return volume.error();
  if (auto checked = checkPlainVolume(*volume); !checked) return checked.error();
  return volume;
}

Result<std::shared_ptr<const Examined>> examine(const FileHead& head, bool, std::stop_token) {
  auto volume = describe(head.path);
  if (!volume) return volume.error();
  return examinedVolume(head.path.stem().string(), head.path, *volume);
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
