// What the project's thread works with: the connection, what it remembers, and the counters that go into every edit.
#pragma once

#include <string>

#include "brick_table.h"
#include "database.h"
#include "fiducial/core/edit.h"
#include "fiducial/runtime/content_hash.h"
#include "history.h"
#include "known_records.h"
#include "record_codec.h"

namespace fiducial::project {

struct Counters {
  RawId nextId = 1;  ///< of all kinds; ids are never used again
  std::int64_t auditRows = 0;
  runtime::Sha256 lastHash{};
  bool canRedo = false;  ///< some undone edit is not closed yet
};

struct Store {
  explicit Store(Database opened) : database(std::move(opened)), known(database) {}
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  Database database;
  KnownRecords known;
  Counters counters;
};

[[nodiscard]] Status loadCounters(Store& store);
/// Inside a transaction, before anything is written: whether the file is still what the counters and `known` were read
/// from. Between programs that keep the lock it is; a lock file can be lost, and not every program keeps it.
/// Errors: Conflict.
[[nodiscard]] Status checkOnlyWriter(Store& store);
[[nodiscard]] std::int64_t nowMs();

/// One change as it is written: kept form, and both sides as values and as bytes.
struct WrittenChange {
  KeptChange kept;
  Side before;
  Side after;
  Change change;
};
[[nodiscard]] inline Side sideOf(const BrickPointer& brick) {
  return brick ? Side(std::string(bytesOf(*brick))) : Side();
}
[[nodiscard]] inline Side sideOf(const std::optional<StoredRecord>& record) {
  return record ? Side(encodeStored(*record)) : Side();
}

/// Writes a record's row: insert, update or (no `after`) erase, and tells `known`.
[[nodiscard]] Status writeRecord(Store& store, RecordKind kind, RawId id, bool existed,
                                 const std::optional<StoredRecord>& after);

}  // namespace fiducial::project
