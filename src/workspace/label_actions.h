// Edits that keys and panels ask for, made from the labels as they stand. Pure: an edit without changes says that there
// is nothing to do.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "fiducial/workspace/label_store.h"

namespace fiducial::workspace {

/// "3 annotations", "1 track", "2 labels" where they are of several kinds.
[[nodiscard]] std::string countText(std::span<const edit::LabelRef> labels);

[[nodiscard]] Edit deletion(const LabelStore& store, std::span<const edit::LabelRef> labels);
[[nodiscard]] Edit withClass(const LabelStore& store, std::span<const edit::LabelRef> labels, ClassId labelClass);
/// On a track: of its key frame on `frame` (made where there is none) if the class says that it varies by frame.
[[nodiscard]] Edit withAttribute(const LabelStore& store, edit::LabelRef label, const std::string& name,
                                 std::optional<AttributeValue> value, int frame);

/// A key frame as the track stands; where it has ended, the last shape starts it again.
[[nodiscard]] Edit keyframeHere(const LabelStore& store, TrackId track, int frame);
/// `outside` at frame + 1.
[[nodiscard]] Edit trackEndsHere(const LabelStore& store, TrackId track, int frame, int frameCount);
[[nodiscard]] Edit occlusionToggled(const LabelStore& store, TrackId track, int frame);
/// Refused (no changes) where the track has a key frame there already.
[[nodiscard]] Edit keyframeMoved(const LabelStore& store, KeyframeId keyframe, int frame);
/// Annotations are copied, tracks get a key frame of the same shape.
[[nodiscard]] Edit copiedTo(const LabelStore& store, std::span<const edit::SceneShape> shapes, MediumId medium,
                            int frame);

/// What stands as T under a label; nothing where it is gone.
template <class T>
[[nodiscard]] std::optional<T> valueOf(const LabelStore& store, RecordKind kind, RawId id) {
  std::optional<Record> record = store.current(Change{kind, id, std::nullopt, std::nullopt});
  T* value = record ? recordAs<T>(*record) : nullptr;
  return value ? std::optional<T>(std::move(*value)) : std::nullopt;
}

}  // namespace fiducial::workspace
