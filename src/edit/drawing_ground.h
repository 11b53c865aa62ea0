// What every tool that draws a new shape asks first.
#pragma once

#include <string>

#include "fiducial/edit/tool.h"

namespace fiducial::edit {

/// Why nothing can be drawn here, for the strip; empty: it can.
[[nodiscard]] inline std::string reasonNotToDraw(const ToolContext& context) {
  if (isNone(context.labelClass)) return "Choose a class first: press Q and type a name";
  if (context.mediumKind == MediumKind::Volume && !context.plane.isStored()) {
    return "Shapes stand on the stored slices: draw in the first view, or paint with the brush (S)";
  }
  return {};
}

/// A press that opens no shape is a click.
constexpr double kClickScreenPx = 3;

[[nodiscard]] inline double clickSize(const ToolContext& context) {
  return kClickScreenPx * context.imagePixelsPerScreenPixel;
}

/// "34.2 x 18.0 px"
[[nodiscard]] std::string sizeText(const Box& box);

}  // namespace fiducial::edit
