// Select, move, resize, edit vertices, rubber band. A press on empty picture is left to the window, which pans.
#pragma once

#include <optional>
#include <vector>

#include "fiducial/edit/tool.h"

namespace fiducial::edit {

class SelectTool final : public Tool {
 public:
  ToolOutput handle(const PointerEvent& event, const ToolContext& context) override;
  [[nodiscard]] bool isBusy() const override { return state_ != State::Idle; }
  void renameLabels(const std::function<RawId(RawId)>& mapping) override {
    for (SceneShape& target : targets_) target.ref.id = mapping(target.ref.id);
  }

 private:
  /// Idle -press on handle or edge-> Reshaping; -press on shape-> Held -far move-> Moving; -Shift on empty-> Banding.
  enum class State { Idle, Held, Moving, Reshaping, Banding };

  ToolOutput press(const PointerEvent& event, const ToolContext& context);
  std::optional<ToolOutput> pressHandle(const PointerEvent& event, const ToolContext& context);
  ToolOutput pressShape(const SceneShape& shape, const PointerEvent& event, const ToolContext& context);
  ToolOutput move(const PointerEvent& event, const ToolContext& context);
  ToolOutput finish(const ToolContext& context);
  ToolOutput finishBand(const ToolContext& context);
  ToolOutput reshape(const SceneShape& label, const Handle& handle, ImagePoint at);
  void moveAll(ImagePoint to, bool constrain, const ToolContext& context);
  [[nodiscard]] ToolOutput preview() const;

  State state_ = State::Idle;
  ImagePoint anchor_;  ///< where the press was
  ImagePoint to_;
  Handle handle_;                    ///< while Reshaping
  bool extends_ = false;             ///< Banding: adds to the selection
  std::vector<SceneShape> targets_;  ///< as they were at the press
  std::vector<Shape> now_;           ///< the same, as they stand in the gesture
};

}  // namespace fiducial::edit
