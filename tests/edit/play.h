// Recorded gestures for tools, and the scenes they act on.
#pragma once

#include <initializer_list>
#include <vector>

#include "fiducial/edit/registry.h"
#include "fiducial/edit/tool.h"

namespace fiducial::edit::test {

constexpr ClassId kPolyp{7};
constexpr MediumId kMedium{3};

inline PointerEvent eventOf(PointerEvent::Kind kind, double x, double y, Button button = Button::Primary) {
  return {.kind = kind, .at = {x, y}, .button = button};
}
inline PointerEvent press(double x, double y) { return eventOf(PointerEvent::Kind::Press, x, y); }
inline PointerEvent move(double x, double y) { return eventOf(PointerEvent::Kind::Move, x, y); }
inline PointerEvent release(double x, double y) { return eventOf(PointerEvent::Kind::Release, x, y); }
inline PointerEvent doubleClick(double x, double y) { return eventOf(PointerEvent::Kind::DoubleClick, x, y); }
inline PointerEvent accept() { return eventOf(PointerEvent::Kind::Accept, 0, 0, Button::None); }
inline PointerEvent cancel() { return eventOf(PointerEvent::Kind::Cancel, 0, 0, Button::None); }
inline PointerEvent back() { return eventOf(PointerEvent::Kind::Back, 0, 0, Button::None); }
inline PointerEvent withShift(PointerEvent event) {
  event.shift = true;
  return event;
}
inline PointerEvent withControl(PointerEvent event) {
  event.control = true;
  return event;
}

/// What came out of a whole gesture: every edit, and the last of everything else.
struct Played {
  std::vector<Edit> edits;
  std::optional<Preview> preview;
  std::optional<std::vector<LabelRef>> selection;
  std::string message;
};
inline Played play(Tool& tool, const std::vector<PointerEvent>& events, const ToolContext& context) {
  Played played;
  for (const PointerEvent& event : events) {
    ToolOutput output = tool.handle(event, context);
    played.preview = std::move(output.preview);
    if (output.edit) played.edits.push_back(*std::move(output.edit));
    if (output.selection) played.selection = std::move(output.selection);
    if (!output.message.empty()) played.message = output.message;
  }
  return played;
}

inline ToolContext imageContext(int columns, int rows) {
  ToolContext context;
  context.medium = kMedium;
  context.mediumKind = MediumKind::Image;
  context.size = {columns, rows};
  context.labelClass = kPolyp;
  return context;
}
inline ToolContext volumeContext(int columns, int rows, int slices) {
  ToolContext context = imageContext(columns, rows);
  context.mediumKind = MediumKind::Volume;
  context.volumeSize = {columns, rows, slices};
  context.frame = context.plane.step = slices / 2;
  return context;
}

/// The shape that the edit's first annotation or key frame ends with.
inline Shape shapeOf(const Edit& edit) {
  for (const Change& change : edit.changes) {
    if (!change.after) continue;
    if (const auto* annotation = std::get_if<Annotation>(&*change.after)) return annotation->shape;
    if (const auto* keyframe = std::get_if<Keyframe>(&*change.after)) return keyframe->shape;
  }
  return Points{};
}
/// The voxels of a segment after the edit.
inline BrickVolume painted(const Edit& edit, BrickVolume before, SegmentationId segment) {
  for (const Change& change : edit.changes) {
    if (change.kind != RecordKind::BrickContent || change.id != raw(segment)) continue;
    const auto& content = std::get<BrickContent>(*change.after);
    before.setBrick(content.index, content.brick);
  }
  return before;
}

}  // namespace fiducial::edit::test
