// One stroke of brush or eraser, from press to release: on a 2D mask, or on the bricks of a segment.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "fiducial/edit/tool.h"

namespace fiducial::edit {

enum class StrokeMode { Paint, Erase };

class Stroke {
 public:
  virtual ~Stroke() = default;
  /// From the last point to this one; the first call sets one dab.
  virtual void extend(ImagePoint to, const ToolContext& context) = 0;
  [[nodiscard]] virtual Preview preview() const = 0;
  /// Nothing where the stroke changed no pixel.
  [[nodiscard]] virtual ToolOutput finish(const ToolContext& context) = 0;
  virtual void renameLabels(const std::function<RawId(RawId)>& mapping) = 0;
};

struct StrokeStart {
  std::unique_ptr<Stroke> stroke;  ///< null: `message` says why
  std::string message;
};
/// On the mask annotation that is selected (else: erasing, the topmost under the press; painting, a new one).
[[nodiscard]] StrokeStart startMaskStroke(StrokeMode mode, ImagePoint at, const ToolContext& context);
/// On the active segment, or a new one of the class.
[[nodiscard]] StrokeStart startVoxelStroke(StrokeMode mode, const ToolContext& context);

}  // namespace fiducial::edit
