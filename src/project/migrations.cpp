#include "migrations.h"

#include <array>

#include "transaction.h"

namespace fiducial::project {
namespace {

constexpr std::array<std::string_view, 1> kSteps = {
#include "migrations/0001_initial.sql"
};

Result<std::int64_t> versionOf(Database& database) {
  auto version = database.number("PRAGMA user_version");
  if (version && *version > newestVersion()) {
    return Error{ErrorCode::NewerVersion,
                 "the project was written by a newer version of Fiducial (file version " + std::to_string(*version) +
                     "; this program knows up to " + std::to_string(newestVersion()) + ")",
                 database.path().string(), "open it with the newer version"};
  }
  return version;
}

Status runStep(Database& database, std::size_t step) {
  Transaction transaction(database);
  if (Status begun = transaction.begun(); !begun) return begun;
  if (Status done = database.run(kSteps[step]); !done) return done;
  if (Status done = database.run("PRAGMA user_version = " + std::to_string(step + 1)); !done) return done;
  if (Status done = database.run("PRAGMA application_id = " + std::to_string(kApplicationId)); !done) return done;
  return transaction.commit();
}

}  // namespace

int newestVersion() { return static_cast<int>(kSteps.size()); }

Status migrate(Database& database) {
  const auto version = versionOf(database);
  if (!version) return version.error();
  for (auto step = static_cast<std::size_t>(*version); step < kSteps.size(); ++step) {
    if (Status done = runStep(database, step); !done) return done;
  }
  return {};
}

Status checkVersion(Database& database) {
  const auto version = versionOf(database);
  if (!version) return version.error();
  if (*version < newestVersion()) {
    return Error{ErrorCode::Unsupported, "the project has an older file version (" + std::to_string(*version) + ")",
                 database.path().string(), "open it once where it may be written, so that it is brought up to date"};
  }
  return {};
}

}  // namespace fiducial::project
