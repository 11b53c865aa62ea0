#include "select_tool.h"

#include <algorithm>

#include "drawing_ground.h"

namespace fiducial::edit {
namespace {

bool isSelected(const ToolContext& context, const LabelRef& ref) {
  return std::ranges::find(context.selection, ref) != context.selection.end();
}

/// Topmost, selected ones first; null: none.
const SceneShape* shapeAt(ImagePoint at, double reach, const ToolContext& context) {
  const SceneShape* best = nullptr;
  for (const SceneShape& shape : context.shapes) {
    if (!hits(shape.shape, at, reach)) continue;
    const bool isBelow = best && isSelected(context, best->ref) && !isSelected(context, shape.ref);
    if (!isBelow) best = &shape;
  }
  return best;
}

/// A ring without one vertex; nothing where it would have fewer than three.
std::optional<Shape> withoutVertex(const Shape& shape, const Handle& handle) {
  if (const auto* polygon = std::get_if<Polygon>(&shape)) {
    Polygon changed = *polygon;
    Ring& ring = changed.parts[static_cast<std::size_t>(handle.part)][static_cast<std::size_t>(handle.ring)];
    if (ring.size() <= 3) return std::nullopt;
    ring.erase(ring.begin() + handle.index);
    return changed;
  }
  if (const auto* line = std::get_if<Polyline>(&shape); line && line->points.size() > 2) {
    Polyline changed = *line;
    changed.points.erase(changed.points.begin() + handle.index);
    return changed;
  }
  if (const auto* points = std::get_if<Points>(&shape); points && points->points.size() > 1) {
    Points changed = *points;
    changed.points.erase(changed.points.begin() + handle.index);
    return changed;
  }
  return std::nullopt;
}

bool hasVertices(const Shape& shape) {
  return std::holds_alternative<Polygon>(shape) || std::holds_alternative<Polyline>(shape) ||
         std::holds_alternative<Points>(shape);
}

std::vector<LabelRef> toggled(std::span<const LabelRef> selection, const LabelRef& ref) {
  std::vector<LabelRef> result(selection.begin(), selection.end());
  if (std::erase(result, ref) == 0) result.push_back(ref);
  return result;
}

/// Moves that begin inside the picture stay inside it along each axis where the shape fits.
ImagePoint keptInside(ImagePoint by, const Box& bounds, ImageSize size) {
  const auto keep = [](double d, double low, double high, double limit) {
    if (low < 0 || high > limit) return d;
    return std::clamp(d, -low, limit - high);
  };
  return {keep(by.x, bounds.x, bounds.right(), size.columns), keep(by.y, bounds.y, bounds.bottom(), size.rows)};
}

}  // namespace

ToolOutput SelectTool::handle(const PointerEvent& event, const ToolContext& context) {
  using Kind = PointerEvent::Kind;
  switch (event.kind) {
    case Kind::Press:
      if (event.button != Button::Primary || state_ != State::Idle) return preview();
      return press(event, context);
    case Kind::Move:
      return move(event, context);
    case Kind::Release:
      if (event.button != Button::Primary) return preview();
      move(event, context);
      return finish(context);
    case Kind::Accept:
      return finish(context);
    case Kind::Cancel:
      state_ = State::Idle;
      return {};
    case Kind::DoubleClick:
    case Kind::Back:
      break;
  }
  return preview();
}

ToolOutput SelectTool::press(const PointerEvent& event, const ToolContext& context) {
  anchor_ = to_ = event.at;
  targets_.clear();
  now_.clear();
  if (std::optional<ToolOutput> output = pressHandle(event, context)) return *std::move(output);
  if (const SceneShape* shape = shapeAt(event.at, reachOf(event, context) / 2, context)) {
    return pressShape(*shape, event, context);
  }
  if (!event.shift) return {};
  extends_ = event.control;
  state_ = State::Banding;
  return preview();
}

std::optional<ToolOutput> SelectTool::pressHandle(const PointerEvent& event, const ToolContext& context) {
  for (const SceneShape& shape : context.shapes) {
    if (shape.locked || !isSelected(context, shape.ref)) continue;
    const std::optional<Handle> handle = handleAt(shape.shape, event.at, reachOf(event, context));
    if (!handle) continue;
    if (!event.control) return reshape(shape, *handle, event.at);
    if (handle->kind != Handle::Kind::Vertex || !hasVertices(shape.shape)) continue;
    std::optional<Shape> changed = withoutVertex(shape.shape, *handle);
    if (!changed) return ToolOutput{.message = "The last vertices stay: delete the label with Del"};
    return ToolOutput{.edit = reshapeEdit(shape, *std::move(changed), context, "Delete vertex")};
  }
  return std::nullopt;
}

ToolOutput SelectTool::reshape(const SceneShape& label, const Handle& handle, ImagePoint at) {
  const bool isNewVertex = handle.kind == Handle::Kind::Edge && hasVertices(label.shape);
  targets_ = {label};
  now_ = {isNewVertex ? dragged(label.shape, handle, at, false) : label.shape};
  handle_ = handle;
  if (isNewVertex) {  // from here on the new vertex is dragged like any other
    targets_.front().shape = now_.front();
    handle_.kind = Handle::Kind::Vertex;
    handle_.index = handle.index + 1;
    handle_.at = at;
  }
  state_ = State::Reshaping;
  ToolOutput output = preview();
  return output;
}

ToolOutput SelectTool::pressShape(const SceneShape& shape, const PointerEvent& event, const ToolContext& context) {
  if (event.control || event.shift) return {.selection = toggled(context.selection, shape.ref)};
  ToolOutput output;
  const bool wasSelected = isSelected(context, shape.ref);
  if (!wasSelected) output.selection = std::vector{shape.ref};
  if (shape.locked) return output;
  for (const SceneShape& other : context.shapes) {
    const bool moves = other.ref == shape.ref || (wasSelected && isSelected(context, other.ref) && !other.locked);
    if (!moves) continue;
    const bool isPressed = other.ref == shape.ref;
    targets_.insert(isPressed ? targets_.begin() : targets_.end(), other);
  }
  for (const SceneShape& target : targets_) now_.push_back(target.shape);
  state_ = State::Held;
  output.preview = preview().preview;
  return output;
}

ToolOutput SelectTool::move(const PointerEvent& event, const ToolContext& context) {
  if (state_ == State::Idle) return {};
  to_ = event.at;
  if (state_ == State::Held && distance(to_, anchor_) >= clickSize(context)) state_ = State::Moving;
  if (state_ == State::Moving) moveAll(to_, event.shift, context);
  if (state_ == State::Reshaping && !(to_ == anchor_)) {
    // The handle keeps the distance it was grabbed at, so that nothing jumps at the press.
    const ImagePoint to = context.size.clamp(handle_.at + (to_ - anchor_));
    const bool isSide = handle_.kind == Handle::Kind::Edge;
    now_.front() = dragged(targets_.front().shape, handle_, isSide ? handle_.at + (to_ - anchor_) : to, event.shift);
  }
  return preview();
}

void SelectTool::moveAll(ImagePoint to, bool constrain, const ToolContext& context) {
  ImagePoint by = to - anchor_;
  if (constrain) (std::abs(by.x) < std::abs(by.y) ? by.x : by.y) = 0;
  for (const SceneShape& target : targets_) {
    if (const std::optional<Box> bounds = boundsOf(target.shape)) by = keptInside(by, *bounds, context.size);
  }
  for (std::size_t n = 0; n < targets_.size(); ++n) now_[n] = translated(targets_[n].shape, by.x, by.y);
}

ToolOutput SelectTool::finish(const ToolContext& context) {
  const State was = state_;
  state_ = State::Idle;
  if (was == State::Banding) return finishBand(context);
  if (was != State::Moving && was != State::Reshaping) return {};
  Edit edit;
  for (std::size_t n = 0; n < targets_.size(); ++n) {
    const auto current = std::ranges::find(context.shapes, targets_[n].ref, &SceneShape::ref);
    if (current == context.shapes.end() || current->shape == now_[n]) continue;  // gone meanwhile, or not changed
    const Edit one = reshapeEdit(*current, now_[n], context, was == State::Moving ? "Move" : "Reshape");
    edit.name = one.name + " " + std::string(kindName(now_[n]));
    edit.changes.insert(edit.changes.end(), one.changes.begin(), one.changes.end());
  }
  if (edit.changes.empty()) return {};
  if (edit.changes.size() > 1) edit.name = "Move " + std::to_string(edit.changes.size()) + " labels";
  return {.edit = std::move(edit)};
}

ToolOutput SelectTool::finishBand(const ToolContext& context) {
  const Box band = Box::spanning(anchor_, to_);
  std::vector<LabelRef> chosen;
  if (extends_) chosen.assign(context.selection.begin(), context.selection.end());
  for (const SceneShape& shape : context.shapes) {
    const std::optional<Box> bounds = boundsOf(shape.shape);
    const bool isInside = bounds && bounds->x >= band.x && bounds->y >= band.y && bounds->right() <= band.right() &&
                          bounds->bottom() <= band.bottom();
    if (isInside && std::ranges::find(chosen, shape.ref) == chosen.end()) chosen.push_back(shape.ref);
  }
  return {.selection = std::move(chosen)};
}

ToolOutput SelectTool::preview() const {
  if (state_ == State::Idle) return {};
  Preview preview;
  if (state_ == State::Banding) preview.rubberBand = Box::spanning(anchor_, to_);
  if (state_ == State::Moving || state_ == State::Reshaping) {
    preview.shape = now_.front();
    preview.replaces = targets_.front().ref;
    for (std::size_t n = 1; n < now_.size(); ++n) preview.moved.emplace_back(targets_[n].ref, now_[n]);
    if (const std::optional<Box> bounds = boundsOf(now_.front())) preview.readout = sizeText(*bounds);
  }
  return {.preview = std::move(preview)};
}

}  // namespace fiducial::edit
