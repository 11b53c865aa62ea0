// A video's index and the background decode that proves it. Packets are not pictures: until that decode has run, frame
// numbers of a long video are provisional (MediumInfo::framesProvisional).
#pragma once

#include <cstddef>
#include <span>
#include <stop_token>
#include <vector>

#include "fiducial/core/result.h"
#include "fiducial/media/find_media.h"
#include "fiducial/runtime/progress.h"

namespace fiducial::media {

/// Decodes the whole video once and counts the pictures it shows. The answer is an index to store and to hand to
/// openFrames(), whose frames are then exact; at once where `savedIndex` is of this file and confirmed already.
/// Takes about the time of playing at ten times the speed. Errors: Unsupported (not a video file), Damaged, Cancelled.
/// Thread: any, decodes on two threads; independent of every open FrameSource of the same file.
[[nodiscard]] Result<std::vector<std::byte>> confirmVideoIndex(const MediumLocation& location,
                                                               std::span<const std::byte> savedIndex = {},
                                                               std::stop_token stop = {},
                                                               const runtime::Progress& progress = {});

/// True where the index says that it was confirmed. Whether it is of some file only opening can tell.
[[nodiscard]] bool isConfirmedIndex(std::span<const std::byte> index);

}  // namespace fiducial::media
