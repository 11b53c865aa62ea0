#include "dataset_folder.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include "fiducial/runtime/atomic_file.h"

namespace fiducial::exchange {
namespace {

namespace fs = std::filesystem;

Error unwritable(const fs::path& path, int code) {
  return {ErrorCode::Unwritable, std::string("cannot write the dataset: ") + std::strerror(code), path.string(),
          "choose a folder on a disk with room where you may write"};
}

Status mayReplace(const fs::path& out) {
  std::error_code failed;
  if (!fs::exists(fs::symlink_status(out, failed))) return {};
  if (!fs::is_directory(out, failed)) {
    return Error{ErrorCode::Conflict, "a file is in the place of the dataset", out.string(), "choose another folder"};
  }
  const bool isEmpty = fs::is_empty(out, failed);
  if (failed) return unwritable(out, failed.value());
  if (isEmpty || fs::exists(out / kManifestName, failed)) return {};
  return Error{ErrorCode::Conflict, "the folder is not empty and no earlier export of this program", out.string(),
               "choose another folder, or empty this one"};
}

}  // namespace

Result<DatasetFolder> DatasetFolder::create(const fs::path& out) {
  DatasetFolder folder;
  std::error_code failed;
  folder.out_ = fs::absolute(out, failed).lexically_normal();
  if (!folder.out_.has_filename()) folder.out_ = folder.out_.parent_path();  // a trailing slash
  if (auto status = mayReplace(folder.out_); !status) return status.error();
  const fs::path parent = folder.out_.parent_path();
  fs::create_directories(parent, failed);
  if (failed) return unwritable(parent, failed.value());
  std::string pattern = (parent / ("." + folder.out_.filename().string() + ".partial-XXXXXX")).string();
  if (mkdtemp(pattern.data()) == nullptr) return unwritable(folder.out_, errno);
  folder.temporary_ = pattern;
  fs::permissions(folder.temporary_, fs::perms(0755), failed);  // mkdtemp makes it private
  return folder;
}

DatasetFolder::DatasetFolder(DatasetFolder&& other) noexcept
    : out_(std::move(other.out_)), temporary_(std::exchange(other.temporary_, {})) {}

DatasetFolder::~DatasetFolder() {
  std::error_code ignored;
  if (!temporary_.empty()) fs::remove_all(temporary_, ignored);
}

Status DatasetFolder::makeFolder(const fs::path& relative) {
  std::error_code failed;
  fs::create_directories(temporary_ / relative, failed);
  return failed ? Status(unwritable(out_ / relative, failed.value())) : Status();
}

Status DatasetFolder::writeOneOfMany(const fs::path& relative, std::span<const std::byte> bytes) const {
  const fs::path path = temporary_ / relative;
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (file < 0) return unwritable(out_ / relative, errno);
  int failed = 0;
  while (!bytes.empty() && failed == 0) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written >= 0) {
      bytes = bytes.subspan(static_cast<std::size_t>(written));
    } else if (errno != EINTR) {
      failed = errno;
    }
  }
  if (::close(file) != 0 && failed == 0) failed = errno;
  return failed == 0 ? Status() : Status(unwritable(out_ / relative, failed));
}

// All files of the dataset at once: one wait for the disk instead of one a picture.
Status DatasetFolder::syncAll() const {
  const int folder = ::open(temporary_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return unwritable(out_, errno);
  const int failed = ::syncfs(folder) == 0 ? 0 : errno;
  ::close(folder);
  return failed == 0 ? Status() : Status(unwritable(out_, failed));
}

Status DatasetFolder::commit(std::string_view manifestJson) {
  if (auto status = runtime::writeFile(temporary_ / kManifestName, manifestJson); !status) return status;
  if (auto status = syncAll(); !status) return status;
  if (auto status = mayReplace(out_); !status) return status;
  std::error_code failed;
  if (!fs::exists(out_, failed)) {
    if (::rename(temporary_.c_str(), out_.c_str()) != 0) return unwritable(out_, errno);
    temporary_.clear();
    return {};
  }
  // Exchanged in one step, so that there is a whole dataset at every moment; then the old one goes.
  if (::renameat2(AT_FDCWD, temporary_.c_str(), AT_FDCWD, out_.c_str(), RENAME_EXCHANGE) == 0) return {};
  const fs::path old = temporary_.string() + "-old";  // a file system without exchange
  if (::rename(out_.c_str(), old.c_str()) != 0) return unwritable(out_, errno);
  if (::rename(temporary_.c_str(), out_.c_str()) != 0) {
    const int code = errno;
    return ::rename(old.c_str(), out_.c_str()) == 0 ? unwritable(out_, code) : unwritable(old, code);
  }
  temporary_ = old;
  return {};
}

std::string folderName(std::string_view name) {
  constexpr std::string_view kForbidden = "/\\:*?\"<>|";
  std::string safe;
  for (const char c : name) {
    const bool bad = static_cast<unsigned char>(c) < 0x20 || c == 0x7F || kForbidden.find(c) != std::string_view::npos;
    safe += bad ? '_' : c;
  }
  while (!safe.empty() && (safe.back() == '.' || safe.back() == ' ')) safe.back() = '_';
  if (!safe.empty() && (safe.front() == '.' || safe.front() == ' ')) safe.front() = '_';
  constexpr std::size_t kLongestBytes = 200;  // file systems allow 255 for a component
  while (safe.size() > kLongestBytes || (!safe.empty() && safe.size() == kLongestBytes && (safe.back() & 0x80) != 0))
    safe.pop_back();
  return safe.empty() ? "medium" : safe;
}

}  // namespace fiducial::exchange
