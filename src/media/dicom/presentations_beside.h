// Presentation states in the folder of a medium that are for its pictures.
#pragma once

#include <vector>

#include "fiducial/core/presentation.h"
#include "slice_stack.h"

namespace fiducial::media::dicom {

/// By name. Looks at the small files beside those of the stack, at most some thousands of them, and reads 1 KB of each.
/// `info` is the medium's, as described. Thread: any.
[[nodiscard]] std::vector<PresentationView> presentationsBeside(const SliceStack& stack, const MediumInfo& info);

}  // namespace fiducial::media::dicom
