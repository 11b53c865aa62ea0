// The memory of a volume's voxels: from the allocator, or a mapped temporary file where it is beyond memoryBound().
#pragma once

#include "fiducial/core/result.h"
#include "fiducial/core/scalar_buffer.h"

namespace fiducial::media {

/// Contents are unspecified (zeros where they are in a file). Errors: TooLarge where neither memory nor disk has room.
/// The file has no name, lies in FIDUCIAL_SPILL_FOLDER, TMPDIR or /var/tmp, whichever is on a disk and has room, and is
/// gone with the last reader, also after a crash.
[[nodiscard]] Result<ScalarBuffer> allocateVolume(ScalarType type, int components, VolumeSize size);

}  // namespace fiducial::media
