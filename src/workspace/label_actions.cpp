#include "label_actions.h"

#include <algorithm>

#include "fiducial/core/track_interpolation.h"

namespace fiducial::workspace {
namespace {

Edit named(std::string name) { return {.name = std::move(name), .changes = {}, .by = {}}; }

std::string pluralOf(RecordKind kind) {
  if (kind == RecordKind::Keyframe) return "key frame";
  return std::string(nameOf(kind));
}

const TrackEntry* findTrack(const LabelStore& store, TrackId id) {
  const auto found = store.tracks().find(id);
  return found == store.tracks().end() ? nullptr : &found->second;
}

const Stored<Keyframe>* keyframeOn(const TrackEntry& track, int frame) {
  const auto found = std::ranges::find_if(track.keyframes, [&](const auto& k) { return k.value.frame == frame; });
  return found == track.keyframes.end() ? nullptr : &*found;
}

/// The key frame at or before a frame, or the first one after it.
const Stored<Keyframe>* nearestKeyframe(const TrackEntry& track, int frame) {
  const Stored<Keyframe>* best = nullptr;
  for (const auto& keyframe : track.keyframes) {
    if (!best || keyframe.value.frame <= frame) best = &keyframe;
  }
  return best;
}

/// A key frame on `frame` as the track stands there: the one that is, or a new one.
struct KeyframeThere {
  RawId id = 0;  ///< 0: to be made
  Keyframe value;
};
std::optional<KeyframeThere> keyframeFor(const TrackEntry& track, int frame) {
  if (const Stored<Keyframe>* here = keyframeOn(track, frame)) return KeyframeThere{here->id, here->value};
  const Stored<Keyframe>* near = nearestKeyframe(track, frame);
  if (!near) return std::nullopt;
  Keyframe value = near->value;
  value.frame = frame;
  value.outside = true;
  if (std::optional<TrackState> state = stateAt(track.keyframes, frame)) {
    value.shape = std::move(state->shape);
    value.occluded = state->occluded;
    value.outside = false;
  }
  return KeyframeThere{0, std::move(value)};
}

Change written(KeyframeThere keyframe) {
  if (keyframe.id != 0) return update(KeyframeId{keyframe.id}, std::move(keyframe.value));
  return create(std::move(keyframe.value));
}

void setOrErase(Attributes& attributes, const std::string& name, std::optional<AttributeValue> value) {
  if (value) {
    attributes[name] = *std::move(value);
  } else {
    attributes.erase(name);
  }
}

/// A child class has its parent's attributes too.
bool variesByFrame(const LabelStore& store, ClassId id, const std::string& name) {
  for (int depth = 0; depth < 32; ++depth) {  // bounded: a damaged schema may hold a circle
    const LabelClass* labelClass = store.findClass(id);
    if (!labelClass) return false;
    const auto spec = std::ranges::find(labelClass->attributes, name, &AttributeSpec::name);
    if (spec != labelClass->attributes.end()) return spec->perFrame;
    id = labelClass->parent;
  }
  return false;
}

}  // namespace

std::string countText(std::span<const edit::LabelRef> labels) {
  const bool isOneKind = std::ranges::all_of(labels, [&](const auto& l) { return l.kind == labels.front().kind; });
  std::string text = std::to_string(labels.size()) + " ";
  text += labels.empty() || !isOneKind ? "label" : pluralOf(labels.front().kind);
  return labels.size() == 1 ? text : text + "s";
}

Edit deletion(const LabelStore& store, std::span<const edit::LabelRef> labels) {
  Edit edit = named("Delete " + countText(labels));
  for (const edit::LabelRef& label : labels) {
    if (!store.contains(label)) continue;
    // A track lives by its key frames: with the last one it goes too.
    const TrackEntry* track = label.kind == RecordKind::Keyframe ? store.trackOf(KeyframeId{label.id}) : nullptr;
    if (track && track->keyframes.size() == 1) {
      edit.changes.push_back(erase(TrackId{track->track.id}, RecordKind::Track));
    } else {
      edit.changes.push_back({label.kind, label.id, std::nullopt, std::nullopt});
    }
  }
  return edit;
}

namespace {

void clearKeyframeAttributes(const LabelStore& store, TrackId id, Edit& edit) {
  const TrackEntry* track = findTrack(store, id);
  if (!track) return;
  for (const Stored<Keyframe>& keyframe : track->keyframes) {
    if (keyframe.value.attributes.empty()) continue;
    Keyframe bare = keyframe.value;
    bare.attributes.clear();
    edit.changes.push_back(update(KeyframeId{keyframe.id}, std::move(bare)));
  }
}

}  // namespace

Edit withClass(const LabelStore& store, std::span<const edit::LabelRef> labels, ClassId labelClass) {
  const LabelClass* value = store.findClass(labelClass);
  Edit edit = named("Set class " + (value ? value->name : std::string()));
  for (const edit::LabelRef& label : labels) {
    std::optional<Record> record = store.current(Change{label.kind, label.id, std::nullopt, std::nullopt});
    if (!record) continue;
    const bool isChanged = visitRecord(
        [&](auto& content) {
          if constexpr (requires { content.labelClass; }) {
            if (content.labelClass == labelClass) return false;
            content.labelClass = labelClass;
            // Attributes belong to the class they were made for.
            if constexpr (requires { content.attributes; }) content.attributes.clear();
            return true;
          }
          return false;
        },
        *record);
    if (!isChanged) continue;
    edit.changes.push_back({label.kind, label.id, std::nullopt, std::move(record)});
    if (label.kind == RecordKind::Track) clearKeyframeAttributes(store, TrackId{label.id}, edit);
  }
  return edit;
}

Edit withAttribute(const LabelStore& store, edit::LabelRef label, const std::string& name,
                   std::optional<AttributeValue> value, int frame) {
  Edit edit = named("Set " + name);
  if (label.kind == RecordKind::Track) {
    const TrackEntry* track = findTrack(store, TrackId{label.id});
    if (!track) return edit;
    if (variesByFrame(store, track->track.value.labelClass, name)) {
      std::optional<KeyframeThere> keyframe = keyframeFor(*track, frame);
      if (!keyframe) return edit;
      setOrErase(keyframe->value.attributes, name, std::move(value));
      edit.changes.push_back(written(*std::move(keyframe)));
      return edit;
    }
  }
  std::optional<Record> record = store.current(Change{label.kind, label.id, std::nullopt, std::nullopt});
  if (!record) return edit;
  const bool hasAttributes = visitRecord(
      [&](auto& content) {
        if constexpr (requires { content.attributes[name]; }) {
          setOrErase(content.attributes, name, std::move(value));
          return true;
        }
        return false;
      },
      *record);
  if (hasAttributes) edit.changes.push_back({label.kind, label.id, std::nullopt, std::move(record)});
  return edit;
}

Edit keyframeHere(const LabelStore& store, TrackId id, int frame) {
  Edit edit = named("Set key frame");
  const TrackEntry* track = findTrack(store, id);
  if (!track) return edit;
  std::optional<KeyframeThere> keyframe = keyframeFor(*track, frame);
  if (!keyframe || (keyframe->id != 0 && !keyframe->value.outside)) return edit;
  keyframe->value.outside = false;
  edit.changes.push_back(written(*std::move(keyframe)));
  return edit;
}

Edit trackEndsHere(const LabelStore& store, TrackId id, int frame, int frameCount) {
  Edit edit = named("Track ends here");
  const TrackEntry* track = findTrack(store, id);
  if (!track || frame + 1 >= frameCount || !stateAt(track->keyframes, frame)) return edit;
  std::optional<KeyframeThere> keyframe = keyframeFor(*track, frame + 1);
  if (!keyframe || (keyframe->id != 0 && keyframe->value.outside)) return edit;
  keyframe->value.outside = true;
  edit.changes.push_back(written(*std::move(keyframe)));
  return edit;
}

Edit occlusionToggled(const LabelStore& store, TrackId id, int frame) {
  Edit edit = named("Toggle occluded");
  const TrackEntry* track = findTrack(store, id);
  if (!track) return edit;
  std::optional<KeyframeThere> keyframe = keyframeFor(*track, frame);
  if (!keyframe || keyframe->value.outside) return edit;
  keyframe->value.occluded = !keyframe->value.occluded;
  edit.changes.push_back(written(*std::move(keyframe)));
  return edit;
}

Edit keyframeMoved(const LabelStore& store, KeyframeId id, int frame) {
  Edit edit = named("Move key frame");
  const TrackEntry* track = store.trackOf(id);
  std::optional<Keyframe> value = valueOf<Keyframe>(store, RecordKind::Keyframe, raw(id));
  if (!track || !value || value->frame == frame || keyframeOn(*track, frame)) return edit;
  value->frame = frame;
  edit.changes.push_back(update(id, *std::move(value)));
  return edit;
}

Edit copiedTo(const LabelStore& store, std::span<const edit::SceneShape> shapes, MediumId medium, int frame) {
  Edit edit = named("Copy to frame " + std::to_string(frame));
  for (const edit::SceneShape& shape : shapes) {
    if (shape.ref.kind == RecordKind::Annotation) {
      edit.changes.push_back(create(Annotation{.medium = medium,
                                               .frame = frame,
                                               .time = store.time(),
                                               .labelClass = shape.labelClass,
                                               .shape = shape.shape,
                                               .attributes = shape.attributes,
                                               .note = shape.note}));
    }
    if (shape.ref.kind != RecordKind::Track) continue;
    const TrackEntry* track = findTrack(store, TrackId{shape.ref.id});
    std::optional<KeyframeThere> keyframe = track ? keyframeFor(*track, frame) : std::nullopt;
    if (!keyframe) continue;
    keyframe->value.shape = shape.shape;
    keyframe->value.outside = false;
    edit.changes.push_back(written(*std::move(keyframe)));
  }
  return edit;
}

}  // namespace fiducial::workspace
