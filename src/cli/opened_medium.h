// The medium that PATH and --medium N name, for the commands that work without a project.
#pragma once

#include <filesystem>
#include <stop_token>

#include "console.h"
#include "fiducial/core/result.h"
#include "fiducial/media/find_media.h"

namespace fiducial::cli {

/// Errors: those of findMedia; NotFound where there are none; OutOfRange for an index beyond them.
[[nodiscard]] Result<media::MediumLocation> mediumAt(const std::filesystem::path& path, int index, Console& console,
                                                     std::stop_token stop);

}  // namespace fiducial::cli
