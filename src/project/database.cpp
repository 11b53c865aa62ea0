#include "database.h"

#include <sqlite3.h>

#include <utility>

namespace fiducial::project {
namespace {

constexpr int kBusyTimeoutMs = 5000;  // a reader that merges the log at its close; never a second writer (file_lock)
// The log is merged when the project is idle (worker) and at the latest after this many pages of 4 KB, so that in a run
// of edits one in some hundred pays for it instead of one in ninety.
constexpr const char* kWritePragmas =
    "PRAGMA foreign_keys=ON; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=8000;"
    "PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY;";
constexpr const char* kReadPragmas = "PRAGMA query_only=ON; PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY;";

std::string uriOf(const std::filesystem::path& path) {
  std::string uri = "file:";
  for (const char c : path.string()) {
    if (c == '%' || c == '?' || c == '#') {
      constexpr char kDigits[] = "0123456789ABCDEF";
      const auto byte = static_cast<unsigned char>(c);
      uri += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
    } else {
      uri += c;
    }
  }
  return uri + "?immutable=1";
}

ErrorCode codeOf(int code) {
  switch (code & 0xFF) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return ErrorCode::Damaged;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return ErrorCode::Locked;
    case SQLITE_FULL:
    case SQLITE_READONLY:
    case SQLITE_IOERR:
      return ErrorCode::Unwritable;
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
      return ErrorCode::Unreadable;
    case SQLITE_TOOBIG:
    case SQLITE_NOMEM:
      return ErrorCode::TooLarge;
    case SQLITE_CONSTRAINT:
      return ErrorCode::Conflict;
    default:
      return ErrorCode::Damaged;
  }
}

std::string hintOf(ErrorCode code) {
  switch (code) {
    case ErrorCode::Damaged:
      return "run verify, or go back to a backup";
    case ErrorCode::Unwritable:
      return "make room on the disk, or save a copy elsewhere";
    case ErrorCode::Locked:
      return "try again when the other program is done";
    default:
      return {};
  }
}

Error errorOf(sqlite3* connection, std::string_view doing, const std::filesystem::path& path) {
  const int code = connection != nullptr ? sqlite3_extended_errcode(connection) : SQLITE_NOMEM;
  const char* text = connection != nullptr ? sqlite3_errmsg(connection) : "out of memory";
  Error error;
  error.code = codeOf(code);
  error.message = "cannot " + std::string(doing) + ": " + text;
  error.path = path.string();
  error.hint = hintOf(error.code);
  return error;
}

}  // namespace

Result<Database> Database::open(const std::filesystem::path& path, Access access) {
  const bool immutable = access == Access::Immutable;
  int flags = immutable ? SQLITE_OPEN_READONLY | SQLITE_OPEN_URI : SQLITE_OPEN_READWRITE;
  if (access == Access::ReadOnly) flags = SQLITE_OPEN_READONLY;
  if (access == Access::Create) flags |= SQLITE_OPEN_CREATE;
  sqlite3* connection = nullptr;
  const std::string name = immutable ? uriOf(path) : path.string();
  const int code = sqlite3_open_v2(name.c_str(), &connection, flags | SQLITE_OPEN_NOMUTEX, nullptr);
  Database database(connection, path);
  if (code != SQLITE_OK) return errorOf(connection, "open the project", path);
  sqlite3_busy_timeout(connection, kBusyTimeoutMs);
  sqlite3_extended_result_codes(connection, 1);
  const bool writes = access == Access::ReadWrite || access == Access::Create;
  if (Status done = database.run(writes ? kWritePragmas : kReadPragmas); !done) return done.error();
  return database;
}

Database::Database(Database&& other) noexcept
    : connection_(std::exchange(other.connection_, nullptr)),
      path_(std::move(other.path_)),
      statements_(std::move(other.statements_)) {}

Database& Database::operator=(Database&& other) noexcept {
  if (this == &other) return *this;
  close();
  connection_ = std::exchange(other.connection_, nullptr);
  path_ = std::move(other.path_);
  statements_ = std::move(other.statements_);
  return *this;
}

Database::~Database() { close(); }

void Database::close() {
  statements_.clear();
  sqlite3_close_v2(std::exchange(connection_, nullptr));
}

Status Database::run(std::string_view sql) {
  const std::string text(sql);
  if (sqlite3_exec(connection_, text.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
    return lastError("use the project");
  return {};
}

Statement& Database::prepared(std::string_view sql) {
  auto& statement = statements_[sql];
  if (!statement) statement = std::make_unique<Statement>(connection_, sql);
  return statement->reset();
}

Result<std::int64_t> Database::number(std::string_view sql) {
  Statement statement(connection_, sql);
  if (!statement.step()) return lastError("read the project");
  return statement.number(0);
}

Status Database::checkpoint() {
  if (sqlite3_wal_checkpoint_v2(connection_, nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr) != SQLITE_OK) {
    return lastError("merge the project's log");
  }
  return {};
}

Status Database::mergeLog() {
  if (sqlite3_wal_checkpoint_v2(connection_, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr) != SQLITE_OK) {
    return lastError("merge the project's log");
  }
  return {};
}

Status Database::copyTo(const std::filesystem::path& path) {
  sqlite3* target = nullptr;
  const int opened =
      sqlite3_open_v2(path.string().c_str(), &target, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
  if (opened != SQLITE_OK) {
    const Error error = errorOf(target, "make a copy of the project", path);
    sqlite3_close_v2(target);
    return error;
  }
  sqlite3_backup* backup = sqlite3_backup_init(target, "main", connection_, "main");
  if (backup != nullptr) {
    sqlite3_backup_step(backup, -1);
    sqlite3_backup_finish(backup);
  }
  Status done;
  if (sqlite3_errcode(target) != SQLITE_OK) done = errorOf(target, "make a copy of the project", path);
  sqlite3_close_v2(target);
  return done;
}

Error Database::lastError(std::string_view doing) const { return errorOf(connection_, doing, path_); }

bool Database::inTransaction() const { return sqlite3_get_autocommit(connection_) == 0; }

}  // namespace fiducial::project
