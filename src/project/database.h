// One SQLite connection, its prepared statements, and the translation of SQLite's codes to Error.
// Thread: the one that uses it; nothing is shared.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "fiducial/core/result.h"
#include "statement.h"

struct sqlite3;

namespace fiducial::project {

class Database {
 public:
  enum class Access : std::uint8_t {
    ReadWrite,
    QueryOnly,  ///< may merge and tidy the write-ahead log at close, as SQLite wants it, but changes no row
    ReadOnly,   ///< a read-only place with somebody's log beside it
    Immutable,  ///< a read-only place: no lock, no log
    Create,
  };
  static Result<Database> open(const std::filesystem::path& path, Access access);
  Database(Database&&) noexcept;
  Database& operator=(Database&&) noexcept;
  ~Database();

  /// One or more statements without values.
  [[nodiscard]] Status run(std::string_view sql);
  /// The prepared statement of `sql`, reset and without values; prepared at the first call and kept. `sql` is a literal
  /// or otherwise lives as long as the program, and is the key by its address and by its text.
  Statement& prepared(std::string_view sql);
  [[nodiscard]] Result<std::int64_t> number(std::string_view sql);
  [[nodiscard]] Status checkpoint();
  /// The whole log, which is empty afterwards. Errors: Locked where somebody reads an older state; Unwritable.
  [[nodiscard]] Status mergeLog();
  /// A faithful copy of everything committed.
  [[nodiscard]] Status copyTo(const std::filesystem::path& path);
  [[nodiscard]] Error lastError(std::string_view doing) const;
  [[nodiscard]] bool inTransaction() const;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  /// For a Statement that is not kept.
  [[nodiscard]] sqlite3* connection() const { return connection_; }

 private:
  Database(sqlite3* connection, std::filesystem::path path) : connection_(connection), path_(std::move(path)) {}
  void close();

  sqlite3* connection_ = nullptr;
  std::filesystem::path path_;
  std::unordered_map<std::string_view, std::unique_ptr<Statement>> statements_;
};

}  // namespace fiducial::project
