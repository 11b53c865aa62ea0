// A video, cine or image read as a stack of slices over time, for families that only know frames.
#pragma once

#include <memory>

#include "fiducial/core/result.h"
#include "fiducial/media/frame_source.h"
#include "fiducial/media/volume_source.h"

namespace fiducial::media {

/// Slices are the frames; the affine is the medium's own. Errors at load(): TooLarge beyond what memory can hold.
[[nodiscard]] Result<std::unique_ptr<VolumeSource>> framesAsVolume(std::unique_ptr<FrameSource> frames);

}  // namespace fiducial::media
