// What the mouse does where no tool takes it: Fiducial's way, or that of the program somebody comes from.
#pragma once

#include <QString>
#include <array>

namespace fiducial::ui {

enum class MousePreset {
  Fiducial,    ///< left on empty picture pans, right drag windows
  Viewers,     ///< OHIF, Weasis: left on empty picture windows, right drag zooms
  Segmenters,  ///< 3D Slicer, ITK-SNAP: left on empty picture pans, right drag zooms, W held windows
};

/// By command id, as remembered in the settings.
struct MousePresetName {
  MousePreset preset;
  const char* commandId;
};
inline constexpr std::array kMousePresets{MousePresetName{MousePreset::Fiducial, "mouse.fiducial"},
                                          MousePresetName{MousePreset::Viewers, "mouse.viewers"},
                                          MousePresetName{MousePreset::Segmenters, "mouse.segmenters"}};

}  // namespace fiducial::ui
