// Where the pixels of a segmentation's frame are in a medium. Voxels go from grid to grid or nowhere: there is no
// resampling. Source: DICOM PS3.3 C.7.6.2.1.1 (plane geometry), C.7.6.16.2.1 (references).
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "dicom/referenced_media.h"

namespace fiducial::exchange {

struct PlaneGeometry {
  std::array<double, 3> position{};     ///< LPS mm, centre of the first pixel
  std::array<double, 3> alongRow{};     ///< unit vector of increasing column
  std::array<double, 3> alongColumn{};  ///< unit vector of increasing row
  double columnSpacing = 0;             ///< mm between columns
  double rowSpacing = 0;                ///< mm between rows
};

/// Pixel (column, row) of the frame is voxel origin + column * columnStep + row * rowStep of the medium.
struct FramePlacing {
  const TargetMedium* medium = nullptr;
  int time = 0;
  Voxel origin;
  Voxel columnStep{1, 0, 0};
  Voxel rowStep{0, 1, 0};
};

struct FrameSource {
  std::vector<MediumFrame> references;  ///< frames of media that it refers to
  std::optional<PlaneGeometry> geometry;
  ImageSize size;
  std::optional<ImageSize> totalSize;  ///< of a tiled object
  int columnOffset = 0;                ///< of its tile, pixels
  int rowOffset = 0;
};

struct Placing {
  std::optional<FramePlacing> at;
  std::string problem;  ///< why there is none: "they have no place on a slice of CT_1"
  std::string note;     ///< what is odd about it; empty: nothing
};

[[nodiscard]] Placing placeFrame(const FrameSource& frame, const ReferencedMedia& media);

}  // namespace fiducial::exchange
