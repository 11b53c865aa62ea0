// The graphics that lie over the frames of a file. Source: DICOM PS3.3 C.9.2, PS3.5 8.1.2.
#pragma once

#include <vector>

#include "fiducial/core/overlay_plane.h"
#include "frame_values.h"

namespace fiducial::media::dicom {

/// The planes over one frame, cut to the picture; planes that are not all there are left out. Reads the file; nothing
/// is read where the header names no overlay. Thread: any.
[[nodiscard]] std::vector<OverlayPlane> graphicsOf(const FrameRef& ref);

}  // namespace fiducial::media::dicom
