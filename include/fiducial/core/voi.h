// How output values become light: a window with its function, or a table of values of interest.
// Source: DICOM PS3.3 C.11.2.1 (VOI LUT, Window Center and Window Width, VOI LUT Function).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace fiducial {

/// Linear is the standard's default, which counts whole steps; Table takes `VoiTable` and no window.
enum class VoiFunction : std::uint8_t { Linear = 0, LinearExact = 1, Sigmoid = 2, Table = 3 };

/// Entry [clamp(round(output - first))] of 0..top, which are black and white.
struct VoiTable {
  double first = 0;  ///< output value of the first entry
  double top = 255;  ///< 2^bits - 1
  std::vector<std::uint16_t> entries;
  friend bool operator==(const VoiTable&, const VoiTable&) = default;
};

/// How stored values become gray: VOI window in output units (HU for CT).
struct WindowLevel {
  double center = 0;
  double width = 1;
  std::string name;  ///< explanation from the file or the preset's name
  VoiFunction function = VoiFunction::Linear;
  /// For Table only; center and width then say the range it spreads. From the file: not stored in a project.
  std::shared_ptr<const VoiTable> table{};
  friend bool operator==(const WindowLevel&, const WindowLevel&) = default;
};

}  // namespace fiducial
