#include "fiducial/workspace/label_store.h"

#include <algorithm>
#include <iterator>
#include <limits>

#include "fiducial/core/track_interpolation.h"

namespace fiducial::workspace {
namespace {

/// What stands after a change, as T; null: nothing, or the record is of another kind.
template <class T>
const T* after(const Change& change) {
  return change.after ? recordAs<T>(*change.after) : nullptr;
}

template <class Id, class T>
void store(std::map<Id, Stored<T>>& records, const Change& change, const std::string& by) {
  const Id id{change.id};
  if (const T* value = after<T>(change)) {
    auto [found, isNew] = records.try_emplace(id);
    found->second.id = change.id;
    if (isNew) found->second.by = by;
    found->second.value = *value;
  } else {
    records.erase(id);
  }
}

/// A label of another medium is none of ours: it is kept out, or removed where it moved there.
template <class Id, class T>
bool storeOf(MediumId medium, std::map<Id, Stored<T>>& records, const Change& change, const std::string& by) {
  const T* value = after<T>(change);
  if (value && value->medium == medium) {
    store(records, change, by);
    return true;
  }
  return records.erase(Id{change.id}) > 0;
}

template <class Map, class Id>
std::optional<Record> valueOf(const Map& records, Id id) {
  const auto found = records.find(id);
  return found == records.end() ? std::nullopt : std::optional<Record>(found->second.value);
}

/// The last key frame on or before a frame that is not before the first one.
const Keyframe& keyframeBefore(const TrackEntry& entry, int frame) {
  const auto next =
      std::ranges::upper_bound(entry.keyframes, frame, {}, [](const Stored<Keyframe>& k) { return k.value.frame; });
  return std::prev(next)->value;
}

/// Bottom to top: by age. Ids of labels that are not durable yet are negative and fall: the newest are on top.
RawId age(RawId id) { return id > 0 ? id : std::numeric_limits<RawId>::max() / 2 - id; }

}  // namespace

int TrackEntry::endFrame(int frameCount) const {
  if (keyframes.empty()) return 0;
  const Keyframe& last = keyframes.back().value;
  return last.outside ? last.frame : frameCount;
}

LabelStore::Touched LabelStore::apply(const AppliedEdit& edit) {
  Touched touched;
  // What holds others (tracks, segmentations) first: an undo may bring back the parts before the whole.
  for (const Change& change : edit.changes) {
    touched.schema |= applySchema(change);
    touched.labels |= applyLabel(change, edit.by);
  }
  for (const Change& change : edit.changes) touched.labels |= applyPart(change);
  return touched;
}

bool LabelStore::applySchema(const Change& change) {
  switch (change.kind) {
    case RecordKind::LabelClass:
      store(classes_, change, {});
      return true;
    case RecordKind::Layer:
      store(layers_, change, {});
      return true;
    case RecordKind::Question:
      store(questions_, change, {});
      return true;
    default:
      return false;
  }
}

bool LabelStore::applyLabel(const Change& change, const std::string& by) {
  switch (change.kind) {
    case RecordKind::Annotation:
      return setAnnotation(change, by);
    case RecordKind::Event:
      return storeOf(medium_, events_, change, by);
    case RecordKind::Tag:
      return storeOf(medium_, tags_, change, by);
    case RecordKind::Mark:
      return storeOf(medium_, marks_, change, by);
    case RecordKind::Track: {
      const Track* value = after<Track>(change);
      if (!value || value->medium != medium_) return eraseTrack(TrackId{change.id});
      auto [found, isNew] = tracks_.try_emplace(TrackId{change.id});
      found->second.track.id = change.id;
      if (isNew) found->second.track.by = by;
      found->second.track.value = *value;
      return true;
    }
    case RecordKind::Segmentation: {
      const Segmentation* value = after<Segmentation>(change);
      if (!value || value->medium != medium_) return segments_.erase(SegmentationId{change.id}) > 0;
      auto [found, isNew] = segments_.try_emplace(SegmentationId{change.id});
      found->second.segmentation.id = change.id;
      if (isNew) {
        found->second.segmentation.by = by;
        found->second.voxels = BrickVolume(size_);
      }
      found->second.segmentation.value = *value;
      return true;
    }
    default:
      return false;
  }
}

bool LabelStore::applyPart(const Change& change) {
  if (change.kind == RecordKind::Keyframe) return setKeyframe(change);
  if (change.kind != RecordKind::BrickContent) return false;
  if (const auto* content = after<BrickContent>(change)) return setBrick(*content);
  const auto* before = change.before ? std::get_if<BrickContent>(&*change.before) : nullptr;
  if (!before) return false;
  return setBrick({before->segmentation, before->time, before->index, nullptr});
}

bool LabelStore::setAnnotation(const Change& change, const std::string& by) {
  const AnnotationId id{change.id};
  if (const auto old = annotations_.find(id); old != annotations_.end()) {
    const auto frame = annotationsByFrame_.find(old->second.value.frame);
    frame->second.erase(id);
    if (frame->second.empty()) annotationsByFrame_.erase(frame);
  }
  const Annotation* value = after<Annotation>(change);
  if (value && value->medium == medium_ && value->time != time_) return annotations_.erase(id) > 0;
  if (!storeOf(medium_, annotations_, change, by)) return false;
  if (const auto now = annotations_.find(id); now != annotations_.end()) {
    annotationsByFrame_[now->second.value.frame].insert(id);
  }
  return true;
}

void LabelStore::eraseKeyframe(RawId id) {
  const auto owner = trackOfKeyframe_.find(id);
  if (owner == trackOfKeyframe_.end()) return;
  if (const auto track = tracks_.find(owner->second); track != tracks_.end()) {
    std::erase_if(track->second.keyframes, [&](const auto& keyframe) { return keyframe.id == id; });
    indexTrack(track->second);
  }
  trackOfKeyframe_.erase(owner);
}

bool LabelStore::eraseTrack(TrackId id) {
  tracksByFrame_.erase(id);
  return tracks_.erase(id) > 0;
}

void LabelStore::indexTrack(const TrackEntry& entry) {
  const TrackId id{entry.track.id};
  if (entry.keyframes.empty()) return tracksByFrame_.erase(id);
  tracksByFrame_.set(id, entry.firstFrame(), entry.endFrame(std::numeric_limits<int>::max()));
}

bool LabelStore::setKeyframe(const Change& change) {
  const bool wasHere = trackOfKeyframe_.contains(change.id);
  eraseKeyframe(change.id);
  const Keyframe* value = after<Keyframe>(change);
  if (!value) return wasHere;
  const auto track = tracks_.find(value->track);
  if (track == tracks_.end()) return wasHere;
  Stored<Keyframe> keyframe;
  keyframe.id = change.id;
  keyframe.value = *value;
  auto& all = track->second.keyframes;
  const auto place = std::ranges::upper_bound(all, value->frame, {}, [](const auto& k) { return k.value.frame; });
  all.insert(place, std::move(keyframe));
  indexTrack(track->second);
  trackOfKeyframe_[change.id] = value->track;
  return true;
}

bool LabelStore::setBrick(const BrickContent& content) {
  if (content.time != time_) return false;
  const auto segment = segments_.find(content.segmentation);
  if (segment == segments_.end()) return false;
  segment->second.voxels.setBrick(content.index, content.brick);
  return true;
}

std::optional<Record> LabelStore::current(const Change& change) const {
  const RawId id = change.id;
  switch (change.kind) {
    case RecordKind::LabelClass:
      return valueOf(classes_, ClassId{id});
    case RecordKind::Layer:
      return valueOf(layers_, LayerId{id});
    case RecordKind::Question:
      return valueOf(questions_, QuestionId{id});
    case RecordKind::Annotation:
      return valueOf(annotations_, AnnotationId{id});
    case RecordKind::Event:
      return valueOf(events_, EventId{id});
    case RecordKind::Tag:
      return valueOf(tags_, TagId{id});
    case RecordKind::Mark:
      return valueOf(marks_, MarkId{id});
    case RecordKind::Track: {
      const auto found = tracks_.find(TrackId{id});
      return found == tracks_.end() ? std::nullopt : std::optional<Record>(found->second.track.value);
    }
    case RecordKind::Segmentation: {
      const auto found = segments_.find(SegmentationId{id});
      return found == segments_.end() ? std::nullopt : std::optional<Record>(found->second.segmentation.value);
    }
    case RecordKind::Keyframe: {
      const TrackEntry* track = trackOf(KeyframeId{id});
      if (!track) return std::nullopt;
      const auto found = std::ranges::find(track->keyframes, id, &Stored<Keyframe>::id);
      return found == track->keyframes.end() ? std::nullopt : std::optional<Record>(found->value);
    }
    case RecordKind::BrickContent: {
      const auto& side = change.after ? change.after : change.before;
      const auto* content = side ? std::get_if<BrickContent>(&*side) : nullptr;
      if (!content || content->time != time_) return std::nullopt;
      const auto found = segments_.find(content->segmentation);
      if (found == segments_.end()) return std::nullopt;
      return BrickContent{content->segmentation, content->time, content->index,
                          found->second.voxels.brick(content->index)};
    }
    default:
      return std::nullopt;
  }
}

bool LabelStore::contains(edit::LabelRef label) const {
  return current(Change{label.kind, label.id, std::nullopt, std::nullopt}).has_value();
}

const LabelClass* LabelStore::findClass(ClassId id) const {
  const auto found = classes_.find(id);
  return found == classes_.end() ? nullptr : &found->second.value;
}

std::optional<ClassId> LabelStore::classByHotkey(std::string_view hotkey) const {
  for (const auto& [id, labelClass] : classes_) {
    if (labelClass.value.hotkey == hotkey) return id;
  }
  return std::nullopt;
}

const TrackEntry* LabelStore::trackOf(KeyframeId keyframe) const {
  const auto owner = trackOfKeyframe_.find(raw(keyframe));
  if (owner == trackOfKeyframe_.end()) return nullptr;
  const auto track = tracks_.find(owner->second);
  return track == tracks_.end() ? nullptr : &track->second;
}

std::optional<edit::SceneShape> LabelStore::ghostOf(TrackId track, int frame) const {
  const auto found = tracks_.find(track);
  if (found == tracks_.end() || found->second.keyframes.empty()) return std::nullopt;
  const auto& keyframes = found->second.keyframes;
  if (frame < keyframes.front().value.frame) return std::nullopt;
  const Keyframe& ended = keyframeBefore(found->second, frame);
  if (!ended.outside) return std::nullopt;
  const auto stood = std::ranges::find_if(keyframes.rbegin(), keyframes.rend(), [&](const auto& keyframe) {
    return keyframe.value.frame < ended.frame && !keyframe.value.outside;
  });
  if (stood == keyframes.rend()) return std::nullopt;
  const auto here = std::ranges::find(keyframes, frame, [](const auto& keyframe) { return keyframe.value.frame; });
  return edit::SceneShape{.ref = {RecordKind::Track, raw(track)},
                          .shape = stood->value.shape,
                          .labelClass = found->second.track.value.labelClass,
                          .interpolated = true,
                          .keyframeId = here == keyframes.end() ? 0 : here->id,
                          .attributes = stood->value.attributes};
}

std::vector<edit::SceneShape> LabelStore::shapesOn(int frame) const {
  std::vector<edit::SceneShape> shapes;
  if (const auto here = annotationsByFrame_.find(frame); here != annotationsByFrame_.end()) {
    for (const AnnotationId id : here->second) {
      const Annotation& value = annotations_.at(id).value;
      shapes.push_back({.ref = {RecordKind::Annotation, raw(id)},
                        .shape = value.shape,
                        .labelClass = value.labelClass,
                        .attributes = value.attributes,
                        .note = value.note});
    }
  }
  for (const TrackId id : tracksByFrame_.at(frame)) {
    const TrackEntry& entry = tracks_.at(id);
    std::optional<TrackState> state = stateAt(entry.keyframes, frame);
    if (!state) continue;
    const Keyframe& keyframe = keyframeBefore(entry, frame);
    shapes.push_back({.ref = {RecordKind::Track, raw(id)},
                      .shape = std::move(state->shape),
                      .labelClass = entry.track.value.labelClass,
                      .interpolated = !state->isKeyframe,
                      .keyframeId = state->isKeyframe ? state->keyframeId : 0,
                      .occluded = state->occluded,
                      .attributes = keyframe.attributes});
  }
  std::ranges::stable_sort(shapes, {}, [](const edit::SceneShape& shape) { return age(shape.ref.id); });
  return shapes;
}

std::vector<int> LabelStore::labelledFrames() const {
  std::set<int> frames;
  for (const auto& [frame, ids] : annotationsByFrame_) frames.insert(frame);
  for (const auto& [id, entry] : tracks_) {
    for (const auto& keyframe : entry.keyframes) {
      if (!keyframe.value.outside) frames.insert(keyframe.value.frame);
    }
  }
  return {frames.begin(), frames.end()};
}

bool LabelStore::isFrameDone(int frame) const {
  return std::ranges::any_of(marks_, [&](const auto& mark) { return mark.second.value.frame == frame; });
}

bool LabelStore::isMediumDone() const {
  return std::ranges::any_of(marks_, [](const auto& mark) { return !mark.second.value.frame; });
}

int LabelStore::countOf(ClassId id) const {
  const auto count = [&](const auto& records) {
    return std::ranges::count_if(records, [&](const auto& r) { return r.second.value.labelClass == id; });
  };
  auto sum = count(annotations_) + count(events_) + count(tags_);
  sum += std::ranges::count_if(tracks_, [&](const auto& t) { return t.second.track.value.labelClass == id; });
  sum += std::ranges::count_if(segments_, [&](const auto& s) { return s.second.segmentation.value.labelClass == id; });
  return static_cast<int>(sum);
}

std::optional<ClassId> LabelStore::classOf(edit::LabelRef label) const {
  const std::optional<Record> record = current(Change{label.kind, label.id, std::nullopt, std::nullopt});
  if (!record) return std::nullopt;
  return visitRecord(
      [&](const auto& value) -> std::optional<ClassId> {
        if constexpr (requires { value.labelClass; }) return value.labelClass;
        return std::nullopt;
      },
      *record);
}

const Attributes* LabelStore::attributesOf(edit::LabelRef label) const {
  const auto in = [](const auto& records, auto id) -> const Attributes* {
    const auto found = records.find(id);
    return found == records.end() ? nullptr : &found->second.value.attributes;
  };
  switch (label.kind) {
    case RecordKind::Annotation:
      return in(annotations_, AnnotationId{label.id});
    case RecordKind::Event:
      return in(events_, EventId{label.id});
    case RecordKind::Track: {
      const auto found = tracks_.find(TrackId{label.id});
      return found == tracks_.end() ? nullptr : &found->second.track.value.attributes;
    }
    case RecordKind::Segmentation: {
      const auto found = segments_.find(SegmentationId{label.id});
      return found == segments_.end() ? nullptr : &found->second.segmentation.value.attributes;
    }
    default:
      return nullptr;
  }
}

}  // namespace fiducial::workspace
