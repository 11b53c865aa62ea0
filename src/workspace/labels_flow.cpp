// The facade's labels: selection, and the edits that keys and panels ask for.
#include <algorithm>

#include "event_actions.h"
#include "label_actions.h"
#include "parts.h"

namespace fiducial::workspace {

const LabelStore& Workspace::labels() const { return parts_->labels; }
std::span<const edit::LabelRef> Workspace::selection() const { return parts_->selection.labels(); }

void Workspace::select(std::vector<edit::LabelRef> labels) {
  std::erase_if(labels, [&](const edit::LabelRef& label) { return !parts_->labels.contains(label); });
  parts_->select(std::move(labels));
}

void Workspace::selectNext(int direction) {
  const Parts& p = *parts_;
  std::vector<edit::LabelRef> there;
  for (const edit::SceneShape& shape : p.shapesOn(p.frame)) {
    if (!p.selection.hidden.contains(shape.ref)) there.push_back(shape.ref);
  }
  if (there.empty()) return parts_->say(Message::Kind::Info, "Nothing on this frame");
  const auto count = std::ssize(there);
  auto index = direction > 0 ? std::ptrdiff_t{0} : count - 1;
  if (!p.selection.labels().empty()) {
    const auto now = std::ranges::find(there, p.selection.labels().front());
    if (now != there.end()) index = (now - there.begin() + direction + count) % count;
  }
  parts_->select({there[static_cast<std::size_t>(index)]});
}

void Workspace::goTo(edit::LabelRef label) {
  Parts& p = *parts_;
  switch (label.kind) {
    case RecordKind::Annotation:
      if (const auto a = valueOf<Annotation>(p.labels, label.kind, label.id)) setFrame(a->frame);
      break;
    case RecordKind::Track:
      if (const auto track = p.labels.tracks().find(TrackId{label.id}); track != p.labels.tracks().end()) {
        setFrame(track->second.firstFrame());
      }
      break;
    case RecordKind::Keyframe:
      if (const auto k = valueOf<Keyframe>(p.labels, label.kind, label.id)) setFrame(k->frame);
      break;
    case RecordKind::Event:
      if (const auto e = valueOf<Event>(p.labels, label.kind, label.id)) setFrame(e->firstFrame);
      break;
    case RecordKind::Tag:
      if (const auto t = valueOf<Tag>(p.labels, label.kind, label.id); t && t->scope == Scope::Frame)
        setFrame(t->frame);
      break;
    case RecordKind::Segmentation:
      if (const auto s = p.labels.segments().find(SegmentationId{label.id});
          s != p.labels.segments().end() && !s->second.voxels.isEmpty()) {
        const auto& bricks = s->second.voxels.bricks();
        const int slices = s->second.voxels.size().slices;
        auto middle = bricks.begin();
        std::advance(middle, std::ssize(bricks) / 2);
        setFrame(std::min(middle->first.bk * kBrickSizeVoxels + kBrickSizeVoxels / 2, slices - 1));
      }
      break;
    default:
      break;
  }
  select({label});
}

void Workspace::deleteSelection() {
  Parts& p = *parts_;
  std::vector<edit::LabelRef> chosen;
  for (const edit::LabelRef& label : p.selection.labels()) {
    if (!p.selection.locked.contains(label)) chosen.push_back(label);
  }
  if (chosen.empty()) return;
  p.submit(deletion(p.labels, chosen));
  if (!p.selection.keepOnly(p.labels)) return;  // submit has said why not
  p.notices.changed(Topic::Selection);
  p.say(Message::Kind::Info, "Deleted " + countText(chosen));
  p.message->actionText = "Undo";
  p.message->commandId = "edit.undo";
}

void Workspace::setClassOfSelection(ClassId id) {
  if (!parts_->labels.findClass(id)) return;
  parts_->submit(withClass(parts_->labels, selection(), id));
}

void Workspace::setAttribute(edit::LabelRef label, const std::string& name, std::optional<AttributeValue> value) {
  parts_->submit(withAttribute(parts_->labels, label, name, std::move(value), parts_->frame));
}

void Workspace::copySelectionToNextFrame() {
  Parts& p = *parts_;
  const std::vector<edit::SceneShape> shapes = p.selectedShapes();
  if (shapes.empty()) return p.say(Message::Kind::Info, "Select what is to be copied to the next frame");
  if (p.frame + 1 >= frameCount()) return p.say(Message::Kind::Info, "This is the last frame");
  Edit edit = copiedTo(p.labels, shapes, p.mediumId(), p.frame + 1);
  const std::vector<RawId> made = p.submit(std::move(edit));
  std::vector<edit::LabelRef> chosen;
  for (const edit::SceneShape& shape : shapes) {
    if (shape.ref.kind == RecordKind::Track) chosen.push_back(shape.ref);
  }
  for (const RawId id : made) {  // some of them are key frames of those tracks
    if (const edit::LabelRef copy{RecordKind::Annotation, id}; p.labels.contains(copy)) chosen.push_back(copy);
  }
  setFrame(p.frame + 1);
  select(std::move(chosen));
}

void Workspace::copySelection() {
  std::vector<edit::SceneShape> shapes = parts_->selectedShapes();
  if (shapes.empty()) return;
  parts_->clipboard = std::move(shapes);
  parts_->say(Message::Kind::Info, "Copied " + countText(selection()));
}

void Workspace::cutSelection() {
  copySelection();
  deleteSelection();
}

bool Workspace::canPaste() const { return !parts_->clipboard.empty() && parts_->medium.medium(); }

void Workspace::paste() {
  Parts& p = *parts_;
  if (!canPaste()) return;
  const ImageSize size = p.medium.info().imageSize();
  Edit edit{.name = "Paste", .changes = {}, .by = {}};
  std::size_t leftOut = 0;
  for (const edit::SceneShape& shape : p.clipboard) {
    const bool fits = p.labels.findClass(shape.labelClass) && check(shape.shape, size);
    if (!fits) {
      ++leftOut;
      continue;
    }
    edit.changes.push_back(create(Annotation{.medium = p.mediumId(),
                                             .frame = p.frame,
                                             .time = p.time,
                                             .labelClass = shape.labelClass,
                                             .shape = shape.shape,
                                             .attributes = {},
                                             .note = shape.note}));
  }
  std::vector<edit::LabelRef> chosen;
  for (const RawId id : p.submit(std::move(edit))) chosen.push_back({RecordKind::Annotation, id});
  if (!chosen.empty()) select(std::move(chosen));
  if (leftOut > 0) p.say(Message::Kind::Warning, std::to_string(leftOut) + " shapes do not fit this picture");
}

void Workspace::nudgeSelection(double dx, double dy) {
  Parts& p = *parts_;
  if (!p.medium.medium()) return;
  ToolScene scene;
  p.fillScene(scene, std::max(p.views.storedView(), 0));
  Edit edit{.name = "Nudge", .changes = {}, .by = {}};
  for (const edit::SceneShape& shape : p.selectedShapes()) {
    if (shape.locked) continue;
    Edit one = edit::reshapeEdit(shape, translated(shape.shape, dx, dy), scene.context, "Nudge");
    edit.changes.insert(edit.changes.end(), one.changes.begin(), one.changes.end());
  }
  p.submit(std::move(edit));
}

void Workspace::toggleOccluded() {
  if (const auto track = parts_->selection.single(RecordKind::Track)) {
    parts_->submit(occlusionToggled(parts_->labels, TrackId{*track}, parts_->frame));
  } else {
    parts_->say(Message::Kind::Info, "Select a track to say that it is occluded here");
  }
}

void Workspace::setKeyframeHere() {
  Parts& p = *parts_;
  if (const auto track = p.selection.single(RecordKind::Track)) {
    p.submit(keyframeHere(p.labels, TrackId{*track}, p.frame));
  } else if (const auto event = p.selection.single(RecordKind::Event)) {
    moveEventBorder(EventId{*event}, false, p.frame);
  } else {
    p.say(Message::Kind::Info, "Select a track or an event first");
  }
}

void Workspace::endHere() {
  Parts& p = *parts_;
  if (const auto track = p.selection.single(RecordKind::Track)) {
    Edit edit = trackEndsHere(p.labels, TrackId{*track}, p.frame, frameCount());
    if (edit.changes.empty()) return p.say(Message::Kind::Info, "The track ends here already");
    p.submit(std::move(edit));
  } else if (const auto event = p.selection.single(RecordKind::Event)) {
    moveEventBorder(EventId{*event}, true, p.frame);
  } else {
    p.say(Message::Kind::Info, "Select a track or an event first");
  }
}

void Workspace::markDone(bool wholeMedium) {
  Parts& p = *parts_;
  if (!p.medium.medium()) return;
  p.finishGesture();
  const bool isDone = wholeMedium ? p.labels.isMediumDone() : p.labels.isFrameDone(p.frame);
  Mark mark{p.mediumId(), wholeMedium ? std::nullopt : std::optional(p.frame), "done"};
  if (!isDone) p.submit(Edit{wholeMedium ? "Mark medium done" : "Mark frame done", {create(std::move(mark))}, {}});
  if (!wholeMedium) return setFrame(p.frame + 1);
  for (const MediumItem& item : media()) {  // the next unfinished, after this one first
    if (item.medium.id > raw(p.mediumId()) && !item.done) return showMedium(MediumId{item.medium.id});
  }
  for (const MediumItem& item : media()) {
    if (item.medium.id != raw(p.mediumId()) && !item.done) return showMedium(MediumId{item.medium.id});
  }
  p.say(Message::Kind::Info, "All " + std::to_string(media().size()) + " done");
  p.message->actionText = "Export";
  p.message->commandId = "file.export";
}

void Workspace::moveEventBorder(EventId event, bool lastBorder, int frame) {
  const auto value = valueOf<Event>(parts_->labels, RecordKind::Event, raw(event));
  if (!value) return;
  const auto layer = parts_->labels.layers().find(value->layer);
  const bool isExclusive = layer != parts_->labels.layers().end() && layer->second.value.exclusive;
  parts_->submit(eventBorderMoved(parts_->labels, event, lastBorder, frame, frameCount(), isExclusive));
}

void Workspace::moveKeyframe(KeyframeId keyframe, int frame) {
  parts_->submit(keyframeMoved(parts_->labels, keyframe, std::clamp(frame, 0, std::max(frameCount() - 1, 0))));
}

void Workspace::setDrawsTracks(bool on) {
  parts_->drawsTracks = on;
  parts_->notices.changed(Topic::Tool);
}
bool Workspace::drawsTracks() const { return parts_->drawsTracks; }

void Workspace::setHidden(edit::LabelRef label, bool hidden) {
  if (hidden) {
    parts_->selection.hidden.insert(label);
  } else {
    parts_->selection.hidden.erase(label);
  }
  parts_->notices.changed(Topic::Labels | Topic::View);
}
bool Workspace::isHidden(edit::LabelRef label) const { return parts_->selection.hidden.contains(label); }

void Workspace::setLocked(edit::LabelRef label, bool locked) {
  if (locked) {
    parts_->selection.locked.insert(label);
  } else {
    parts_->selection.locked.erase(label);
  }
  parts_->shapeCache.reset();
  parts_->notices.changed(Topic::Labels | Topic::View);
}
bool Workspace::isLocked(edit::LabelRef label) const { return parts_->selection.locked.contains(label); }

}  // namespace fiducial::workspace
