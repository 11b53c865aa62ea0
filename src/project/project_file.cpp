#include "project_file.h"

#include <fcntl.h>
#include <pwd.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <system_error>

#include "migrations.h"

namespace fiducial::project {
namespace {

constexpr std::size_t kHeaderBytes = 100;  // https://www.sqlite.org/fileformat2.html, section 1.3
constexpr std::string_view kMagic{"SQLite format 3", 16};

std::uint32_t bigEndian(const std::array<char, kHeaderBytes>& header, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) value = (value << 8) | static_cast<std::uint8_t>(header[at + i]);
  return value;
}

Error notProject(const std::filesystem::path& path, const std::string& what) {
  return {ErrorCode::NotMedia, what, path.string(), "choose a .fiducial file"};
}

std::filesystem::path logOf(const std::filesystem::path& path) { return path.string() + "-wal"; }

std::string systemText(int code) { return std::generic_category().message(code); }

}  // namespace

bool hasLog(const std::filesystem::path& path) {
  std::error_code error;
  const auto size = std::filesystem::file_size(logOf(path), error);
  return !error && size > 0;
}

Status checkHeader(const std::filesystem::path& path) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status)) {
    if (error && error != std::errc::no_such_file_or_directory) {
      return Error{ErrorCode::Unreadable, "cannot read the project: " + error.message(), path.string(), {}};
    }
    return Error{ErrorCode::NotFound, "there is no such project", path.string(), {}};
  }
  if (!std::filesystem::is_regular_file(status)) return notProject(path, "this is a folder, not a project");
  std::ifstream file(path, std::ios::binary);
  if (!file) return Error{ErrorCode::Unreadable, "cannot read the project: " + systemText(errno), path.string(), {}};
  std::array<char, kHeaderBytes> header{};
  file.read(header.data(), header.size());
  if (std::string_view(header.data(), kMagic.size()) != kMagic)
    return notProject(path, "this is not a Fiducial project");
  const auto size = std::filesystem::file_size(path, error);
  if (file.gcount() < static_cast<std::streamsize>(kHeaderBytes)) {
    return Error{ErrorCode::Damaged, "the project ends after " + std::to_string(size) + " bytes", path.string(),
                 "go back to a backup"};
  }
  if (bigEndian(header, 68) != kApplicationId)
    return notProject(path, "this is a database, but not a Fiducial project");
  const std::uint32_t page = bigEndian(header, 16) >> 16;
  const std::uint64_t expected = std::uint64_t{page == 1 ? 65536 : page} * bigEndian(header, 28);
  // With a log beside it the file may be behind; and the size counts only where the header says it was kept up to date.
  if (!hasLog(path) && bigEndian(header, 24) == bigEndian(header, 92) && size < expected) {
    return Error{ErrorCode::Damaged,
                 "the project ends after " + std::to_string(size) + " of " + std::to_string(expected) + " bytes",
                 path.string(), "go back to a backup"};
  }
  return {};
}

bool isWritablePlace(const std::filesystem::path& path) {
  const auto folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
  return ::access(path.c_str(), W_OK) == 0 && ::access(folder.c_str(), W_OK) == 0;
}

Result<Database> openForReading(const std::filesystem::path& path) {
  if (isWritablePlace(path)) return Database::open(path, Database::Access::QueryOnly);
  if (!hasLog(path)) return Database::open(path, Database::Access::Immutable);
  auto database = Database::open(path, Database::Access::ReadOnly);
  if (database) {
    if (const auto version = database->number("PRAGMA user_version"); version && *version > 0) return database;
  }
  return Error{ErrorCode::Unreadable,
               "the project has changes in " + logOf(path).filename().string() +
                   " that cannot be merged where nothing may be written",
               path.string(), "copy both files to a folder where you may write, and open it there"};
}

Status renameToNew(const std::filesystem::path& from, const std::filesystem::path& to) {
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return {};
  int code = errno;
  std::error_code error;
  if ((code == EINVAL || code == ENOSYS) && !std::filesystem::exists(to, error)) {  // a file system without it
    std::filesystem::rename(from, to, error);
    if (!error) return {};
    code = error.value();
  }
  if (code == EEXIST) {
    return Error{ErrorCode::Conflict, "there is already a file of this name", to.string(), "choose another name"};
  }
  return Error{ErrorCode::Unwritable, "cannot write the project: " + systemText(code), to.string(), {}};
}

void removeProjectFile(const std::filesystem::path& path) {
  std::error_code ignored;
  for (const char* suffix : {"", "-wal", "-shm", "-journal", ".lock"})
    std::filesystem::remove(path.string() + suffix, ignored);
}

std::string loginName() {
  std::array<char, 4096> buffer{};
  passwd entry{};
  passwd* found = nullptr;
  if (getpwuid_r(geteuid(), &entry, buffer.data(), buffer.size(), &found) == 0 && found != nullptr &&
      found->pw_name != nullptr && *found->pw_name != '\0') {
    return found->pw_name;
  }
  const char* user = std::getenv("USER");
  return user != nullptr && *user != '\0' ? user : "user" + std::to_string(geteuid());
}

}  // namespace fiducial::project
