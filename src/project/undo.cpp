#include "undo.h"

#include <set>
#include <tuple>

#include "audit.h"
#include "edit_check.h"
#include "record_table.h"
#include "text_form.h"
#include "transaction.h"

namespace fiducial::project {
namespace {

Result<std::optional<UndoTarget>> firstOf(Store& store, Statement& select) {
  if (!select.step()) {
    if (select.failed()) return store.database.lastError("read the history");
    return std::optional<UndoTarget>();
  }
  UndoTarget target{EditId{select.number(0)},      select.uid(1),   select.text(2), select.text(3),
                    AnnotatorId{select.number(4)}, select.number(5)};
  select.reset();
  return std::optional(std::move(target));
}

using RecordKey = std::tuple<RecordKind, RawId, BrickPlace>;

Result<std::set<RecordKey>> recordsOf(Store& store, EditId edit) {
  const auto reader = HistoryReader::open(store.database, edit);
  if (!reader) return reader.error();
  std::set<RecordKey> keys;
  const Status done = reader->forEachReversed([&](const HistoryReader::Entry& entry) {
    if (!staysWhenUndone(entry.change, entry.otherIsAbsent())) {
      keys.insert({entry.change.kind, entry.change.id, entry.change.place});
    }
    return Status{};
  });
  if (!done) return done.error();
  return keys;
}

/// Somebody else's edits between now and `target` in the order in which undo or redo would come to them.
Result<std::vector<UndoTarget>> othersInBetween(Store& store, const UndoTarget& target, Direction direction) {
  Statement& select =
      direction == Direction::Undone
          ? store.database.prepared(
                "SELECT e.id, e.uid, e.name, a.name, a.id, 0 FROM edit e JOIN annotator a ON a.id = e.annotator "
                "WHERE e.undone IS NULL AND e.id > ?1 AND a.name <> ?2")
          : store.database.prepared(
                "SELECT e.id, e.uid, e.name, a.name, a.id, e.undone FROM edit e "
                "JOIN annotator a ON a.id = e.annotator "
                "WHERE e.undone > ?1 AND e.closed = 0 AND a.name <> ?2");
  select.bind(direction == Direction::Undone ? raw(target.id) : target.undone).bindText(target.by);
  std::vector<UndoTarget> others;
  while (select.step()) {
    others.push_back({EditId{select.number(0)}, select.uid(1), select.text(2), select.text(3),
                      AnnotatorId{select.number(4)}, select.number(5)});
  }
  if (select.failed()) return store.database.lastError("read the history");
  return others;
}

/// Errors: Conflict where somebody else's edit in between touched a record of the target.
Status checkNothingInBetween(Store& store, const UndoTarget& target, Direction direction) {
  const auto others = othersInBetween(store, target, direction);
  if (!others) return others.error();
  if (others->empty()) return {};
  const auto keys = recordsOf(store, target.id);
  if (!keys) return keys.error();
  for (const UndoTarget& other : *others) {
    const auto touched = recordsOf(store, other.id);
    if (!touched) return touched.error();
    for (const RecordKey& key : *touched) {
      if (!keys->contains(key)) continue;
      return Error{ErrorCode::Conflict,
                   "cannot take back '" + target.name + "' by " + target.by + ": '" + other.name + "' by " + other.by +
                       " changed the same " + std::string(nameOf(std::get<0>(key))),
                   {},
                   "take back the other edit first"};
    }
  }
  return {};
}

class EditSwap {
 public:
  EditSwap(Store& store, const UndoTarget& target, Direction direction)
      : store_(store),
        target_(target),
        direction_(direction),
        counters_(store.counters),
        history_(store.database, target.id) {}

  Status run(bool checksTogether) {
    const auto reader = HistoryReader::open(store_.database, target_.id);
    if (!reader) return reader.error();
    if (Status done = eraseParts(store_.database, target_.id); !done) return done;
    // From the last entry to the first, and written in that order: so redo runs backwards again and is the edit itself.
    const Status done = reader->forEachReversed([&](const HistoryReader::Entry& entry) { return swap(entry); });
    if (!done) return done;
    if (Status finished = history_.finish(); !finished) return finished;
    if (!checksTogether) return {};
    Status sound = checkTogether(store_, changes_);
    if (sound || (sound.error().code != ErrorCode::Invalid && sound.error().code != ErrorCode::OutOfRange))
      return sound;
    Error error = sound.error();
    error.code = ErrorCode::Conflict;
    return error;
  }

  Result<AppliedEdit> finish(const std::string& annotator) {
    const bool isUndo = direction_ == Direction::Undone;
    const AuditRow row{++counters_.auditRows, target_.id, target_.uid, target_.name,
                       target_.author,        direction_, annotator,   nowMs()};
    Statement& update = store_.database.prepared("UPDATE edit SET undone = ?, closed = 0 WHERE id = ?");
    isUndo ? update.bind(row.seq) : update.bindNull();
    if (!update.bind(raw(target_.id)).run()) return store_.database.lastError("write the history");
    counters_.lastHash = auditHash(counters_.lastHash, row, digests_);
    if (Status done = appendAudit(store_.database, row, counters_.lastHash); !done) return done.error();
    counters_.canRedo = true;  // after a redo perhaps not: then the next edit closes none
    AppliedEdit result{target_.id, unpackUid(target_.uid), target_.name, target_.by, row.timeMs, direction_, {}, {}};
    for (const Change& change : changes_) {
      const bool isNew = !change.before && change.kind != RecordKind::BrickContent;
      if (isNew) result.created.push_back(change.id);
    }
    result.changes = std::move(changes_);
    return result;
  }
  [[nodiscard]] const Counters& counters() const { return counters_; }

 private:
  Status swap(const HistoryReader::Entry& entry) {
    if (staysWhenUndone(entry.change, entry.otherIsAbsent())) return history_.add(entry.change, Side(), Side());
    return entry.change.kind == RecordKind::BrickContent ? swapBrick(entry) : swapRecord(entry);
  }

  Status swapRecord(const HistoryReader::Entry& entry) {
    const auto& [kind, id, place] = entry.change;
    auto now = findRecord(store_.database, kind, id);
    if (!now) return now.error();
    const Side nowSide = sideOf(*now);
    const auto otherSide = entry.other(nowSide);
    std::optional<StoredRecord> other;
    if (otherSide && *otherSide) other = decodeStored(kind, id, **otherSide);
    if (!otherSide || (*otherSide && !other)) return damaged(entry);
    if (Status done = writeRecord(store_, kind, id, now->has_value(), other); !done) return done;
    Change change{kind, id, std::nullopt, std::nullopt};
    if (*now) change.before = std::move((*now)->value);
    if (other) change.after = std::move(other->value);
    return keep(entry, nowSide, *otherSide, std::move(change));
  }

  Status swapBrick(const HistoryReader::Entry& entry) {
    const BrickPlace& place = entry.change.place;
    auto now = findBrick(store_.database, place);
    if (!now) return now.error();
    const Side nowSide = sideOf(*now);
    const auto otherSide = entry.other(nowSide);
    if (!otherSide) return damaged(entry);
    const BrickPointer other = *otherSide ? brickFrom(**otherSide) : nullptr;
    if (Status done = writeBrick(store_.database, place, other); !done) return done;
    const auto content = [&](const BrickPointer& brick) {
      return Record(BrickContent{place.segmentation, place.time, place.index, brick});
    };
    return keep(entry, nowSide, sideOf(other),
                {RecordKind::BrickContent, entry.change.id, content(*now), content(other)});
  }

  Status keep(const HistoryReader::Entry& entry, const Side& before, const Side& after, Change change) {
    digests_.add(entry.change, before, after);
    changes_.push_back(std::move(change));
    return history_.add(entry.change, after, before);
  }

  Status damaged(const HistoryReader::Entry& entry) const {
    return Error{ErrorCode::Damaged,
                 "the history of '" + target_.name + "' does not fit the " + std::string(nameOf(entry.change.kind)) +
                     " with id " + std::to_string(entry.change.id),
                 store_.database.path().string(), "run verify, or go back to a backup"};
  }

  Store& store_;
  const UndoTarget& target_;
  Direction direction_;
  Counters counters_;
  HistoryWriter history_;
  ChangeDigests digests_;
  std::vector<Change> changes_;
};

Result<AppliedEdit> swapInTransaction(Store& store, const UndoTarget& target, Direction direction, bool checksTogether,
                                      const std::string& annotator) {
  Transaction transaction(store.database);
  if (Status begun = transaction.begun(); !begun) return begun.error();
  if (Status only = checkOnlyWriter(store); !only) return only.error();
  EditSwap swap(store, target, direction);
  if (Status done = swap.run(checksTogether); !done) return done.error();
  auto result = swap.finish(annotator);
  if (!result) return result;
  if (Status done = transaction.commit(); !done) {
    if (done.error().code != ErrorCode::Conflict) return done.error();
    return Error{ErrorCode::Conflict,
                 "cannot take back '" + target.name + "': other edits refer to what it made",
                 {},
                 "take back the other edits first"};
  }
  store.counters = swap.counters();
  return result;
}

}  // namespace

Result<std::optional<UndoTarget>> undoTarget(Store& store, std::string_view by) {
  if (by.empty()) {
    return firstOf(store,
                   store.database.prepared(
                       "SELECT e.id, e.uid, e.name, a.name, a.id, 0 FROM edit e JOIN annotator a ON a.id = e.annotator "
                       "WHERE e.undone IS NULL ORDER BY e.id DESC LIMIT 1"));
  }
  return firstOf(store,
                 store.database
                     .prepared("SELECT e.id, e.uid, e.name, a.name, a.id, 0 FROM edit e JOIN annotator a "
                               "ON a.id = e.annotator WHERE e.undone IS NULL AND a.name = ? ORDER BY e.id DESC LIMIT 1")
                     .bindText(by));
}

Result<std::optional<UndoTarget>> redoTarget(Store& store, std::string_view by) {
  if (by.empty()) {
    return firstOf(
        store, store.database.prepared(
                   "SELECT e.id, e.uid, e.name, a.name, a.id, e.undone FROM edit e JOIN annotator a "
                   "ON a.id = e.annotator WHERE e.undone IS NOT NULL AND e.closed = 0 ORDER BY e.undone DESC LIMIT 1"));
  }
  return firstOf(store,
                 store.database
                     .prepared("SELECT e.id, e.uid, e.name, a.name, a.id, e.undone FROM edit e JOIN annotator a "
                               "ON a.id = e.annotator WHERE e.undone IS NOT NULL AND e.closed = 0 AND a.name = ? "
                               "ORDER BY e.undone DESC LIMIT 1")
                     .bindText(by));
}

Result<AppliedEdit> swapEdit(Store& store, Direction direction, std::string_view by, const std::string& annotator) {
  const bool isUndo = direction == Direction::Undone;
  const std::string name = toNfc(by);
  auto target = isUndo ? undoTarget(store, name) : redoTarget(store, name);
  if (!target) return target.error();
  if (!*target) {
    std::string message = isUndo ? "there is nothing to undo" : "there is nothing to redo";
    if (!name.empty()) message.append(" by ").append(name);
    return Error{ErrorCode::NotFound, std::move(message), {}, {}};
  }
  if (!name.empty()) {
    if (Status done = checkNothingInBetween(store, **target, direction); !done) return done.error();
  }
  auto result = swapInTransaction(store, **target, direction, !name.empty(), annotator);
  if (!result) store.known.forget();
  return result;
}

}  // namespace fiducial::project
