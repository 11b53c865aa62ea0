// The part of a mask that a view shows, as bits in the direction of the screen's rows.
#pragma once

#include "bit_rows.h"
#include "fiducial/render/picture_renderer.h"
#include "screen_axis.h"

namespace fiducial::render {

/// Row n holds picture pixels `across` at `down.first + n`. Empty ranges where nothing of the mask is in sight.
struct MaskPlane {
  PixelRange across;
  PixelRange down;
  BitRows bits;
  [[nodiscard]] bool empty() const { return across.empty() || down.empty(); }
};

/// `visibleAcross`, `visibleDown`: picture pixels in sight; the plane may reach a little beyond them.
[[nodiscard]] MaskPlane planeOf(const BrickVolume& bricks, const PlaneAxes& axes, int step, bool transpose,
                                PixelRange visibleAcross, PixelRange visibleDown);
[[nodiscard]] MaskPlane planeOf(const RunMask& mask, bool transpose, PixelRange visibleAcross, PixelRange visibleDown);

}  // namespace fiducial::render
