// Files of a folder into stacks: by series, orientation, size and pixel format; sorted by position along the normal.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "fiducial/media/find_media.h"
#include "slice_stack.h"

namespace fiducial::media::dicom {

/// Every file ends in a stack or in `skipped` (duplicates), with the reason.
[[nodiscard]] std::vector<SliceStack> groupFiles(std::span<const std::shared_ptr<const ImageFile>> files,
                                                 std::vector<SkippedFile>& skipped);

/// The stacks within one multi-frame file; one for all others.
[[nodiscard]] std::vector<SliceStack> stacksOfFile(const std::shared_ptr<const ImageFile>& file);

/// The stack whose files these are, in this order (as found before).
[[nodiscard]] SliceStack stackInOrder(std::span<const std::shared_ptr<const ImageFile>> files, const MediumInfo& info);

}  // namespace fiducial::media::dicom
