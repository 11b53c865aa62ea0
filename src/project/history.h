// What each edit can be undone from: for every change the other side of what now stands (docs/project-file.md,
// "History").
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "brick_table.h"
#include "database.h"
#include "fiducial/core/edit.h"
#include "record_codec.h"

namespace fiducial::project {

/// One change as history keeps it. A record's side is encodeStored() bytes; a brick's is its 4096 bytes; none is
/// absent.
struct KeptChange {
  RecordKind kind = RecordKind::Annotation;
  RawId id = 0;
  BrickPlace place;  ///< BrickContent only
  friend bool operator==(const KeptChange&, const KeptChange&) = default;
};
using Side = std::optional<std::string>;

/// Annotators stay when the edit that first named them is undone: history and audit go on naming them.
[[nodiscard]] bool staysWhenUndone(const KeptChange& change, bool otherIsAbsent);

/// Collects the changes of one edit into parts of bounded size and writes them as rows.
class HistoryWriter {
 public:
  HistoryWriter(Database& database, EditId edit) : database_(database), edit_(edit) {}
  /// `now` is what stands, `other` what undo (or redo) brings back.
  [[nodiscard]] Status add(const KeptChange& change, const Side& now, const Side& other);
  [[nodiscard]] Status finish();

 private:
  Database& database_;
  EditId edit_;
  ByteWriter part_;
  std::int64_t parts_ = 0;
};

/// The entries of an edit, newest first, whole parts read beforehand. `other` needs what now stands to be worked out.
class HistoryReader {
 public:
  struct Entry {
    KeptChange change;
    std::uint8_t form = 0;
    std::string content;
    [[nodiscard]] bool otherIsAbsent() const { return form == 0; }
    /// Nothing in the outer optional: damaged.
    [[nodiscard]] std::optional<Side> other(const Side& now) const;
  };
  static Result<HistoryReader> open(Database& database, EditId edit);
  /// From the last entry to the first. Stops at the first failure.
  [[nodiscard]] Status forEachReversed(const std::function<Status(const Entry&)>& visit) const;

 private:
  explicit HistoryReader(EditId edit) : edit_(edit) {}
  EditId edit_;
  std::vector<std::string> parts_;  // as stored, in order
};

[[nodiscard]] Status eraseParts(Database& database, EditId edit);

}  // namespace fiducial::project
