#include "coco/coco_tracks.h"

#include <algorithm>

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

}  // namespace

void CocoTracks::add(const CocoTarget& target, ClassId labelClass, std::int64_t trackId, State state) {
  TrackStates& track = tracks_[{file_, target.medium, labelClass, trackId}];
  track.frameCount = target.frameCount;
  track.states.push_back(std::move(state));
}

void CocoTracks::put(CocoClasses& classes, LeftOut& leftOut, std::vector<Change>& changes, RawId& nextId) {
  for (auto& [key, track] : tracks_) {
    const auto& [file, medium, labelClass, id] = key;
    auto& states = track.states;
    std::stable_sort(states.begin(), states.end(), [](const State& a, const State& b) { return a.frame < b.frame; });
    const auto last =
        std::unique(states.begin(), states.end(), [](const State& a, const State& b) { return a.frame == b.frame; });
    if (last != states.end()) {
      leftOut.add("annotation", "their track is on that frame already", states.end() - last);
      states.erase(last, states.end());
    }
    Attributes common = commonOf(states);
    for (State& state : states) {
      state.attributes = without(std::move(state.attributes), common);
      classes.takeAttributes(labelClass, state.attributes, true, leftOut);
    }
    classes.takeAttributes(labelClass, common, false, leftOut);
    const TrackId trackId{nextId};
    changes.push_back(create(Track{medium, labelClass, Interpolation::Linear, std::move(common)}, nextId--));
    for (std::size_t i = 0; i < states.size(); ++i) {
      State& state = states[i];
      const bool isFirst = i == 0 || states[i - 1].frame + 1 < state.frame;
      const int next = state.frame + 1;
      const bool isLast = i + 1 == states.size() || states[i + 1].frame > next;
      const Shape shape = state.shape;
      if (isFirst || state.isKeyframe) {
        changes.push_back(create(Keyframe{trackId, state.frame, std::move(state.shape), false, state.isOccluded,
                                          std::move(state.attributes)},
                                 nextId--));
      }
      if (isLast && next < track.frameCount)
        changes.push_back(create(Keyframe{trackId, next, shape, true, false, {}}, nextId--));
    }
  }
}

}  // namespace fiducial::exchange
