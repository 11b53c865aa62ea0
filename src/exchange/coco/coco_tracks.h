// Annotations with a track id put together to tracks again: key frames, occlusion, and the frames where the thing is
// gone.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "coco/coco_classes.h"
#include "coco/coco_key_states.h"
#include "coco/coco_media.h"
#include "fiducial/core/edit.h"

namespace fiducial::exchange {

/// Thread: one.
class CocoTracks {
 public:
  using State = CocoState;
  /// One annotation of the track `trackId`, which belongs to one medium and one class.
  void add(const CocoTarget& target, ClassId labelClass, std::int64_t trackId, State state);
  void startFile(std::string name);  ///< track ids of another file are other tracks
  /// Tracks and key frames; a frame without the track ends it there ("outside") until it comes again.
  void put(CocoClasses& classes, LeftOut& leftOut, std::vector<Change>& changes, RawId& nextId);
  [[nodiscard]] std::int64_t count() const { return static_cast<std::int64_t>(tracks_.size()); }

 private:
  using Key = std::tuple<std::size_t, MediumId, ClassId, std::int64_t>;  // file, medium, class, track's id there
  struct TrackStates {
    int frameCount = 1;
    std::vector<State> states;
  };
  std::vector<std::string> files_;
  std::map<Key, TrackStates> tracks_;
};

}  // namespace fiducial::exchange
