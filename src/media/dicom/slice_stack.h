// Frames that make one medium, in stored order, and the geometry they share.
#pragma once

#include <string>
#include <vector>

#include "fiducial/core/affine.h"
#include "fiducial/core/medium.h"
#include "frame_values.h"

namespace fiducial::media::dicom {

struct SliceStack {
  MediumKind kind = MediumKind::Volume;
  std::vector<FrameRef>
      frames;  ///< times * slices; the slices of one time point together, ascending along row x column
  int times = 1;
  std::string part;      ///< what tells it from the other stacks of its series ("TE 4.6 ms"), for its name; else empty
  std::string selector;  ///< which part of a file that holds several stacks; else empty
  std::vector<std::string> warnings;
};

struct StackGeometry {
  bool isPatientSpace = false;
  Affine affine;
  std::vector<std::string> warnings;  ///< missing slices, irregular spacing, gantry tilt
};

/// Unit normal: row x column.
[[nodiscard]] Vector3 normalOf(const Orientation& orientation);
/// Distance along the normal; 0 without geometry.
[[nodiscard]] double distanceAlongNormal(const FrameHeader& frame, const Vector3& normal);
/// From the sorted slices of one time point. Source: PS3.3 C.7.6.2.1.1.
[[nodiscard]] StackGeometry geometryOf(std::span<const FrameRef> slices);

/// The medium such a stack is. `plan` gets how its values are made.
[[nodiscard]] MediumInfo describe(const SliceStack& stack, ValuePlan& plan);

}  // namespace fiducial::media::dicom
