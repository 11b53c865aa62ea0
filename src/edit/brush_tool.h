// Brush and eraser: a mask on pictures, the active segment on volumes. Ctrl does the opposite.
#pragma once

#include <memory>

#include "fiducial/edit/tool.h"
#include "stroke.h"

namespace fiducial::edit {

class BrushTool final : public Tool {
 public:
  explicit BrushTool(StrokeMode mode) : mode_(mode) {}
  ToolOutput handle(const PointerEvent& event, const ToolContext& context) override;
  [[nodiscard]] bool isBusy() const override { return stroke_ != nullptr; }
  void renameLabels(const std::function<RawId(RawId)>& mapping) override {
    if (stroke_) stroke_->renameLabels(mapping);
  }

 private:
  ToolOutput begin(const PointerEvent& event, const ToolContext& context);
  ToolOutput finish(const ToolContext& context);
  [[nodiscard]] ToolOutput preview() const;

  StrokeMode mode_;
  std::unique_ptr<Stroke> stroke_;  ///< null: idle
};

}  // namespace fiducial::edit
