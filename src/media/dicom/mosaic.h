// Siemens mosaics: the slices of a volume as tiles of one picture.
// Source: Siemens MR DICOM conformance statements (private group 0019, CSA header 0029,1010); the place of the first
// tile as dcm2niix computes it.
#pragma once

#include <span>

#include "frame_values.h"

namespace fiducial::media::dicom {

/// Where the file is a mosaic: sets header.mosaic and a frame header with its own position for every tile.
void readMosaic(const DataSet& data, ImageHeader& header);

/// One tile (ref.tile) of its decoded mosaic. Errors: as readFrame().
[[nodiscard]] Status readTile(const FrameRef& ref, const ValuePlan& plan, std::span<std::byte> out);

/// Columns and rows of the picture that `ref` is.
[[nodiscard]] ImageSize pictureSize(const FrameRef& ref);

}  // namespace fiducial::media::dicom
