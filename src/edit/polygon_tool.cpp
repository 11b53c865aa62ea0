#include "polygon_tool.h"

#include <algorithm>

#include "drawing_ground.h"
#include "simplify.h"

namespace fiducial::edit {
namespace {

constexpr std::size_t kFewestPoints = 3;
constexpr std::size_t kMostStrokePoints = 200'000;  ///< bound on memory where a button sticks

}  // namespace

ToolOutput PolygonTool::handle(const PointerEvent& event, const ToolContext& context) {
  using Kind = PointerEvent::Kind;
  switch (event.kind) {
    case Kind::Press:
      return event.button == Button::Primary ? press(event, context) : preview();
    case Kind::Move:
      return move(event, context);
    case Kind::Release:
      return event.button == Button::Primary ? release(event, context) : preview();
    case Kind::DoubleClick:
      if (state_ == State::Idle || event.button == Button::Secondary) return preview();
      return points_.size() >= kFewestPoints ? finish(context) : preview();
    case Kind::Accept:
      return state_ == State::Idle ? ToolOutput{} : finish(context);
    case Kind::Back:
      return back();
    case Kind::Cancel:
      break;
  }
  return cancel();
}

ToolOutput PolygonTool::press(const PointerEvent& event, const ToolContext& context) {
  if (state_ == State::Idle) {
    if (std::string reason = reasonNotToDraw(context); !reason.empty()) return {.message = std::move(reason)};
    if (event.control) return {};
    points_.clear();
  } else if (state_ != State::Open) {
    return preview();
  }
  const double reach = reachOf(event, context);
  pointer_ = context.size.clamp(event.at);
  if (event.control) {
    deleteVertexAt(pointer_, reach);
    return points_.empty() ? cancel() : preview();
  }
  if (points_.size() >= kFewestPoints && distance(pointer_, points_.front()) <= reach) return finish(context);
  points_.push_back(pointer_);
  stroke_ = {pointer_};
  state_ = State::Pressed;
  return preview();
}

ToolOutput PolygonTool::move(const PointerEvent& event, const ToolContext& context) {
  if (state_ == State::Idle) return {};
  pointer_ = context.size.clamp(event.at);
  if (state_ == State::Pressed && distance(pointer_, stroke_.front()) >= clickSize(context)) state_ = State::Freehand;
  if (state_ == State::Freehand && !(stroke_.back() == pointer_) && stroke_.size() < kMostStrokePoints) {
    stroke_.push_back(pointer_);
  }
  return preview();
}

ToolOutput PolygonTool::release(const PointerEvent& event, const ToolContext& context) {
  if (state_ == State::Pressed) state_ = State::Open;
  if (state_ != State::Freehand) return preview();
  move(event, context);
  const bool isWhole = points_.size() == 1;  // the drag is the whole outline: letting go closes it
  const double tolerance = context.settings.simplifyTolerancePx * context.imagePixelsPerScreenPixel;
  const std::vector<ImagePoint> line = simplified(stroke_, tolerance);
  points_.insert(points_.end(), line.begin() + 1, line.end());
  stroke_.clear();
  state_ = State::Open;
  if (isWhole) {
    if (points_.size() > kFewestPoints && distance(points_.back(), points_.front()) <= reachOf(event, context)) {
      points_.pop_back();
    }
    if (points_.size() < kFewestPoints) return cancel();
    return finish(context);
  }
  return preview();
}

ToolOutput PolygonTool::finish(const ToolContext& context) {
  if (state_ == State::Freehand) {
    points_.insert(points_.end(), stroke_.begin() + 1, stroke_.end());
    stroke_.clear();
    state_ = State::Open;
  }
  const Polygon polygon{{{points_}}};
  const bool isValid = points_.size() >= kFewestPoints && areaOf(polygon) > 0;
  if (!isValid) {
    ToolOutput output = preview();
    output.message = "A polygon needs three points that are not on one line";
    return output;
  }
  state_ = State::Idle;
  points_.clear();
  stroke_.clear();
  return {.edit = drawEdit(polygon, context, "Draw polygon"), .selectCreated = true};
}

ToolOutput PolygonTool::back() {
  if (state_ != State::Open) return preview();
  points_.pop_back();
  return points_.empty() ? cancel() : preview();
}

ToolOutput PolygonTool::cancel() {
  state_ = State::Idle;
  points_.clear();
  stroke_.clear();
  return {};
}

bool PolygonTool::deleteVertexAt(ImagePoint at, double reach) {
  const auto nearest = std::ranges::min_element(points_, {}, [&](ImagePoint p) { return distance(p, at); });
  if (nearest == points_.end() || distance(*nearest, at) > reach) return false;
  points_.erase(nearest);
  return true;
}

ToolOutput PolygonTool::preview() const {
  if (state_ == State::Idle) return {};
  Preview preview;
  preview.openPoints = points_;
  if (state_ == State::Freehand) {
    preview.openPoints.insert(preview.openPoints.end(), stroke_.begin() + 1, stroke_.end());
  }
  preview.openPoints.push_back(pointer_);
  preview.readout = std::to_string(preview.openPoints.size() - 1) + " points";
  return {.preview = std::move(preview)};
}

}  // namespace fiducial::edit
