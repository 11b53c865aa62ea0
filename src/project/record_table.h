// Records as rows: one table for each kind, its columns the fields of record_fields.h.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "database.h"
#include "json_columns.h"
#include "record_codec.h"
#include "record_fields.h"
#include "shape_codec.h"

namespace fiducial::project {

template <class R>
struct Row {
  RawId id = 0;
  UidBytes uid{};
  ReadingId reading{};  ///< labels only
  R value;
};

/// The SQL of one kind's table; every text lives as long as the program.
struct TableText {
  std::string name;
  std::string columns;  ///< "id, uid[, reading], ..."
  std::string insert;
  std::string update;  ///< all columns, then the id again
  std::string erase;
  std::string find;
  std::string countByMedium;  ///< of kinds that name a medium
};
/// Not for BrickContent (brick_table).
[[nodiscard]] const TableText& tableOf(RecordKind kind);

/// Binds fields in order; keeps what has to live until the statement is stepped.
class FieldBinder {
 public:
  explicit FieldBinder(Statement& statement) : statement_(statement) {}
  template <class T>
  void operator()(int, const char*, const T& value) {
    if constexpr (kIsId<T>) {
      raw(value) == 0 ? statement_.bindNull() : statement_.bind(raw(value));
    } else if constexpr (std::is_integral_v<T> || std::is_enum_v<T>) {
      statement_.bind(static_cast<std::int64_t>(value));
    } else if constexpr (std::is_same_v<T, std::optional<int>>) {
      value ? statement_.bind(*value) : statement_.bindNull();
    } else if constexpr (std::is_same_v<T, std::string>) {
      statement_.bindText(value);
    } else if constexpr (std::is_same_v<T, Shape>) {
      statement_.bindBlob(kept_.emplace_back(shapeToColumn(value)));
    } else {
      statement_.bindText(kept_.emplace_back(toColumn(value)));
    }
  }

 private:
  Statement& statement_;
  std::deque<std::string> kept_;
};

/// Reads fields in order from the current row.
class FieldColumns {
 public:
  FieldColumns(const Statement& statement, int firstColumn) : statement_(statement), next_(firstColumn) {}
  [[nodiscard]] bool ok() const { return ok_; }
  template <class T>
  void operator()(int, const char*, T& value) {
    const int column = next_++;
    if constexpr (kIsId<T> || std::is_integral_v<T> || std::is_enum_v<T>) {
      value = static_cast<T>(statement_.number(column));
    } else if constexpr (std::is_same_v<T, std::optional<int>>) {
      value.reset();
      if (!statement_.isNull(column)) value = static_cast<int>(statement_.number(column));
    } else if constexpr (std::is_same_v<T, std::string>) {
      value = statement_.text(column);
    } else if constexpr (std::is_same_v<T, Shape>) {
      auto shape = shapeFromColumn(statement_.blob(column));
      ok_ = ok_ && shape.has_value();
      if (shape) value = std::move(*shape);
    } else {
      ok_ = fromColumn(statement_.textView(column), value) && ok_;
    }
  }

 private:
  const Statement& statement_;
  int next_;
  bool ok_ = true;
};

/// The current row of a statement that selects tableOf(kind).columns. False: a column does not decode.
template <class R>
[[nodiscard]] bool readRow(const Statement& statement, Row<R>& row) {
  int column = 0;
  row.id = statement.number(column++);
  row.uid = statement.uid(column++);
  if constexpr (kIsLabel<R>) row.reading = ReadingId{statement.number(column++)};
  FieldColumns columns(statement, column);
  visitFields(row.value, columns);
  return columns.ok();
}

[[nodiscard]] Error damagedRow(const Database& database, std::string_view table, RawId id);

/// All rows of a prepared SELECT of tableOf(kind).columns whose values are bound.
template <class R>
[[nodiscard]] Result<std::vector<Row<R>>> rowsOf(Database& database, Statement& statement) {
  std::vector<Row<R>> rows;
  while (statement.step()) {
    if (!readRow(statement, rows.emplace_back())) return damagedRow(database, tableOf(kKindOf<R>).name, rows.back().id);
  }
  if (statement.failed()) return database.lastError("read the project");
  return rows;
}

[[nodiscard]] Result<std::optional<StoredRecord>> findRecord(Database& database, RecordKind kind, RawId id);
[[nodiscard]] Status insertRecord(Database& database, const StoredRecord& record);
[[nodiscard]] Status updateRecord(Database& database, const StoredRecord& record);
[[nodiscard]] Status eraseRecord(Database& database, RecordKind kind, RawId id);

}  // namespace fiducial::project
