// Small pictures of media for the browser: made once, kept in the project.
#pragma once

#include <functional>
#include <memory>
#include <stop_token>
#include <vector>

#include "fiducial/project/project.h"

namespace fiducial::workspace {

constexpr int kThumbnailPx = 96;  ///< longest side

/// Those of `media`, one after the other; `made` is called with RGBX pictures as they are there, from this thread.
/// Media that cannot be opened have none. Thread: any; looks at `stop` between media.
void makeThumbnails(project::Project& project, const std::vector<Stored<Medium>>& media,
                    const std::function<void(MediumId, ScalarBuffer)>& made, const std::stop_token& stop);

}  // namespace fiducial::workspace
