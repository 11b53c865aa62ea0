// Creating, opening and copying projects (project.h).
#include <unistd.h>

#include "fiducial/project/edit_json.h"
#include "fiducial/project/project.h"
#include "fiducial/runtime/content_hash.h"
#include "migrations.h"
#include "project_file.h"
#include "project_state.h"
#include "text_form.h"
#include "transaction.h"

namespace fiducial::project {
namespace {

/// One file is one lock and one log, by whatever symbolic links it is reached.
std::filesystem::path canonicalOf(const std::filesystem::path& path) {
  std::error_code error;
  std::filesystem::path canonical = std::filesystem::weakly_canonical(path, error);
  return error ? path : canonical;
}

/// Neither the lock nor SQLite's log reaches past a hard link.
bool hasOtherName(const std::filesystem::path& path) {
  std::error_code error;
  const auto names = std::filesystem::hard_link_count(path, error);
  return !error && names > 1;
}

std::filesystem::path lockPathOf(const std::filesystem::path& path) { return path.string() + ".lock"; }

/// A file beside the target, so that nothing stands there before it is whole.
std::filesystem::path unfinished(const std::filesystem::path& path) {
  return path.string() + ".new-" + std::to_string(::getpid());
}

Status writeIdentity(Database& database) {
  Transaction transaction(database);
  if (Status begun = transaction.begun(); !begun) return begun;
  const std::string uid = runtime::newUid();
  Statement& insert = database.prepared("INSERT INTO project (key, value) VALUES (?, ?)");
  if (!insert.bindText("uid").bindText(uid).run()) return database.lastError("write the project");
  return transaction.commit();
}

Status makeEmpty(const std::filesystem::path& path) {
  auto database = Database::open(path, Database::Access::Create);
  if (!database) {
    Error error = database.error();
    error.code = ErrorCode::Unwritable;
    error.hint = "check that the folder is there and may be written";
    return error;
  }
  if (Status done = migrate(*database); !done) return done;
  return writeIdentity(*database);
}

Result<std::string> uidOf(Database& database) {
  Statement& select = database.prepared("SELECT value FROM project WHERE key = 'uid'");
  if (!select.step()) return database.lastError("read the project's identity");
  std::string uid = select.text(0);
  select.reset();
  return uid;
}

/// Closing merges the log too, but does not say when it could not; and under the new name the log would be lost.
Status mergeLog(const std::filesystem::path& path) {
  {
    auto database = Database::open(path, Database::Access::ReadWrite);
    if (!database) return database.error();
    if (Status done = database->mergeLog(); !done) return done;
  }
  if (!hasLog(path)) return {};
  return Error{ErrorCode::Unwritable, "cannot merge the project's log", path.string(), {}};
}

/// Gives a file that is whole and closed its name.
Status finishAs(const std::filesystem::path& temporary, const std::filesystem::path& path) {
  if (Status done = mergeLog(temporary); !done) return done;
  return renameToNew(temporary, path);
}

Status applyAll(const std::filesystem::path& path, std::deque<Edit> edits, const std::string& annotator) {
  if (edits.empty()) return {};
  auto project = Project::open(path, {.readOnly = false, .annotator = annotator});
  if (!project) return project.error();
  for (Edit& edit : edits) {
    if (auto applied = (*project)->apply(std::move(edit)); !applied) return applied.error();
  }
  return {};
}

}  // namespace

Result<std::unique_ptr<Project>> Project::open(const std::filesystem::path& given, const OpenOptions& options) {
  const std::filesystem::path path = canonicalOf(given);
  if (Status header = checkHeader(path); !header) return header.error();
  std::string reason;
  if (options.readOnly) {
    reason = "it was opened for reading only";
  } else if (!isWritablePlace(path)) {
    reason = "it lies where nothing may be written";
  } else if (hasOtherName(path)) {
    reason = "it has a second name (a hard link), and what is written under one is lost under the other; make a copy";
  }
  std::optional<runtime::FileLock> lock;
  if (reason.empty()) {
    auto acquired = runtime::FileLock::acquire(lockPathOf(path));
    if (!acquired) return acquired.error();
    lock = std::move(*acquired);
  }
  auto database = reason.empty() ? Database::open(path, Database::Access::ReadWrite) : openForReading(path);
  if (!database) return database.error();
  if (Status done = reason.empty() ? migrate(*database) : checkVersion(*database); !done) return done.error();
  auto uid = uidOf(*database);
  if (!uid) return uid.error();

  std::error_code ignored;
  auto state = std::make_unique<State>(std::filesystem::absolute(given, ignored), std::move(*database));
  state->uid = std::move(*uid);
  state->annotator = toNfc(options.annotator.empty() ? loginName() : options.annotator);
  state->readOnlyReason = reason;
  state->lock = std::move(lock);
  if (Status done = loadCounters(*state->store); !done) return done.error();
  return std::unique_ptr<Project>(new Project(std::move(state)));
}

Result<std::unique_ptr<Project>> Project::create(const std::filesystem::path& path, std::string_view schemaJson,
                                                 const OpenOptions& options) {
  std::error_code error;
  if (std::filesystem::exists(path, error)) {
    return Error{ErrorCode::Conflict, "there is already a file of this name", path.string(), "choose another name"};
  }
  const std::filesystem::path temporary = unfinished(path);
  Status done = makeEmpty(temporary);
  if (done && !schemaJson.empty()) {
    auto project = Project::open(temporary, options);
    if (!project) {
      done = project.error();
    } else {
      auto schema = parseSchema(schemaJson, **project);
      if (!schema) {
        done = schema.error();
      } else if (auto applied = (*project)->apply(std::move(*schema)); !applied) {
        done = applied.error();
      }
    }
  }
  if (done) done = finishAs(temporary, path);
  if (!done) {
    removeProjectFile(temporary);
    return done.error();
  }
  return Project::open(path, {.readOnly = false, .annotator = options.annotator});
}

Status Project::saveCopy(const std::filesystem::path& path) const {
  std::deque<Edit> edits;
  {
    const std::lock_guard guard(state_->mutex);
    edits = state_->unwritten;
  }
  const std::filesystem::path temporary = unfinished(path);
  Status done = state_->ask([&] { return state_->store->database.copyTo(temporary); });
  if (done) done = applyAll(temporary, std::move(edits), state_->annotator);
  if (done) done = finishAs(temporary, path);
  if (!done) removeProjectFile(temporary);
  return done;
}

}  // namespace fiducial::project
