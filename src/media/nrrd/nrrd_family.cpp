#include "nrrd_family.h"

#include "../file_bytes.h"
#include "nrrd_header.h"

namespace fiducial::media {
namespace {

constexpr std::size_t kHeaderLimit = std::size_t{1} << 20;  // segmentations list their segments in it

Certainty sniff(const FileHead& head) {
  if (head.startsWith("NRRD000")) return Certainty::Certain;
  return head.extension() == ".nrrd" || head.extension() == ".nhdr" ? Certainty::Extension : Certainty::No;
}

Result<PlainVolume> describe(const std::filesystem::path& path) {
  auto file = FileBytes::open(path);
  if (!file) return file.error();
  std::string text(std::size_t(std::min<std::int64_t>(file->sizeBytes(), kHeaderLimit)), '\0');
  auto got = file->read(0, std::as_writable_bytes(std::span(text)));
  if (!got) return got.error();
  text.resize(*got);
  if (!text.starts_with("NRRD000")) return Error{ErrorCode::NotMedia, "this is not a NRRD file", path.string(), ""};
  const std::size_t plain = text.find("\n\n");
  const std::size_t dos = text.find("\r\n\r\n");
  const std::size_t end = std::min(plain, dos);
  const bool isDetached = path.extension() == ".nhdr" || path.extension() == ".NHDR";
  if (end == std::string::npos && !isDetached) {
    return Error{ErrorCode::Damaged, "the NRRD header does not end", path.string(), "ask its source for a sound copy"};
  }
  const std::size_t headerBytes = end == std::string::npos ? text.size() : end + (end == plain ? 2 : 4);
  auto volume = nrrd::volumeOf(std::string_view(text).substr(0, std::min(end, text.size())), headerBytes, path);
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
