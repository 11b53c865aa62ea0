// One recycling allocator for volumes, frames and masks: 2 MB aligned, MADV_HUGEPAGE, freed blocks kept for the next
// user up to a bound. First touch of 4 KB pages costs more than parsing does (docs/architecture.md, "How a frame
// travels").
#pragma once

#include <cstddef>
#include <memory>

#include "fiducial/core/result.h"
#include "fiducial/core/scalar_buffer.h"

namespace fiducial::runtime {

/// Contents are unspecified. Thread: any. Errors: TooLarge where memory is refused.
[[nodiscard]] Result<std::shared_ptr<std::byte[]>> allocateBytes(std::size_t sizeBytes);
[[nodiscard]] Result<ScalarBuffer> allocateScalars(ScalarType type, int components, VolumeSize size);
/// Gives cached free blocks back to the system.
void trimBuffers();

}  // namespace fiducial::runtime
