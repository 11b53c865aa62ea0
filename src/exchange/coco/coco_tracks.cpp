#include "coco/coco_tracks.h"

#include <algorithm>
#include <span>

namespace fiducial::exchange {
namespace {

// What all states say alike belongs to the track, the rest to its key frames.
Attributes commonOf(const std::vector<CocoTracks::State>& states) {
  Attributes common = states.front().attributes;
  for (const auto& state : states) {
    for (auto it = common.begin(); it != common.end();) {
      const auto same = state.attributes.find(it->first);
      const bool isSame = same != state.attributes.end() && same->second == it->second;
      it = isSame ? std::next(it) : common.erase(it);
    }
  }
  return common;
}

Attributes without(Attributes all, const Attributes& common) {
  for (const auto& [name, value] : common) all.erase(name);
  return all;
}

// One state a frame: the first that the dataset names.
void dropDoubles(std::vector<CocoState>& states, std::string_view file, LeftOut& leftOut) {
  std::stable_sort(states.begin(), states.end(), [](const auto& a, const auto& b) { return a.frame < b.frame; });
  const auto end =
      std::unique(states.begin(), states.end(), [](const auto& a, const auto& b) { return a.frame == b.frame; });
  if (end == states.end()) return;
  leftOut.add("annotation", "their track is on that frame already", {file}, states.end() - end);
  states.erase(end, states.end());
}

// The key frames of a run without gaps, and the one that ends it.
void putRun(std::span<CocoState> run, TrackId track, int frameCount, std::vector<Change>& changes, RawId& nextId) {
  const std::vector<bool> isKept = keyStates(run);
  Keyframe end{track, run.back().frame + 1, run.back().shape, true, false, {}};
  for (std::size_t i = 0; i < run.size(); ++i) {
    if (!isKept[i]) continue;
    CocoState& state = run[i];
    changes.push_back(create(
        Keyframe{track, state.frame, std::move(state.shape), false, state.isOccluded, std::move(state.attributes)},
        nextId--));
  }
  if (end.frame < frameCount) changes.push_back(create(std::move(end), nextId--));
}

}  // namespace

void CocoTracks::startFile(std::string name) { files_.push_back(std::move(name)); }

void CocoTracks::add(const CocoTarget& target, ClassId labelClass, std::int64_t trackId, State state) {
  TrackStates& track = tracks_[{files_.size() - 1, target.medium, labelClass, trackId}];
  track.frameCount = target.frameCount;
  track.states.push_back(std::move(state));
}

void CocoTracks::put(CocoClasses& classes, LeftOut& leftOut, std::vector<Change>& changes, RawId& nextId) {
  for (auto& [key, track] : tracks_) {
    const auto& [file, medium, labelClass, id] = key;
    auto& states = track.states;
    dropDoubles(states, files_[file], leftOut);
    Attributes common = commonOf(states);
    for (State& state : states) {
      state.attributes = without(std::move(state.attributes), common);
      classes.takeAttributes(labelClass, state.attributes, true, {files_[file]}, leftOut);
    }
    classes.takeAttributes(labelClass, common, false, {files_[file]}, leftOut);
    const TrackId trackId{nextId};
    changes.push_back(create(Track{medium, labelClass, Interpolation::Linear, std::move(common)}, nextId--));
    for (std::size_t first = 0; first < states.size();) {
      std::size_t end = first + 1;
      while (end < states.size() && states[end].frame == states[end - 1].frame + 1) ++end;
      putRun(std::span(states).subspan(first, end - first), trackId, track.frameCount, changes, nextId);
      first = end;
    }
  }
}

}  // namespace fiducial::exchange
