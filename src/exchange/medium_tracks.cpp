#include "medium_tracks.h"

#include <map>
#include <utility>

namespace fiducial::exchange {

Result<std::vector<TrackWithKeyframes>> tracksOf(const project::Project& project, MediumId medium) {
  project::LabelQuery query;
  query.medium = medium;
  auto tracks = project.tracks(query);
  if (!tracks) return tracks.error();
  std::vector<TrackWithKeyframes> result;
  if (tracks->empty()) return result;
  auto keyframes = project.keyframes(medium);
  if (!keyframes) return keyframes.error();
  std::map<RawId, std::size_t> at;
  for (auto& track : *tracks) {
    at[track.id] = result.size();
    result.push_back({std::move(track), {}});
  }
  for (auto& keyframe : *keyframes) {
    const auto found = at.find(raw(keyframe.value.track));
    if (found != at.end()) result[found->second].keyframes.push_back(std::move(keyframe));
  }
  return result;
}

std::vector<FrameSpan> framesOf(const TrackWithKeyframes& track, int frameCount) {
  std::vector<FrameSpan> spans;
  const auto& keyframes = track.keyframes;
  for (std::size_t i = 0; i < keyframes.size(); ++i) {
    if (keyframes[i].value.outside) continue;
    const int end = i + 1 < keyframes.size() ? keyframes[i + 1].value.frame : frameCount;
    spans.push_back({keyframes[i].value.frame, end});
  }
  return spans;
}

}  // namespace fiducial::exchange
