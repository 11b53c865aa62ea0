// Slices of one orientation and size into stacks: apart where they are pictures of different kinds (image type, echo,
// b-value), one stack over time where the same places were taken again and again.
// Source: DICOM PS3.3 C.7.6.2.1.1, C.7.6.16.2.2; what dcm2niix parts and stacks.
#pragma once

#include <vector>

#include "fiducial/media/find_media.h"
#include "slice_stack.h"

namespace fiducial::media::dicom {

/// Every frame ends in one stack or, where the same picture is there twice, in `skipped`. Sorted along the normal.
[[nodiscard]] std::vector<SliceStack> splitStacks(std::vector<FrameRef> frames, std::vector<SkippedFile>& skipped);

}  // namespace fiducial::media::dicom
