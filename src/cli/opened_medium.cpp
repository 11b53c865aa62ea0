#include "opened_medium.h"

#include <string>

namespace fiducial::cli {

Result<media::MediumLocation> mediumAt(const std::filesystem::path& path, int index, Console& console,
                                       std::stop_token stop) {
  auto listing = media::findMedia(path, {console.progress()}, stop);
  if (!listing) return listing.error();
  auto& found = listing->media;
  if (found.empty()) {
    const std::string reason = listing->skipped.empty() ? "" : ": " + listing->skipped.front().reason;
    return Error{ErrorCode::NotFound, "there are no media here that can be opened" + reason, path.string(), {}};
  }
  if (index < 0 || static_cast<std::size_t>(index) >= found.size()) {
    return Error{ErrorCode::OutOfRange, "there is no medium " + std::to_string(index), path.string(),
                 "`inspect` lists what is there, from 0 to " + std::to_string(found.size() - 1)};
  }
  return std::move(found[static_cast<std::size_t>(index)].location);
}

}  // namespace fiducial::cli
