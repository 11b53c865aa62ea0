// How somebody wanted a picture shown: window, inversion, turn and flip, displayed area, shutters.
// Source: DICOM PS3.3 C.11.4 to C.11.8, C.10.4 (Displayed Area), C.7.6.11 (Display Shutter), C.10.6 (Spatial).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "fiducial/core/geometry.h"
#include "fiducial/core/run_mask.h"
#include "fiducial/core/voi.h"

namespace fiducial {

/// What lies outside is not shown. Several shutters: what lies outside any of them.
/// Frame: continuous pixels of the picture before it is turned or flipped.
struct Shutter {
  enum class Shape : std::uint8_t { Rectangle, Circle, Polygon, Bitmap } shape = Shape::Rectangle;
  double left = 0;  ///< rectangle: left and upper edge, right and lower edge; bitmap: where it begins
  double top = 0;
  double right = 0;
  double bottom = 0;
  ImagePoint center;                ///< circle
  double radius = 0;                ///< circle, pixels
  std::vector<ImagePoint> outline;  ///< polygon
  RunMask hidden;                   ///< bitmap: the pixels not shown; what lies outside it is
  friend bool operator==(const Shutter&, const Shutter&) = default;
};

/// One wish, for the whole medium or some of its pictures. Owner: a value.
struct PresentationView {
  std::string name;                   ///< content label, UTF-8
  std::string description;            ///< UTF-8
  std::optional<WindowLevel> window;  ///< nothing: all values (colour: none)
  bool inverted = false;              ///< presentation LUT INVERSE: low values bright (over MONOCHROME2)
  int rotation = 0;                   ///< 0, 90, 180, 270 degrees clockwise, before the flip
  bool flip = false;                  ///< mirrored left-right, after the rotation
  std::vector<Shutter> shutters;
  double shutterLight = 0;   ///< 0 black .. 1 white, of what a shutter hides
  std::optional<Box> area;   ///< shown part of the picture; nothing: all of it
  double magnification = 0;  ///< screen pixels per picture pixel where asked for; 0: the area fills the view
  std::vector<std::uint16_t> lightTable;  ///< presentation LUT: 0..65535 over the whole range of light; empty: none
  std::vector<int> pictures;              ///< indices it is for; empty: all
  friend bool operator==(const PresentationView&, const PresentationView&) = default;
};

}  // namespace fiducial
