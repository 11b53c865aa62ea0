// verifyChain(): history and audit, from the newest row back to the empty project (verify.h).
#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "audit.h"
#include "record_table.h"
#include "verify.h"

namespace fiducial::project {
namespace {

using RecordKey = std::tuple<RecordKind, RawId, BrickPlace>;
RecordKey keyOf(const KeptChange& change) { return {change.kind, change.id, change.place}; }

struct PastChange {
  KeptChange change;
  bool otherIsAbsent = false;
  Side other;  ///< whole
};

struct StoredAudit {
  AuditRow row;
  std::string hash;
};

class ChainWalk {
 public:
  ChainWalk(Store& store, VerifyReport& report) : store_(store), report_(report) {}

  void run() {
    std::vector<StoredAudit> rows = readRows();
    report_.auditRows = static_cast<std::int64_t>(rows.size());
    checkRows(rows);
    for (std::size_t i = rows.size(); report_.problems.empty() && i-- > 0;) {
      const runtime::Sha256 previous = i == 0 ? runtime::Sha256{} : hashOf(rows[i - 1]);
      rewind(rows[i], previous);
    }
    if (report_.problems.empty()) checkNothingLeft();
  }

 private:
  void problem(std::string text) { report_.problems.push_back(std::move(text)); }

  std::vector<StoredAudit> readRows() {
    std::vector<StoredAudit> rows;
    Statement& select = store_.database.prepared(
        "SELECT a.seq, a.edit, e.uid, e.name, a.direction, a.made_by, a.time_ms, a.hash, e.annotator FROM audit a "
        "LEFT JOIN edit e ON e.id = a.edit ORDER BY a.seq");
    while (select.step()) {
      AuditRow row{select.number(0),
                   EditId{select.number(1)},
                   select.uid(2),
                   select.text(3),
                   AnnotatorId{select.number(8)},
                   static_cast<Direction>(select.number(4)),
                   select.text(5),
                   select.number(6)};
      rows.push_back({std::move(row), std::string(select.blob(7))});
    }
    if (select.failed()) problem(store_.database.lastError("read the audit chain").message);
    return rows;
  }

  /// Every edit was applied once, has the state and the author that the chain gives it, and no row is missing.
  void checkRows(const std::vector<StoredAudit>& rows) {
    std::map<RawId, const AuditRow*> applied;
    std::map<RawId, const AuditRow*> last;
    std::int64_t expected = 1;
    for (const StoredAudit& stored : rows) {
      const AuditRow& row = stored.row;
      if (row.seq != expected++) return problem("audit: rows are missing before row " + std::to_string(row.seq));
      if (row.direction == Direction::Applied && !applied.emplace(raw(row.edit), &row).second) {
        return problem("audit: edit " + std::to_string(raw(row.edit)) + " is applied twice");
      }
      last[raw(row.edit)] = &row;
    }
    Statement& edits = store_.database.prepared("SELECT e.id, e.undone, e.time_ms FROM edit e ORDER BY e.id");
    std::size_t count = 0;
    while (edits.step()) {
      ++count;
      const auto found = applied.find(edits.number(0));
      const std::string name = "history: edit " + std::to_string(edits.number(0));
      if (found == applied.end()) {
        problem(name + " is not in the audit chain");
        continue;
      }
      const AuditRow& row = *last[edits.number(0)];
      const std::int64_t undone = row.direction == Direction::Undone ? row.seq : 0;
      if ((edits.isNull(1) ? 0 : edits.number(1)) != undone)
        problem(name + " is not in the state that the audit chain says");
      if (edits.number(2) != found->second->timeMs) problem(name + " has another time than the audit chain");
    }
    if (edits.failed()) problem(store_.database.lastError("read the history").message);
    if (count < applied.size()) problem("history: edits of the audit chain are missing");
  }

  static runtime::Sha256 hashOf(const StoredAudit& stored) {
    runtime::Sha256 hash{};
    if (stored.hash.size() == hash.size()) std::copy(stored.hash.begin(), stored.hash.end(), hash.begin());
    return hash;
  }

  /// The state of one record at this point of the walk.
  Side& stateOf(const KeptChange& change) {
    const auto known = states_.find(keyOf(change));
    if (known != states_.end()) return known->second;
    Side side;
    if (change.kind == RecordKind::BrickContent) {
      const auto brick = findBrick(store_.database, change.place);
      if (!brick) problem(brick.error().message);
      if (brick) side = sideOf(*brick);
    } else {
      const auto record = findRecord(store_.database, change.kind, change.id);
      if (!record) problem(record.error().message);
      if (record) side = sideOf(*record);
    }
    return states_.emplace(keyOf(change), std::move(side)).first->second;
  }

  /// An edit's entries, newest first, once they have been read; later (earlier in time) they are swapped in memory.
  std::vector<PastChange>* entriesOf(EditId edit) {
    const auto known = entries_.find(raw(edit));
    if (known != entries_.end()) return &known->second;
    const auto reader = HistoryReader::open(store_.database, edit);
    if (!reader) return problem(reader.error().message), nullptr;
    std::vector<PastChange> entries;
    // Differences are relative to what stood when they were written: what stands now, walking back through the entries.
    const Status done = reader->forEachReversed([&](const HistoryReader::Entry& entry) -> Status {
      PastChange past{entry.change, entry.otherIsAbsent(), {}};
      if (!staysWhenUndone(entry.change, entry.otherIsAbsent())) {
        const auto at = walked_.find(keyOf(entry.change));
        const Side& now = at != walked_.end() ? at->second : stateOf(entry.change);
        auto other = entry.other(now);
        if (!other)
          return Error{ErrorCode::Damaged,
                       "history: an entry of edit " + std::to_string(raw(edit)) + " does not fit what stands",
                       {},
                       {}};
        past.other = std::move(*other);
        walked_[keyOf(entry.change)] = past.other;
      }
      entries.push_back(std::move(past));
      return {};
    });
    walked_.clear();
    if (!done) return problem(done.error().message), nullptr;
    return &entries_.emplace(raw(edit), std::move(entries)).first->second;
  }

  void rewind(const StoredAudit& stored, const runtime::Sha256& previous) {
    const AuditRow& row = stored.row;
    std::vector<PastChange>* entries = entriesOf(row.edit);
    if (entries == nullptr) return;
    ChangeDigests digests;
    for (PastChange& past : *entries) {
      const bool stays = staysWhenUndone(past.change, past.otherIsAbsent);
      if (stays && row.direction != Direction::Applied) continue;
      Side& now = stateOf(past.change);
      checkDecodes(past.change, now);
      digests.add(past.change, past.other, now);
      std::swap(past.other, now);
    }
    digests.reverse();
    std::ranges::reverse(*entries);  // the other direction runs through them the other way
    if (row.direction == Direction::Applied) entries_.erase(raw(row.edit));
    const runtime::Sha256 expected = auditHash(previous, row, digests);
    const std::string_view bytes(reinterpret_cast<const char*>(expected.data()), expected.size());
    if (report_.problems.empty() && bytes != stored.hash) {
      problem("audit: row " + std::to_string(row.seq) + " ('" + row.editName + "' by " + row.madeBy +
              ") does not match the records and the history");
    }
  }

  void checkDecodes(const KeptChange& change, const Side& side) {
    if (change.kind == RecordKind::BrickContent || !side || decodeStored(change.kind, change.id, *side)) return;
    problem("history: a state of the " + std::string(nameOf(change.kind)) + " with id " + std::to_string(change.id) +
            " does not decode");
  }

  /// Every row of every table came from an edit.
  void checkNothingLeft() {
    for (const auto& [key, side] : states_) {
      if (side) problem("audit: " + called(std::get<0>(key), std::get<1>(key)) + " is older than the audit chain");
    }
    for (int i = 0; i < kRecordKinds; ++i) {
      const auto kind = static_cast<RecordKind>(i);
      if (kind == RecordKind::BrickContent) continue;
      Statement ids(store_.database.connection(), "SELECT id FROM " + tableOf(kind).name);
      while (ids.step()) {
        if (!states_.contains({kind, ids.number(0), {}})) {
          problem("audit: " + called(kind, ids.number(0)) + " was not made by any edit");
        }
      }
    }
    Statement& bricks = store_.database.prepared("SELECT segmentation, time, bi, bj, bk FROM brick");
    while (bricks.step()) {
      const auto number = [&](int column) { return static_cast<int>(bricks.number(column)); };
      const BrickPlace place{SegmentationId{bricks.number(0)}, number(1), {number(2), number(3), number(4)}};
      if (!states_.contains({RecordKind::BrickContent, raw(place.segmentation), place})) {
        problem("audit: a brick of segmentation " + std::to_string(raw(place.segmentation)) +
                " was not made by any edit");
      }
    }
  }
  static std::string called(RecordKind kind, RawId id) {
    return "the " + std::string(nameOf(kind)) + " with id " + std::to_string(id);
  }

  Store& store_;
  VerifyReport& report_;
  std::map<RecordKey, Side> states_;                  // of what the walk has touched
  std::map<RecordKey, Side> walked_;                  // within one edit's entries
  std::map<RawId, std::vector<PastChange>> entries_;  // of edits whose rows are not all behind us
};

}  // namespace

void verifyChain(Store& store, VerifyReport& report) { ChainWalk(store, report).run(); }

}  // namespace fiducial::project
