// Which states of a track must become key frames, so that every frame between them comes out as it was read.
#pragma once

#include <span>
#include <vector>

#include "fiducial/core/attribute.h"
#include "fiducial/core/shape.h"

namespace fiducial::exchange {

/// A track on one frame, as the dataset says it.
struct CocoState {
  int frame = 0;
  Shape shape;
  bool isKeyframe = true;
  bool isOccluded = false;
  Attributes attributes;
};

/// `run`: states on frames that follow one another. True for each that has to be a key frame, given that the track is
/// outside on the frame behind the last: those that say they are one, those where occlusion or attributes change, and
/// as many more as interpolation needs to come within a thousandth of a pixel. Pure.
[[nodiscard]] std::vector<bool> keyStates(std::span<const CocoState> run);

}  // namespace fiducial::exchange
