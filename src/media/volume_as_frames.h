// A volume read slice by slice as frames, for whoever shows or exports single slices of it.
#pragma once

#include <memory>

#include "fiducial/core/result.h"
#include "fiducial/media/frame_source.h"
#include "fiducial/media/volume_source.h"

namespace fiducial::media {

/// The first frame asked for loads the whole volume; frames then share its bytes.
[[nodiscard]] Result<std::unique_ptr<FrameSource>> volumeAsFrames(std::unique_ptr<VolumeSource> volume);

}  // namespace fiducial::media
