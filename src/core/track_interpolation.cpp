#include "fiducial/core/track_interpolation.h"

#include <algorithm>

namespace fiducial {

std::optional<TrackState> stateAt(std::span<const Stored<Keyframe>> keyframes, int frame) {
  const auto next =
      std::ranges::upper_bound(keyframes, frame, {}, [](const Stored<Keyframe>& k) { return k.value.frame; });
  if (next == keyframes.begin()) return std::nullopt;
  const Stored<Keyframe>& at = *std::prev(next);
  if (at.value.outside) return std::nullopt;
  const bool isKeyframe = at.value.frame == frame;
  const bool holds = isKeyframe || next == keyframes.end() || next->value.outside;
  if (holds) return TrackState{at.value.shape, isKeyframe, at.value.occluded, at.id};
  const double fraction = (double(frame) - at.value.frame) / (double(next->value.frame) - at.value.frame);
  return TrackState{interpolate(at.value.shape, next->value.shape, fraction), false, at.value.occluded, at.id};
}

}  // namespace fiducial
