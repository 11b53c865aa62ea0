#include "nrrd_family.h"

#include "nrrd_header.h"

namespace fiducial::media {
namespace {

Certainty sniff(const FileHead& head) {
  if (head.startsWith("NRRD000")) return Certainty::Certain;
  return head.extension() == ".nrrd" || head.extension() == ".nhdr" ? Certainty::Extension : Certainty::No;
}

Result<PlainVolume> describe(const std::filesystem::path& path) {
  auto read = headerText(path);
  if (!read) return read.error();
  const std::string_view text = *read;
  if (!text.starts_with("NRRD000")) return Error{ErrorCode::NotMedia, "this is not a NRRD file", path.string(), ""};
  const std::size_t plain = text.find("\n\n");
  const std::size_t dos = text.find("\r\n\r\n");
  const std::size_t end = std::min(plain, dos);
  const bool isDetached = path.extension() == ".nhdr" || path.extension() == ".NHDR";
  if (end == std::string_view::npos && !isDetached) {
    return Error{ErrorCode::Damaged, "the NRRD header does not end", path.string(), "ask its source for a sound copy"};
  }
  const std::size_t headerBytes = end == std::string_view::npos ? text.size() : end + (end == plain ? 2 : 4);
  auto volume = nrrd::volumeOf(text.substr(0, std::min(end, text.size())), headerBytes, path);
  if (!volume) return volume.error();
  if (auto checked = checkPlainVolume(*volume); !checked) return checked.error();
  return volume;
}

Result<std::shared_ptr<const Examined>> examine(const FileHead& head, bool, std::stop_token) {
  auto volume = describe(head.path);
  if (!volume) return volume.error();
  return examinedVolume(head.path.stem().string(), head.path, *volume);
}

bool opens(const MediumInfo& info) { return info.format == "nrrd"; }

Result<std::unique_ptr<VolumeSource>> open(const MediumLocation& location) {
  auto volume = describe(location.files.front());
  if (!volume) return volume.error();
  return plainVolumeSource(std::move(*volume));
}

}  // namespace

const Family& nrrdFamily() {
  static const Family family{.name = "nrrd", .sniff = sniff, .examine = examine, .opens = opens, .openVolume = open};
  return family;
}

}  // namespace fiducial::media
