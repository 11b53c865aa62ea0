// What a tool may know of the frame it works on. Built by the workspace for each event; borrowed for the call.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "fiducial/core/edit.h"
#include "fiducial/core/records.h"

namespace fiducial::edit {

/// A label of any kind.
struct LabelRef {
  RecordKind kind = RecordKind::Annotation;
  RawId id = 0;
  friend auto operator<=>(const LabelRef&, const LabelRef&) = default;
};

/// A shape as it stands on the current frame: an annotation, or a track at this frame.
struct SceneShape {
  LabelRef ref{};
  Shape shape{};
  ClassId labelClass{};
  bool interpolated = false;  ///< a track between key frames
  RawId keyframeId = 0;       ///< the track's key frame exactly on this frame, else 0
  bool occluded = false;
  bool locked = false;
  Attributes attributes{};  ///< of the annotation, or of the track's key frame on this frame
  std::string note{};       ///< annotations only
};

struct SceneSegment {
  SegmentationId id{};
  ClassId labelClass{};
  const BrickVolume* voxels = nullptr;
  bool locked = false;
};

/// Which plane of the grid the pointer works in: voxel axes of the picture's x and y, and of stepping.
struct ScenePlane {
  int axisX = 0;
  int axisY = 1;
  int axisStep = 2;
  int step = 0;
  [[nodiscard]] bool isStored() const { return axisX == 0 && axisY == 1; }
};

struct ToolSettings {
  double brushRadiusPx = 6;  ///< image pixels along x; a sphere uses the same distance in mm in all directions
  bool sphere = false;       ///< brush and eraser in 3D (volumes)
  bool allowOverlap = false;
  double simplifyTolerancePx = 0.75;  ///< freehand polygons, screen pixels
};

struct ToolContext {
  MediumId medium{};
  MediumKind mediumKind = MediumKind::Image;
  int frame = 0;
  int time = 0;
  ImageSize size{};  ///< of the picture in the view's plane
  double imagePixelsPerScreenPixel = 1;
  ClassId labelClass{};                  ///< of the next label; none: tools that draw say that a class is wanted
  std::span<const SceneShape> shapes{};  ///< bottom to top; hidden ones are not in it
  std::span<const LabelRef> selection{};
  VolumeSize volumeSize{};  ///< volumes only
  std::array<double, 3> spacingMm{1, 1, 1};
  ScenePlane plane{};
  SegmentationId activeSegment{};  ///< none: the first stroke makes one of `labelClass`
  std::span<const SceneSegment> segments{};
  bool drawsTracks = false;  ///< video and cine: new shapes become tracks with a key frame here
  ToolSettings settings{};
};

}  // namespace fiducial::edit
