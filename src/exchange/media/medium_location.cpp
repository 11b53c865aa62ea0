// Where a project's media are now, opening them, and checking that they are what they were.
#include <system_error>

#include "fiducial/exchange/project_media.h"
#include "media/media_path.h"

namespace fiducial::exchange {
namespace {

namespace fs = std::filesystem;

Error notThere(const Medium& medium, const fs::path& path) {
  return {ErrorCode::NotFound, "medium \"" + medium.name + "\" is not there", path.string(),
          "put it back, or point to where it is now with Locate... in the workstation"};
}

// What is wrong with the files of one medium; empty: nothing.
std::string problemOf(const project::Project& project, const Medium& medium, std::stop_token stop) {
  const auto location = locationOf(project, medium);
  if (!location) return location.error().text();
  const auto identity = media::identify(*location, stop);
  if (!identity) return "medium \"" + medium.name + "\": " + identity.error().text();
  if (identity->sizeBytes != medium.sizeBytes || identity->hash != medium.hash) {
    return "medium \"" + medium.name + "\" has changed since it was added (" + location->path.string() + ", " +
           std::to_string(identity->sizeBytes) + " instead of " + std::to_string(medium.sizeBytes) +
           " bytes or other contents); put the original back";
  }
  return {};
}

}  // namespace

Result<media::MediumLocation> locationOf(const project::Project& project, const Medium& medium) {
  media::MediumLocation location = storedLocation(medium, project.folder());
  if (medium.missing || medium.path.empty()) return notThere(medium, medium.path);
  std::error_code failed;
  if (!fs::exists(location.path, failed)) return notThere(medium, location.path);
  for (const fs::path& file : location.files) {
    if (!fs::exists(file, failed)) return notThere(medium, file);
  }
  return location;
}

Result<std::unique_ptr<media::FrameSource>> openProjectFrames(const project::Project& project,
                                                              const Stored<Medium>& medium, std::stop_token stop) {
  const auto location = locationOf(project, medium.value);
  if (!location) return location.error();
  std::vector<std::byte> index;
  if (medium.value.info.kind == MediumKind::Video) {
    // The index only spares a pass over the file: without it the frames are the same.
    if (auto stored = project.cachedBlob(MediumId{medium.id}, kPacketIndexBlob)) index = std::move(*stored);
  }
  return media::openFrames(*location, index, stop);
}

Result<MediaCheck> verifyMedia(const project::Project& project, std::stop_token stop) {
  const auto media = project.media();
  if (!media) return media.error();
  MediaCheck check;
  for (const auto& medium : *media) {
    if (stop.stop_requested()) return Error{ErrorCode::Cancelled, "stopped", {}, {}};
    if (medium.value.missing) {
      check.missing.push_back(medium.value.name);
      continue;
    }
    if (std::string problem = problemOf(project, medium.value, stop); !problem.empty()) {
      check.problems.push_back(std::move(problem));
    }
  }
  if (stop.stop_requested()) return Error{ErrorCode::Cancelled, "stopped", {}, {}};
  return check;
}

}  // namespace fiducial::exchange
