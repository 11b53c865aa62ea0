#include "verify.h"

#include <algorithm>

#include "edit_check.h"
#include "record_table.h"

namespace fiducial::project {
namespace {

constexpr int kMostProblems = 100;  // of one kind: the first ones say enough

class StoreVerification {
 public:
  explicit StoreVerification(Store& store) : store_(store) {}

  VerifyReport run() {
    integrity();
    foreignKeys();
    if (!report_.problems.empty()) return std::move(report_);  // what follows would only echo it
    for (int i = 0; i < kRecordKinds; ++i) {
      const auto kind = static_cast<RecordKind>(i);
      if (kind != RecordKind::BrickContent) withRecordType(kind, [&]<class R>() { records<R>(); });
    }
    bricks();
    rules();
    counters();
    if (report_.problems.empty()) verifyChain(store_, report_);
    return std::move(report_);
  }

 private:
  void problem(std::string text) {
    if (report_.problems.size() < kMostProblems) report_.problems.push_back(std::move(text));
  }
  void failed(const Statement& statement) {
    if (statement.failed()) problem(store_.database.lastError("read the project").message);
  }

  void integrity() {
    Statement& check = store_.database.prepared("PRAGMA integrity_check(20)");
    while (check.step()) {
      if (check.textView(0) != "ok") problem("database: " + check.text(0));
    }
    failed(check);
  }

  void foreignKeys() {
    Statement& check = store_.database.prepared("PRAGMA foreign_key_check");
    while (check.step()) {
      problem("database: " + check.text(0) + " with id " + check.text(1) + " refers to a " + check.text(2) +
              " that is not there");
    }
    failed(check);
  }

  template <class R>
  void records() {
    const TableText& table = tableOf(kKindOf<R>);
    Statement& rows = store_.database.prepared(selectAll<R>());
    while (rows.step()) {
      Row<R> row;
      if (!readRow(rows, row)) {
        problem(table.name + " with id " + std::to_string(row.id) + " does not decode");
        continue;
      }
      if constexpr (std::same_as<R, Keyframe>) part("keyframe", row.id, Record(row.value));
      if constexpr (requires { row.value.shape; }) shape(table.name, row.id, row.value.shape);
    }
    failed(rows);
  }
  template <class R>
  static const std::string& selectAll() {
    static const std::string sql = "SELECT " + tableOf(kKindOf<R>).columns + " FROM " + tableOf(kKindOf<R>).name;
    return sql;
  }

  void shape(const std::string& table, RawId id, const Shape& shape) {
    // Only the shape itself: whether it fits its medium was checked when it was made.
    const auto* mask = std::get_if<RunMask>(&shape);
    const Status done = check(shape, mask != nullptr ? mask->size : ImageSize{1, 1});
    if (!done) problem(table + " with id " + std::to_string(id) + ": " + done.error().message);
  }

  /// Against the medium of its track or segmentation. A schema change may have left older attributes behind.
  void part(const std::string& name, RawId id, const Record& record) {
    const Status done = checkRecord(store_.known, record, &record);
    if (!done) problem(name + " with id " + std::to_string(id) + ": " + done.error().message);
  }

  void bricks() {
    Statement& segmentations = store_.database.prepared("SELECT id FROM segmentation");
    std::vector<RawId> ids;
    while (segmentations.step()) ids.push_back(segmentations.number(0));
    failed(segmentations);
    for (const RawId id : ids) {
      auto content = bricksOf(store_.database, SegmentationId{id});
      if (!content) {
        problem(content.error().message);
        continue;
      }
      for (BrickContent& brick : *content) part("segmentation", id, Record(std::move(brick)));
    }
  }

  void expectNone(std::string_view sql, std::string_view what) {
    Statement& select = store_.database.prepared(sql);
    while (select.step()) problem(std::string(what) + " (id " + select.text(0) + ")");
    failed(select);
  }

  void rules() {
    expectNone("SELECT max(id) FROM keyframe GROUP BY track, frame HAVING count(*) > 1",
               "a track has two key frames on one frame");
    expectNone("SELECT max(id) FROM class GROUP BY name HAVING count(*) > 1", "two classes have one name");
    expectNone("SELECT id FROM event WHERE last_frame < first_frame", "an event ends before it begins");
    expectNone(
        "SELECT b.id FROM event a JOIN event b ON a.layer = b.layer AND a.medium = b.medium AND a.reading = b.reading "
        "AND a.id < b.id AND a.first_frame <= b.last_frame AND b.first_frame <= a.last_frame "
        "JOIN layer l ON l.id = a.layer WHERE l.exclusive = 1",
        "events overlap in an exclusive layer");
    expectNone("SELECT id FROM tag WHERE (class IS NULL) = (question IS NULL)",
               "a tag names no class and no question, or both");
    for (const char* table : {"annotation", "track", "segmentation", "event", "measurement", "mark", "tag"}) {
      Statement wrong(store_.database.connection(),
                      std::string("SELECT t.id FROM ") + table +
                          " t JOIN reading r ON r.id = t.reading WHERE r.medium <> t.medium");
      while (wrong.step())
        problem(std::string(table) + " with id " + wrong.text(0) + " is in a reading of another medium");
    }
  }

  void counters() {
    RawId highest = 0;
    for (int i = 0; i < kRecordKinds; ++i) {
      const auto kind = static_cast<RecordKind>(i);
      if (kind == RecordKind::BrickContent) continue;
      Statement most(store_.database.connection(), "SELECT max(id) FROM " + tableOf(kind).name);
      if (most.step()) highest = std::max(highest, most.number(0));
    }
    const auto edits = store_.database.number("SELECT coalesce(max(id), 0) FROM edit");
    const auto next = store_.database.number("SELECT coalesce(max(next_id), 1) FROM edit");
    if (!edits || !next) return problem("the history cannot be read");
    if (std::max(highest, *edits) >= *next) problem("the id counter is behind the ids that are in use");
  }

  Store& store_;
  VerifyReport report_;
};

}  // namespace

Result<VerifyReport> verifyStore(Store& store) { return StoreVerification(store).run(); }

}  // namespace fiducial::project
