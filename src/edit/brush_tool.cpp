#include "brush_tool.h"

namespace fiducial::edit {

ToolOutput BrushTool::handle(const PointerEvent& event, const ToolContext& context) {
  using Kind = PointerEvent::Kind;
  if (!stroke_) {
    const bool begins = event.kind == Kind::Press || event.kind == Kind::DoubleClick;  // dabs may follow fast
    return begins && event.button == Button::Primary ? begin(event, context) : ToolOutput{};
  }
  switch (event.kind) {
    case Kind::Move:
      stroke_->extend(event.at, context);
      return preview();
    case Kind::Release:
      if (event.button != Button::Primary) return preview();
      stroke_->extend(event.at, context);
      return finish(context);
    case Kind::Accept:
      return finish(context);
    case Kind::Cancel:
      stroke_.reset();
      return {};
    case Kind::Press:
    case Kind::DoubleClick:
    case Kind::Back:
      break;
  }
  return preview();
}

ToolOutput BrushTool::begin(const PointerEvent& event, const ToolContext& context) {
  const bool paints = (mode_ == StrokeMode::Paint) != event.control;
  const StrokeMode mode = paints ? StrokeMode::Paint : StrokeMode::Erase;
  StrokeStart start = context.mediumKind == MediumKind::Volume ? startVoxelStroke(mode, context)
                                                               : startMaskStroke(mode, event.at, context);
  if (!start.stroke) return {.message = std::move(start.message)};
  stroke_ = std::move(start.stroke);
  stroke_->extend(event.at, context);
  return preview();
}

ToolOutput BrushTool::finish(const ToolContext& context) {
  const std::unique_ptr<Stroke> stroke = std::move(stroke_);
  return stroke->finish(context);
}

ToolOutput BrushTool::preview() const { return {.preview = stroke_->preview()}; }

}  // namespace fiducial::edit
