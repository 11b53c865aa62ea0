#include "box_tool.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "drawing_ground.h"

namespace fiducial::edit {
namespace {

/// The larger side counts, towards where the pointer is, but not beyond the picture.
ImagePoint squared(ImagePoint anchor, ImagePoint to, ImageSize size) {
  const double signX = to.x < anchor.x ? -1 : 1;
  const double signY = to.y < anchor.y ? -1 : 1;
  const double roomX = signX < 0 ? anchor.x : size.columns - anchor.x;
  const double roomY = signY < 0 ? anchor.y : size.rows - anchor.y;
  const double side = std::min({std::max(std::abs(to.x - anchor.x), std::abs(to.y - anchor.y)), roomX, roomY});
  return {anchor.x + signX * side, anchor.y + signY * side};
}

}  // namespace

std::string sizeText(const Box& box) {
  char text[64];
  std::snprintf(text, sizeof text, "%.1f x %.1f px", box.width, box.height);
  return text;
}

ToolOutput BoxTool::handle(const PointerEvent& event, const ToolContext& context) {
  using Kind = PointerEvent::Kind;
  if (state_ == State::Idle) {
    return event.kind == Kind::Press && event.button == Button::Primary ? begin(event, context) : ToolOutput{};
  }
  switch (event.kind) {
    case Kind::Move:
      return drag(event, context);
    case Kind::Release:
      if (event.button != Button::Primary) return preview();
      drag(event, context);
      return finish(context);
    case Kind::Accept:
      return finish(context);
    case Kind::Cancel:
      state_ = State::Idle;
      return {};
    case Kind::Press:
    case Kind::DoubleClick:
    case Kind::Back:
      break;
  }
  return preview();
}

ToolOutput BoxTool::begin(const PointerEvent& event, const ToolContext& context) {
  if (std::string reason = reasonNotToDraw(context); !reason.empty()) return {.message = std::move(reason)};
  anchor_ = context.size.clamp(event.at);
  box_ = Box::spanning(anchor_, anchor_);
  state_ = State::Dragging;
  return preview();
}

ToolOutput BoxTool::drag(const PointerEvent& event, const ToolContext& context) {
  const ImagePoint to = context.size.clamp(event.at);
  box_ = Box::spanning(anchor_, event.shift ? squared(anchor_, to, context.size) : to);
  return preview();
}

ToolOutput BoxTool::finish(const ToolContext& context) {
  state_ = State::Idle;
  if (box_.width < clickSize(context) || box_.height < clickSize(context)) return {};
  return {.edit = drawEdit(box_, context, "Draw box"), .selectCreated = true};
}

ToolOutput BoxTool::preview() const {
  Preview preview;
  if (box_.width > 0 && box_.height > 0) preview.shape = box_;
  preview.readout = sizeText(box_);
  return {.preview = std::move(preview)};
}

}  // namespace fiducial::edit
