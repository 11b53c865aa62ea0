// One undoable change by one annotator: what tools, importers and the command line produce and the project applies.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "fiducial/core/records.h"

namespace fiducial {

/// Creating has no before and an id <= 0 (negative: other changes of the same edit may refer to it by that number);
/// deleting has no after. `before` may be left out by whoever makes the edit: the project fills it in.
/// For BrickContent `id` is the segmentation's id, and both sides name the same brick.
struct Change {
  RecordKind kind = RecordKind::Annotation;
  RawId id = 0;
  Boxed<Record> before;
  Boxed<Record> after;
  friend bool operator==(const Change&, const Change&) = default;
};

struct Edit {
  std::string name;  ///< "Draw box": shown in undo and history
  std::vector<Change> changes;
  std::string by;  ///< annotator; empty: the project's current one
};

[[nodiscard]] inline Change create(Record after, RawId temporaryId = 0) {
  const RecordKind kind = kindOf(after);
  return {kind, temporaryId, std::nullopt, std::move(after)};
}
template <class Id>
[[nodiscard]] Change update(Id id, Record after) {
  const RecordKind kind = kindOf(after);
  return {kind, raw(id), std::nullopt, std::move(after)};
}
template <class Id>
[[nodiscard]] Change erase(Id id, RecordKind kind) {
  return {kind, raw(id), std::nullopt, std::nullopt};
}
/// Replaces one brick (null: absent).
[[nodiscard]] inline Change paint(BrickContent after) {
  const RawId id = raw(after.segmentation);
  return {RecordKind::BrickContent, id, std::nullopt, Record{std::move(after)}};
}

enum class Direction : std::uint8_t { Applied, Undone, Redone };

/// What observers are told: changes hold both sides and real ids, in the order in which they were made
/// (for an undo: already reversed, so that `after` is what now stands).
struct AppliedEdit {
  EditId id{};
  Uid uid;
  std::string name;
  std::string by;
  std::int64_t timeMs = 0;  ///< Unix milliseconds of the commit
  Direction direction = Direction::Applied;
  std::vector<Change> changes;
  std::vector<RawId> created;  ///< ids of the records created, in the order of the edit's changes
};

/// A record as a query gives it.
template <class T>
struct Stored {
  RawId id = 0;
  Uid uid;
  std::string by;       ///< annotator who owns it (labels only)
  ReadingId reading{};  ///< labels only
  T value;
};

}  // namespace fiducial
