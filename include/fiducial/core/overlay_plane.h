// A graphic that lies in a file beside its pixels: shown over the picture, never part of its values.
// Source: DICOM PS3.3 C.9.2 (Overlay Plane), PS3.5 8.1.2 (bits outside Bits Stored).
#pragma once

#include <string>

#include "fiducial/core/run_mask.h"

namespace fiducial {

/// Frame: `mask` has the size of the picture; what lies outside the picture is cut off. Owner: a value.
struct OverlayPlane {
  int group = 0x6000;       ///< 0x6000, 0x6002 ... 0x60FF
  bool isRegion = false;    ///< type R (region of interest); else G (graphic)
  std::string label;        ///< UTF-8; may be empty
  std::string description;  ///< UTF-8; may be empty
  RunMask mask;
  friend bool operator==(const OverlayPlane&, const OverlayPlane&) = default;
};

}  // namespace fiducial
