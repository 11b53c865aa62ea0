// What lies over the stored slices but is no label: graphics of the file, and shutters of a presentation.
#include "parts.h"
#include "presentation_parts.h"

namespace fiducial::workspace {
namespace {

constexpr render::Rgba kGraphics{255, 236, 140, 255};

void addPlain(const RunMask& mask, render::Rgba color, std::vector<render::MaskLayer>& layers) {
  render::MaskLayer& layer = layers.emplace_back();
  layer.mask = &mask;
  layer.color = color;
  layer.fill = 1;
  layer.outlinePx = 0;
}

}  // namespace

void Workspace::Parts::addFileLayers(int view, std::vector<render::MaskLayer>& layers) const {
  if (medium.isVolume() && !views.isStored(view)) return;
  const auto step = shownStep.find(view);
  const int picture = !medium.isVolume() ? frame : step != shownStep.end() ? step->second : views.at(view).step;
  if (presentation && shutter.size.pixels() > 0 && isForPicture(*presentation, picture)) {
    const auto light = static_cast<std::uint8_t>(presentation->shutterLight * 255 + 0.5);
    addPlain(shutter, {light, light, light, 255}, layers);
  }
  if (!overlay.graphics) return;
  if (const auto volume = medium.volume()) {
    for (const OverlayPlane& plane : volume->graphics(picture)) addPlain(plane.mask, kGraphics, layers);
  } else if (const auto shown = medium.shownFrame()) {
    for (const OverlayPlane& plane : shown->graphics) addPlain(plane.mask, kGraphics, layers);
  }
}

}  // namespace fiducial::workspace
