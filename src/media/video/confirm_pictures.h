// Which pictures a video really shows: decodes it once from beginning to end.
#pragma once

#include <cstdint>
#include <stop_token>

#include "fiducial/core/result.h"
#include "fiducial/runtime/progress.h"
#include "video/index_blob.h"
#include "video/video_input.h"

namespace fiducial::media::video {

/// The index with its pictures confirmed. Errors: Damaged (not one picture), Unsupported, Cancelled.
[[nodiscard]] Result<VideoIndex> confirmPictures(VideoInput& input, PacketIndex packets, std::stop_token stop,
                                                 const runtime::Progress& progress);

/// True where packets are known to be a bad guess at pictures: field pairs, packed pictures, times left out.
[[nodiscard]] bool packetsMislead(const VideoInput& input, const PacketIndex& packets);

/// True where that takes about a second at most; longer streams are confirmed only where packets are a bad guess.
[[nodiscard]] bool isQuickToConfirm(const VideoInput& input, const PacketIndex& packets);

}  // namespace fiducial::media::video
