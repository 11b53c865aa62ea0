// A presentation view applied to the canvas: how the stored slices lie, and what its shutters hide.
#pragma once

#include "fiducial/core/presentation.h"
#include "fiducial/core/run_mask.h"
#include "fiducial/render/plane_view.h"

namespace fiducial::workspace {

/// The stored plane turned clockwise, then mirrored.
[[nodiscard]] render::PlaneAxes axesOf(const PresentationView& presentation);
/// True where it says how the picture lies: turn, flip, or a part of it.
[[nodiscard]] bool isSpatial(const PresentationView& presentation, ImageSize picture);
/// Pixels whose centre lies outside any of its shutters. Frame: the stored picture.
[[nodiscard]] RunMask hiddenBy(const PresentationView& presentation, ImageSize picture);
/// True where it is for picture n of its medium.
[[nodiscard]] bool isForPicture(const PresentationView& presentation, int n);

}  // namespace fiducial::workspace
