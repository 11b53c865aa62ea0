// A Tone as one straight line from stored values to light.
#pragma once

#include "fiducial/core/scalar_buffer.h"
#include "fiducial/render/picture_renderer.h"

namespace fiducial::render {

/// light = (stored - origin) * scale + base; 0 is black, 255 white, clamping comes later. Kept about an origin near the
/// window, because 16-bit values times a narrow window's slope would lose a float's last digits.
struct ToneMap {
  double origin = 0;
  double scale = 1;
  double base = 0;
};

/// Whole output values step by 1, which is what DICOM's LINEAR function takes for granted (PS3.3 C.11.2.1.2.1); all
/// others take LINEAR_EXACT (C.11.2.1.3.2).
[[nodiscard]] bool hasWholeSteps(ScalarType type, double slope);
[[nodiscard]] ToneMap grayMap(const Tone& tone, ScalarType type);
[[nodiscard]] ToneMap colorMap(const Tone& tone, ScalarType type);

}  // namespace fiducial::render
