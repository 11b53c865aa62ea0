// The two ways to read a stack of DICOM frames: whole, or frame by frame.
#pragma once

#include <memory>

#include "fiducial/media/frame_source.h"
#include "fiducial/media/volume_source.h"
#include "slice_stack.h"

namespace fiducial::media::dicom {

[[nodiscard]] std::unique_ptr<VolumeSource> volumeOver(SliceStack stack);
[[nodiscard]] std::unique_ptr<FrameSource> framesOver(SliceStack stack);

}  // namespace fiducial::media::dicom
