// What the hand does, in image coordinates: the only input a tool ever sees.
#pragma once

#include <cstdint>

#include "fiducial/core/geometry.h"

namespace fiducial::edit {

enum class Button : std::uint8_t { None, Primary, Middle, Secondary };

struct PointerEvent {
  enum class Kind : std::uint8_t {
    Press,
    Move,  ///< with button None: hovering
    Release,
    DoubleClick,  ///< arrives instead of the second Press
    Accept,       ///< Enter, or a right click with a shape in progress
    Cancel,       ///< Escape, a lost grab, a change of tool or medium
    Back,         ///< Backspace: last point back
  };
  Kind kind = Kind::Move;
  ImagePoint at{};  ///< picture coordinates of the view's plane (stored plane: label coordinates)
  Button button = Button::None;
  bool control = false;  ///< the tool's opposite
  bool shift = false;    ///< extend or constrain
  double pressure = 1;   ///< 0..1, 1 for a mouse
  bool pen = false;      ///< larger reach
};

}  // namespace fiducial::edit
