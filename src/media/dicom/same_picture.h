// Whether two frames at one place are one picture that is there twice.
#pragma once

#include "frame_values.h"

namespace fiducial::media::dicom {

/// True where nothing in the headers tells them apart in kind or time, and their pixel data are the same bytes.
/// Reads both files where only that can tell. Thread: any.
[[nodiscard]] bool isSamePicture(const FrameRef& a, const FrameRef& b);

}  // namespace fiducial::media::dicom
