// Press, drag, release: one box; with Shift a square. Escape, a lost grab and a change of tool all arrive as Cancel.
#pragma once

#include "fiducial/edit/tool.h"

namespace fiducial::edit {

class BoxTool final : public Tool {
 public:
  ToolOutput handle(const PointerEvent& event, const ToolContext& context) override;
  [[nodiscard]] bool isBusy() const override { return state_ == State::Dragging; }

 private:
  enum class State { Idle, Dragging };
  ToolOutput begin(const PointerEvent& event, const ToolContext& context);
  ToolOutput drag(const PointerEvent& event, const ToolContext& context);
  ToolOutput finish(const ToolContext& context);
  [[nodiscard]] ToolOutput preview() const;

  State state_ = State::Idle;
  ImagePoint anchor_;  // meaningful only while Dragging, as the next
  Box box_;
};

}  // namespace fiducial::edit
