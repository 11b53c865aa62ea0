// The tracks of one medium with their key frames, and the frames on which each is there.
#pragma once

#include <vector>

#include "fiducial/core/edit.h"
#include "fiducial/core/result.h"
#include "fiducial/project/project.h"
#include "selection.h"

namespace fiducial::exchange {

struct TrackWithKeyframes {
  Stored<Track> track;
  std::vector<Stored<Keyframe>> keyframes;  ///< sorted by frame
};

[[nodiscard]] Result<std::vector<TrackWithKeyframes>> tracksOf(const project::Project& project, MediumId medium);
/// From each key frame to the next, those left out where it is outside; in order, after the last to the medium's end.
[[nodiscard]] std::vector<FrameSpan> framesOf(const TrackWithKeyframes& track, int frameCount);

}  // namespace fiducial::exchange
