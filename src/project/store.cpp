#include "store.h"

#include <algorithm>
#include <chrono>

#include "record_table.h"

namespace fiducial::project {

Status loadCounters(Store& store) {
  Counters counters;
  Statement& edit = store.database.prepared("SELECT next_id FROM edit ORDER BY id DESC LIMIT 1");
  if (edit.step()) counters.nextId = edit.number(0);
  if (edit.failed()) return store.database.lastError("read the history");
  edit.reset();
  Statement& audit = store.database.prepared("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1");
  if (audit.step()) {
    counters.auditRows = audit.number(0);
    const std::string_view hash = audit.blob(1);
    std::copy_n(hash.begin(), std::min(hash.size(), counters.lastHash.size()), counters.lastHash.begin());
  }
  if (audit.failed()) return store.database.lastError("read the audit chain");
  audit.reset();
  Statement& open = store.database.prepared("SELECT 1 FROM edit WHERE undone IS NOT NULL AND closed = 0 LIMIT 1");
  counters.canRedo = open.step();
  if (open.failed()) return store.database.lastError("read the history");
  open.reset();
  store.counters = counters;
  return {};
}

Status checkOnlyWriter(Store& store) {
  Statement& last = store.database.prepared("SELECT max(seq) FROM audit");
  if (!last.step()) return store.database.lastError("read the audit chain");
  const std::int64_t rows = last.number(0);
  last.reset();
  if (rows == store.counters.auditRows) return {};
  return Error{ErrorCode::Conflict, "another program has written to this project", store.database.path().string(),
               "open it again"};
}

std::int64_t nowMs() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

Status writeRecord(Store& store, RecordKind kind, RawId id, bool existed, const std::optional<StoredRecord>& after) {
  Status done;
  if (after) {
    done = existed ? updateRecord(store.database, *after) : insertRecord(store.database, *after);
  } else {
    done = eraseRecord(store.database, kind, id);
  }
  if (done) store.known.note(kind, id, after ? &after->value : nullptr);
  return done;
}

}  // namespace fiducial::project
