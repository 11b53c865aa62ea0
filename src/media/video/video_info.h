// A video's MediumInfo, and how its pictures stand.
#pragma once

#include "fiducial/core/medium.h"
#include "video/index_blob.h"
#include "video/picture_converter.h"
#include "video/video_input.h"

namespace fiducial::media::video {

[[nodiscard]] Presentation presentationOf(const VideoInput& input);
[[nodiscard]] MediumInfo describeVideo(const VideoInput& input, const VideoIndex& index);
/// From the container's own statements, without reading the stream; frames are provisional, 0 where nothing is stated.
[[nodiscard]] MediumInfo describeUnread(const VideoInput& input);

}  // namespace fiducial::media::video
