// Where a track stands on a frame: key frames, what lies between them, and where it ends.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "fiducial/core/edit.h"
#include "fiducial/core/records.h"

namespace fiducial {

struct TrackState {
  Shape shape;
  bool isKeyframe = false;
  bool occluded = false;
  RawId keyframeId = 0;  ///< of the key frame at or before the frame
};

/// `keyframes` sorted by frame. Nothing before the first one, and where the track is outside.
[[nodiscard]] std::optional<TrackState> stateAt(std::span<const Stored<Keyframe>> keyframes, int frame);

}  // namespace fiducial
