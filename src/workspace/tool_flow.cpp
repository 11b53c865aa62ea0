// Pointer events on their way to the tool, and what comes out of it.
#include <algorithm>
#include <cmath>

#include "parts.h"

namespace fiducial::workspace {
namespace {

constexpr double kSizeStep = 1.15;  ///< of the brush, a notch of Shift+wheel

edit::PointerEvent plain(edit::PointerEvent::Kind kind) { return {.kind = kind, .button = edit::Button::None}; }

}  // namespace

void Workspace::Parts::fillScene(ToolScene& scene, int view) const {
  const ViewState& state = views.at(view);
  const MediumInfo& info = medium.info();
  edit::ToolContext& context = scene.context;
  context.medium = mediumId();
  context.mediumKind = medium.medium()->value.info.kind;
  context.frame = frame;
  context.time = time;
  context.size = state.transform.picture();
  context.imagePixelsPerScreenPixel = state.transform.zoom() > 0 ? 1 / state.transform.zoom() : 1;
  context.labelClass = tools.currentClass;
  context.plane = {state.axes.axisX, state.axes.axisY, state.axes.axisStep, state.step};
  context.settings = tools.settings;
  const bool isMoving = context.mediumKind == MediumKind::Video || context.mediumKind == MediumKind::Cine;
  context.drawsTracks = drawsTracks && isMoving;
  if (medium.isVolume()) {
    context.volumeSize = info.volumeSize();
    context.spacingMm = info.affine.spacingMm();
    for (double& mm : context.spacingMm) mm = mm > 0 ? mm : 1;
    context.activeSegment = tools.activeSegment;
    const std::string me = project ? project->annotator() : std::string();
    for (const auto& [id, segment] : labels.segments()) {
      // Other annotators' segments are read blind of this one: painting never takes from them.
      const bool isTheirs = !segment.segmentation.by.empty() && segment.segmentation.by != me;
      const bool isLocked = isTheirs || selection.locked.contains({RecordKind::Segmentation, raw(id)});
      scene.segments.push_back({id, segment.segmentation.value.labelClass, &segment.voxels, isLocked});
    }
  } else {
    context.spacingMm = {1, state.transform.pixelAspect(), 1};
  }
  if (!medium.isVolume() || views.isStored(view)) {
    for (const edit::SceneShape& shape : shapesOn(frame)) {
      if (overlay.labelsVisible && !selection.hidden.contains(shape.ref)) scene.shapes.push_back(shape);
    }
  }
  if (const auto ghost = ghostOn(frame); ghost && overlay.labelsVisible) scene.shapes.push_back(*ghost);
  scene.selection.assign(selection.labels().begin(), selection.labels().end());
  context.shapes = scene.shapes;
  context.selection = scene.selection;
  context.segments = scene.segments;
}

bool Workspace::Parts::give(const edit::PointerEvent& event, int view) {
  if (!medium.medium() || !project) return false;
  using Kind = edit::PointerEvent::Kind;
  const bool wasBusy = tools.isBusy();
  // Hovering and the end of nothing say nothing to a tool at rest.
  if (!wasBusy && event.kind != Kind::Press && event.kind != Kind::DoubleClick) return false;
  // What is drawn belongs to what is seen, and a stroke to the segments that are there.
  if (!wasBusy && medium.isVolume() && (labelJob != 0 || medium.shownTime() != time)) {
    say(Message::Kind::Info, "The labels of this scan are still being read: once more, please");
    return true;
  }
  ToolScene scene;
  fillScene(scene, view);
  const bool startsGesture = !wasBusy && event.kind == Kind::Press && event.button == edit::Button::Primary;
  const bool isShapeTool = tools.info().id != "select" && !tools.info().usesSize;
  if (startsGesture && isShapeTool && !event.control && !event.shift) {
    // A handle or edge of what is selected always edits its shape, whatever shape is about to be drawn.
    const double reach = edit::reachOf(event, scene.context);
    for (const edit::SceneShape& shape : scene.shapes) {
      const bool isSelected = std::ranges::find(scene.selection, shape.ref) != scene.selection.end();
      if (isSelected && !shape.locked && edit::handleAt(shape.shape, event.at, reach)) tools.grab();
    }
  }
  const bool hadUse = takeOutput(tools.hand().handle(event, scene.context));
  const bool isBusy = tools.isBusy();
  if (!isBusy) tools.gestureEnded();
  return hadUse || wasBusy || isBusy;
}

bool Workspace::Parts::takeOutput(edit::ToolOutput output) {
  const bool hasUse = output.preview || output.edit || output.selection || !output.message.empty();
  if (tools.preview || output.preview) notices.changed(Topic::Preview);
  tools.preview = std::move(output.preview);
  if (!output.message.empty()) say(Message::Kind::Info, output.message);
  if (output.selection) select(*std::move(output.selection));
  if (output.edit) {
    const RecordKind first = output.edit->changes.empty() ? RecordKind::Annotation : output.edit->changes.front().kind;
    const std::vector<RawId> made = submit(*std::move(output.edit));
    if (!made.empty() && first == RecordKind::Segmentation) {
      tools.activeSegment = SegmentationId{made.front()};
      notices.changed(Topic::Tool);
    }
    if (output.selectCreated && !made.empty()) select({{first, made.front()}});
  }
  return hasUse;
}

void Workspace::Parts::finishGesture() {
  if (!medium.medium() || !tools.isBusy()) return;
  const std::string what = std::string(tools.info().text);
  give(plain(edit::PointerEvent::Kind::Accept), views.active());
  if (!tools.isBusy()) return;
  give(plain(edit::PointerEvent::Kind::Cancel), views.active());
  say(Message::Kind::Info, what + " in progress was dropped: it was not a valid shape yet");
}

std::vector<RawId> Workspace::Parts::submit(Edit edit, std::function<void(const AppliedEdit&)> done) {
  if (edit.changes.empty()) return {};
  if (!project) {
    say(Message::Kind::Warning, "Open or make a project first");
    return {};
  }
  if (project->isReadOnly()) {
    say(Message::Kind::Warning, "Not changed: the project is read-only (" + project->readOnlyReason() + ")");
    return {};
  }
  return pending.submit(std::move(edit), std::move(done));
}

void Workspace::Parts::select(std::vector<edit::LabelRef> chosen) {
  if (chosen.size() == 1 && chosen.front().kind == RecordKind::Segmentation) {
    tools.activeSegment = SegmentationId{chosen.front().id};
    if (const auto of = labels.classOf(chosen.front())) tools.currentClass = *of;
    notices.changed(Topic::Tool);
  }
  if (selection.set(std::move(chosen))) notices.changed(Topic::Selection);
}

void Workspace::Parts::chooseActiveSegment() {
  const auto now = labels.segments().find(tools.activeSegment);
  const bool fits = now != labels.segments().end() &&
                    (isNone(tools.currentClass) || now->second.segmentation.value.labelClass == tools.currentClass);
  if (fits) return;
  const std::string me = project ? project->annotator() : std::string();
  SegmentationId chosen{};
  for (const auto& [id, segment] : labels.segments()) {
    const bool isMine = segment.segmentation.by.empty() || segment.segmentation.by == me;
    const bool isOfClass = segment.segmentation.value.labelClass == tools.currentClass;
    if (isMine && isOfClass && isNone(chosen)) chosen = id;
  }
  if (chosen == tools.activeSegment) return;
  tools.activeSegment = chosen;
  notices.changed(Topic::Tool);
}

bool Workspace::pointer(int view, const edit::PointerEvent& event) {
  if (event.kind != edit::PointerEvent::Kind::Press) return parts_->give(event, view);
  setActiveView(view);
  const bool hadUse = parts_->give(event, view);
  if (hadUse) pause();  // what is drawn belongs to the frame on show
  return hadUse;
}

const edit::ToolInfo& Workspace::tool() const { return parts_->tools.info(); }
bool Workspace::isCoding() const { return parts_->tools.isCoding(); }

void Workspace::setTool(std::string_view id) {
  Parts& p = *parts_;
  if (id == p.tools.id()) return;
  p.finishGesture();
  if (p.tools.set(id)) p.notices.changed(Topic::Tool);
}

void Workspace::toggleTool(std::string_view id) { setTool(parts_->tools.toggled(id)); }
const edit::ToolSettings& Workspace::toolSettings() const { return parts_->tools.settings; }

void Workspace::setToolSettings(edit::ToolSettings settings) {
  settings.brushRadiusPx = std::clamp(settings.brushRadiusPx, 0.5, 500.0);
  parts_->tools.settings = settings;
  parts_->notices.changed(Topic::Tool);
}

void Workspace::changeToolSize(int steps) {
  edit::ToolSettings settings = toolSettings();
  const double wanted = settings.brushRadiusPx * std::pow(kSizeStep, steps);
  // Small brushes grow by halves of a pixel, else a notch would do nothing there.
  const double least = settings.brushRadiusPx + 0.5 * steps;
  settings.brushRadiusPx = steps > 0 ? std::max(wanted, least) : std::min(wanted, least);
  settings.brushRadiusPx = std::round(settings.brushRadiusPx * 2) / 2;
  setToolSettings(settings);
}

SegmentationId Workspace::activeSegment() const { return parts_->tools.activeSegment; }

void Workspace::setActiveSegment(SegmentationId id) {
  Parts& p = *parts_;
  p.tools.activeSegment = id;
  if (const auto of = p.labels.classOf({RecordKind::Segmentation, raw(id)})) p.tools.currentClass = *of;
  p.notices.changed(Topic::Tool | Topic::Labels);
}

bool Workspace::isToolBusy() const { return parts_->tools.isBusy(); }
const std::optional<edit::Preview>& Workspace::preview() const { return parts_->tools.preview; }

}  // namespace fiducial::workspace
