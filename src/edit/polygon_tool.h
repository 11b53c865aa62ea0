// Clicks set vertices, a drag draws freehand; double click, Accept or a click on the first vertex closes the polygon.
#pragma once

#include <vector>

#include "fiducial/edit/tool.h"

namespace fiducial::edit {

class PolygonTool final : public Tool {
 public:
  ToolOutput handle(const PointerEvent& event, const ToolContext& context) override;
  [[nodiscard]] bool isBusy() const override { return state_ != State::Idle; }

 private:
  /// Idle -press-> Pressed -release-> Open -press-> Pressed; Pressed -far move-> Freehand -release-> Open or done.
  enum class State { Idle, Pressed, Freehand, Open };

  ToolOutput press(const PointerEvent& event, const ToolContext& context);
  ToolOutput move(const PointerEvent& event, const ToolContext& context);
  ToolOutput release(const PointerEvent& event, const ToolContext& context);
  ToolOutput finish(const ToolContext& context);
  ToolOutput back();
  ToolOutput cancel();
  bool deleteVertexAt(ImagePoint at, double reach);
  [[nodiscard]] ToolOutput preview() const;

  State state_ = State::Idle;
  std::vector<ImagePoint> points_;
  std::vector<ImagePoint> stroke_;  ///< freehand, from points_.back() on; not simplified yet
  ImagePoint pointer_;
};

}  // namespace fiducial::edit
