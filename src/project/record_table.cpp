#include "record_table.h"

#include <array>

namespace fiducial::project {
namespace {

constexpr std::array<const char*, kRecordKinds> kTableNames = {
    "subject",  "study",        "medium", "class", "skeleton", "layer",       "question", "annotation", "track",
    "keyframe", "segmentation", "brick",  "event", "tag",      "measurement", "mark",     "annotator",  "reading"};

template <class R>
TableText makeText(RecordKind kind) {
  TableText text;
  text.name = kTableNames[static_cast<std::size_t>(kind)];
  std::vector<std::string> names = {"id", "uid"};
  if constexpr (kIsLabel<R>) names.emplace_back("reading");
  R fields;
  visitFields(fields, [&](int, const char* name, const auto&) { names.emplace_back(name); });
  std::string marks;
  std::string assignments;
  for (const std::string& name : names) {
    const char* comma = text.columns.empty() ? "" : ", ";
    text.columns += comma + name;
    marks += std::string(comma) + "?";
    // Not the id: SQLite would look for rows that refer to it.
    if (name != "id") assignments += (assignments.empty() ? "" : ", ") + name + " = ?";
  }
  text.insert = "INSERT INTO " + text.name + " (" + text.columns + ") VALUES (" + marks + ")";
  text.update = "UPDATE " + text.name + " SET " + assignments + " WHERE id = ?";
  text.erase = "DELETE FROM " + text.name + " WHERE id = ?";
  text.find = "SELECT " + text.columns + " FROM " + text.name + " WHERE id = ?";
  text.countByMedium = "SELECT medium, count(*) FROM " + text.name + " GROUP BY medium";
  return text;
}

std::array<TableText, kRecordKinds> makeTexts() {
  std::array<TableText, kRecordKinds> texts;
  for (int i = 0; i < kRecordKinds; ++i) {
    const auto kind = static_cast<RecordKind>(i);
    texts[static_cast<std::size_t>(i)] = withRecordType(kind, [&]<class R>() { return makeText<R>(kind); });
  }
  return texts;
}

template <class R>
bool writeRow(Statement& statement, const StoredRecord& record, const R& value, bool isUpdate) {
  if (!isUpdate) statement.bind(record.id);
  statement.bindUid(record.uid);
  if constexpr (kIsLabel<R>) statement.bind(raw(record.reading));
  FieldBinder binder(statement);
  visitFields(value, binder);
  if (isUpdate) statement.bind(record.id);
  return statement.run();
}

Status write(Database& database, const std::string& sql, const StoredRecord& record, bool isUpdate) {
  Statement& statement = database.prepared(sql);
  const bool done =
      visitRecord([&](const auto& value) { return writeRow(statement, record, value, isUpdate); }, record.value);
  if (!done) return database.lastError("write the project");
  return {};
}

}  // namespace

const TableText& tableOf(RecordKind kind) {
  static const std::array<TableText, kRecordKinds> texts = makeTexts();
  return texts[static_cast<std::size_t>(kind)];
}

Error damagedRow(const Database& database, std::string_view table, RawId id) {
  return {ErrorCode::Damaged, "the " + std::string(table) + " with id " + std::to_string(id) + " does not decode",
          database.path().string(), "run verify, or go back to a backup"};
}

Result<std::optional<StoredRecord>> findRecord(Database& database, RecordKind kind, RawId id) {
  Statement& statement = database.prepared(tableOf(kind).find).bind(id);
  if (!statement.step()) {
    if (statement.failed()) return database.lastError("read the project");
    return std::optional<StoredRecord>();
  }
  StoredRecord record;
  const bool ok = withRecordType(kind, [&]<class R>() {
    Row<R> row;
    const bool sound = readRow(statement, row);
    record = {row.id, row.uid, row.reading, Record(std::move(row.value))};
    return sound;
  });
  statement.reset();
  if (!ok) return damagedRow(database, tableOf(kind).name, id);
  return std::optional(std::move(record));
}

Status insertRecord(Database& database, const StoredRecord& record) {
  return write(database, tableOf(kindOf(record.value)).insert, record, false);
}

Status updateRecord(Database& database, const StoredRecord& record) {
  return write(database, tableOf(kindOf(record.value)).update, record, true);
}

Status eraseRecord(Database& database, RecordKind kind, RawId id) {
  if (!database.prepared(tableOf(kind).erase).bind(id).run()) return database.lastError("write the project");
  return {};
}

}  // namespace fiducial::project
