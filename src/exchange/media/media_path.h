// The paths of media as a project stores them: forward slashes, relative to the project's folder.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "fiducial/core/records.h"
#include "fiducial/media/find_media.h"

namespace fiducial::exchange {

/// Fills `path` and `files` of a medium from where its bytes are. `folder`: the project's.
void storePaths(const media::MediumLocation& location, const std::filesystem::path& folder, Medium& medium);
/// Back to absolute paths; nothing is looked at.
[[nodiscard]] media::MediumLocation storedLocation(const Medium& medium, const std::filesystem::path& folder);

}  // namespace fiducial::exchange
