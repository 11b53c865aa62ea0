#include "edit_application.h"

#include <algorithm>

#include "audit.h"
#include "edit_check.h"
#include "edit_references.h"
#include "record_table.h"
#include "text_form.h"
#include "transaction.h"

namespace fiducial::project {
namespace {

/// The medium whose reading a label belongs to; none for other records.
std::optional<MediumId> mediumOfLabel(const Record& record) {
  return visitRecord(
      []<class R>(const R& r) -> std::optional<MediumId> {
        if constexpr (kIsLabel<R>) return r.medium;
        return std::nullopt;
      },
      record);
}

/// One edit may hold many key frames: which one is wrong is told by its frame.
Error saying(const Record& record, Error error) {
  if (const auto* keyframe = std::get_if<Keyframe>(&record)) {
    error.message = "key frame on frame " + std::to_string(keyframe->frame) + ": " + error.message;
  }
  return error;
}

class EditApplication {
 public:
  EditApplication(Store& store, std::string by)
      : store_(store), counters_(store.counters), by_(std::move(by)), edit_{EditId{}} {}

  Status run(std::vector<Change>& changes) {
    auto created = resolveReferences(changes, counters_.nextId);
    if (!created) return created.error();
    created_ = std::move(created->ids);
    // The edit's own row comes at the end but needs its number now, for the parts of its history.
    edit_ = EditId{counters_.nextId++};
    history_.emplace(store_.database, edit_);
    applied_.reserve(changes.size() + 2);
    if (Status done = findAnnotator(); !done) return done;
    for (const std::size_t index : writingOrder(changes)) {
      if (Status done = write(changes[index], created->isCreated[index]); !done) return done;
    }
    return checkTogether(store_, applied_);
  }

  Result<AppliedEdit> finish(std::string name) {
    AppliedEdit result{edit_, runtime::newUid(),  std::move(name), by_, nowMs(), Direction::Applied,
                       {},    std::move(created_)};
    // The edit's row before the rows that name it: while a reference is open SQLite looks for rows that fill it.
    if (Status done = writeEdit(result); !done) return done.error();
    if (Status done = history_->finish(); !done) return done.error();
    result.changes = std::move(applied_);
    return result;
  }
  [[nodiscard]] const Counters& counters() const { return counters_; }

 private:
  Status findAnnotator() {
    by_ = toNfc(by_);
    if (const auto known = store_.known.named<Annotator>(by_)) {
      annotator_ = AnnotatorId{*known};
      return {};
    }
    annotator_ = AnnotatorId{counters_.nextId++};
    return writeNew(raw(annotator_), Annotator{by_});
  }

  /// One change and everything that has to happen with it.
  Status write(Change& change, bool isNew) {
    if (change.kind == RecordKind::BrickContent) return writeBrickChange(change);
    if (!change.after) {
      if (Status done = eraseOwned(change); !done) return done;
    }
    return writeRecordChange(change, isNew);
  }

  Status writeNew(RawId id, Record record) {
    Change change{kindOf(record), id, std::nullopt, std::move(record)};
    return writeRecordChange(change, true);
  }

  /// What has no life of its own goes with its owner: key frames, bricks, readings without labels.
  Status eraseOwned(const Change& change) {
    switch (change.kind) {
      case RecordKind::Track:
        return eraseAll(RecordKind::Keyframe, "SELECT id FROM keyframe WHERE track = ?", change.id);
      case RecordKind::Medium:
        return eraseReadings(change.id);
      case RecordKind::Segmentation:
        break;
      default:
        return {};
    }
    auto bricks = bricksOf(store_.database, SegmentationId{change.id});
    if (!bricks) return bricks.error();
    for (BrickContent& content : *bricks) {
      content.brick = nullptr;
      Change absent = paint(content);
      if (Status done = writeBrickChange(absent); !done) return done;
    }
    return {};
  }

  Status eraseReadings(RawId medium) {
    return eraseAll(
        RecordKind::Reading,
        "SELECT id FROM reading r WHERE medium = ? AND NOT EXISTS (SELECT 1 FROM annotation WHERE reading = r.id)"
        " AND NOT EXISTS (SELECT 1 FROM track WHERE reading = r.id)"
        " AND NOT EXISTS (SELECT 1 FROM segmentation WHERE reading = r.id)"
        " AND NOT EXISTS (SELECT 1 FROM event WHERE reading = r.id)"
        " AND NOT EXISTS (SELECT 1 FROM tag WHERE reading = r.id)"
        " AND NOT EXISTS (SELECT 1 FROM measurement WHERE reading = r.id)"
        " AND NOT EXISTS (SELECT 1 FROM mark WHERE reading = r.id)",
        medium);
  }

  Status eraseAll(RecordKind kind, std::string_view selectIds, RawId owner) {
    Statement& select = store_.database.prepared(selectIds).bind(owner);
    std::vector<RawId> ids;
    while (select.step()) ids.push_back(select.number(0));
    if (select.failed()) return store_.database.lastError("read the project");
    for (const RawId id : ids) {
      Change erase{kind, id, std::nullopt, std::nullopt};
      if (Status done = writeRecordChange(erase, false); !done) return done;
    }
    return {};
  }

  Status writeRecordChange(Change& change, bool isNew) {
    if (change.kind == RecordKind::Annotator && !change.after) {
      return Error{ErrorCode::Invalid, "annotators are never deleted: the history names them", {}, {}};
    }
    std::optional<StoredRecord> before;
    if (!isNew) {
      auto found = findRecord(store_.database, change.kind, change.id);
      if (!found) return found.error();
      if (!*found) {
        return Error{
            ErrorCode::Invalid,
            "field 'id': there is no " + std::string(nameOf(change.kind)) + " with id " + std::to_string(change.id),
            {},
            {}};
      }
      before = std::move(**found);
    }
    std::optional<StoredRecord> after;
    if (change.after) {
      if (kindOf(*change.after) != change.kind) {
        return Error{ErrorCode::Invalid, "a change of one kind holds a record of another", {}, {}};
      }
      normalise(*change.after);
      if (Status done = checkRecord(store_.known, *change.after, before ? &before->value : nullptr); !done) {
        return saying(*change.after, done.error());
      }
      auto reading = readingFor(*change.after, before);
      if (!reading) return reading.error();
      after = StoredRecord{change.id, before ? before->uid : packUid(runtime::newUid()), *reading,
                           std::move(*change.after)};
    }
    if (Status done = writeRecord(store_, change.kind, change.id, before.has_value(), after); !done) return done;
    Change written{change.kind, change.id, std::nullopt, std::nullopt};
    const KeptChange kept{change.kind, change.id, {}};
    if (Status done = record(kept, sideOf(before), sideOf(after)); !done) return done;
    if (before) written.before = std::move(before->value);
    if (after) written.after = std::move(after->value);
    applied_.push_back(std::move(written));
    return {};
  }

  Status writeBrickChange(Change& change) {
    if (!change.after) return Error{ErrorCode::Invalid, "a brick is erased by painting it absent", {}, {}};
    auto& content = std::get<BrickContent>(*change.after);
    if (content.brick && content.brick->isEmpty()) content.brick = nullptr;
    if (Status done = checkRecord(store_.known, *change.after, nullptr); !done) return done;
    const BrickPlace place = placeOf(content);
    auto before = findBrick(store_.database, place);
    if (!before) return before.error();
    if (Status done = writeBrick(store_.database, place, content.brick); !done) return done;
    const KeptChange kept{RecordKind::BrickContent, raw(content.segmentation), place};
    if (Status done = record(kept, sideOf(*before), sideOf(content.brick)); !done) return done;
    applied_.push_back({change.kind, kept.id,
                        Record(BrickContent{place.segmentation, place.time, place.index, *before}),
                        std::move(change.after)});
    return {};
  }

  Status record(const KeptChange& kept, const Side& before, const Side& after) {
    digests_.add(kept, before, after);
    return history_->add(kept, after, before);
  }

  /// A label stays in its reading; a new one goes into the annotator's draft of its medium, made if there is none.
  Result<ReadingId> readingFor(const Record& after, const std::optional<StoredRecord>& before) {
    const auto medium = mediumOfLabel(after);
    if (!medium) return ReadingId{};
    AnnotatorId owner = annotator_;
    if (before) {
      if (mediumOfLabel(before->value) == medium) return before->reading;
      if (const auto* reading = store_.known.find<Reading>(raw(before->reading))) owner = reading->annotator;
    }
    if (const auto draft = store_.known.draftReading(*medium, owner)) return *draft;
    const RawId id = counters_.nextId++;
    if (Status done = writeNew(id, Reading{*medium, owner, ReadingState::Draft}); !done) return done.error();
    return ReadingId{id};
  }

  Status writeEdit(const AppliedEdit& result) {
    Database& database = store_.database;
    if (counters_.canRedo) {
      counters_.canRedo = false;
      if (!database.prepared("UPDATE edit SET closed = 1 WHERE undone IS NOT NULL AND closed = 0").run()) {
        return database.lastError("write the history");
      }
    }
    const UidBytes uid = packUid(result.uid);
    Statement& insert = database.prepared(
        "INSERT INTO edit (id, uid, name, annotator, time_ms, next_id, undone, closed) VALUES (?, ?, ?, ?, ?, ?, NULL, "
        "0)");
    insert.bind(raw(edit_)).bindUid(uid).bindText(result.name).bind(raw(annotator_)).bind(result.timeMs);
    if (!insert.bind(counters_.nextId).run()) return database.lastError("write the history");
    const AuditRow row{++counters_.auditRows, edit_,     uid,          result.name, annotator_,
                       Direction::Applied,    result.by, result.timeMs};
    counters_.lastHash = auditHash(counters_.lastHash, row, digests_);
    return appendAudit(database, row, counters_.lastHash);
  }

  Store& store_;
  Counters counters_;  // taken over by the store once everything is durable
  std::string by_;
  AnnotatorId annotator_{};
  EditId edit_;
  std::optional<HistoryWriter> history_;
  ChangeDigests digests_;
  std::vector<Change> applied_;
  std::vector<RawId> created_;
};

Status checkHead(const Edit& edit, const std::string& by) {
  if (!isUtf8(edit.name)) return Error{ErrorCode::Invalid, "field 'name': is not UTF-8 text", {}, {}};
  if (by.empty() || !isUtf8(by))
    return Error{ErrorCode::Invalid, "field 'by': is not the name of an annotator", {}, {}};
  return {};
}

/// What only SQLite's own foreign keys found.
Error commitError(Error error) {
  if (error.code == ErrorCode::Conflict) {
    return {ErrorCode::Invalid, "the edit leaves a reference to a record that is not there", error.path, {}};
  }
  return error;
}

Result<AppliedEdit> applyInTransaction(Store& store, Edit& edit, const std::string& by) {
  Transaction transaction(store.database);
  if (Status begun = transaction.begun(); !begun) return begun.error();
  if (Status only = checkOnlyWriter(store); !only) return only.error();
  EditApplication application(store, by);
  if (Status done = application.run(edit.changes); !done) return done.error();
  auto result = application.finish(edit.name);
  if (!result) return result;
  if (Status done = transaction.commit(); !done) return commitError(done.error());
  store.counters = application.counters();
  return result;
}

}  // namespace

Result<AppliedEdit> applyEdit(Store& store, Edit edit, const std::string& annotator) {
  const std::string& by = edit.by.empty() ? annotator : edit.by;
  if (Status done = checkHead(edit, by); !done) return done.error();
  auto result = applyInTransaction(store, edit, by);
  if (!result) store.known.forget();
  return result;
}

}  // namespace fiducial::project
