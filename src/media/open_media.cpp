// Dispatches openVolume(), openFrames() and identify() to the family of a medium.
#include <algorithm>
#include <string>

#include "fiducial/runtime/content_hash.h"
#include "frames_as_volume.h"
#include "registry.h"
#include "volume_as_frames.h"

namespace fiducial::media {
namespace {

Error noFamily(const MediumLocation& location) {
  return {ErrorCode::Unsupported, "this program has no reader for the format '" + location.info.format + "'",
          location.path.string(), ""};
}

Status filesExist(const MediumLocation& location) {
  for (const auto& file : location.files) {
    std::error_code code;
    if (!std::filesystem::exists(file, code)) {
      return Error{ErrorCode::NotFound, "the file is no longer there", file.string(),
                   "use Locate... to say where it is"};
    }
  }
  return {};
}

Result<MediumIdentity> identifyByBytes(const MediumLocation& location, std::stop_token stop,
                                       const runtime::Progress& progress) {
  if (location.files.size() == 1) {
    auto hash = runtime::hashFile(location.files.front(), stop, progress);
    if (!hash) return hash.error();
    return MediumIdentity{hash->hex, hash->sizeBytes};
  }
  runtime::ContentHash all;
  MediumIdentity identity;
  for (const auto& file : location.files) {
    auto hash = runtime::hashFile(file, stop, progress);
    if (!hash) return hash.error();
    all.update(hash->hex);
    identity.sizeBytes += hash->sizeBytes;
  }
  identity.hash = all.hex();
  return identity;
}

}  // namespace

Result<std::unique_ptr<VolumeSource>> openVolume(const MediumLocation& location) {
  const Family* family = familyOf(location.info);
  if (family == nullptr) return noFamily(location);
  if (auto there = filesExist(location); !there) return there.error();
  if (family->openVolume != nullptr) return family->openVolume(location);
  auto frames = family->openFrames(location, {}, {}, {});
  if (!frames) return frames.error();
  return framesAsVolume(std::move(*frames));
}

Result<std::unique_ptr<FrameSource>> openFrames(const MediumLocation& location, std::span<const std::byte> savedIndex,
                                                std::stop_token stop, const runtime::Progress& progress) {
  const Family* family = familyOf(location.info);
  if (family == nullptr) return noFamily(location);
  if (auto there = filesExist(location); !there) return there.error();
  if (family->openFrames != nullptr) return family->openFrames(location, savedIndex, stop, progress);
  auto volume = family->openVolume(location);
  if (!volume) return volume.error();
  return volumeAsFrames(std::move(*volume));
}

Result<MediumIdentity> identify(const MediumLocation& location, std::stop_token stop,
                                const runtime::Progress& progress) {
  if (auto there = filesExist(location); !there) return there.error();
  const Family* family = familyOf(location.info);
  if (family != nullptr && family->identify != nullptr) return family->identify(location, stop, progress);
  return identifyByBytes(location, stop, progress);
}

}  // namespace fiducial::media
