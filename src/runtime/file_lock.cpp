#include "fiducial/runtime/file_lock.h"

#include <fcntl.h>
#include <pwd.h>
#include <sys/stat.h>

#include <array>
#include <sstream>

#include "file_descriptor.h"
#include "file_error.h"

namespace fiducial::runtime {

namespace fs = std::filesystem;

struct FileLock::State {
  fs::path path;
  FileDescriptor file;

  /// Removed while still held: whoever waits for the lock sees that its file is gone and starts again.
  ~State() {
    if (file.isOpen()) ::unlink(path.c_str());
  }
};

std::string LockHolder::text() const { return user + " on " + host + " (process " + std::to_string(pid) + ")"; }

namespace {

LockHolder thisProcess() {
  std::array<char, 256> host{};
  if (::gethostname(host.data(), host.size() - 1) != 0) host[0] = 0;
  const passwd* entry = ::getpwuid(::geteuid());
  return {entry ? entry->pw_name : "user " + std::to_string(::geteuid()), host.data(), ::getpid()};
}

/// Empty while the holder has not written itself in yet.
std::string holderText(int file) {
  std::array<char, 1024> bytes{};
  const ssize_t got = ::pread(file, bytes.data(), bytes.size(), 0);
  std::istringstream lines(std::string(bytes.data(), static_cast<std::size_t>(std::max<ssize_t>(got, 0))));
  LockHolder holder;
  if (!std::getline(lines, holder.user) || !std::getline(lines, holder.host) || !(lines >> holder.pid)) {
    return "another program";
  }
  return holder.text();
}

Error locked(const fs::path& path, int file) {
  return {ErrorCode::Locked, "in use by " + holderText(file), path.string(), "close it there, or open read-only"};
}

struct flock wholeFile(short type) {
  struct flock range = {};
  range.l_type = type;
  range.l_whence = SEEK_SET;
  return range;
}

/// False where the file was removed, or replaced, between opening and locking.
bool isStillAt(const fs::path& path, int file) {
  struct stat opened = {}, named = {};
  return ::fstat(file, &opened) == 0 && ::stat(path.c_str(), &named) == 0 && opened.st_ino == named.st_ino &&
         opened.st_dev == named.st_dev;
}

Status writeHolder(const fs::path& path, int file) {
  const LockHolder holder = thisProcess();
  const std::string text = holder.user + "\n" + holder.host + "\n" + std::to_string(holder.pid) + "\n";
  if (::ftruncate(file, 0) != 0) return writeError(path, errno);
  const ssize_t written = ::pwrite(file, text.data(), text.size(), 0);
  if (written == static_cast<ssize_t>(text.size())) return {};
  return writeError(path, written < 0 ? errno : ENOSPC);
}

/// Somebody else's lock file that we may read only: held, left behind, or in a place where we may not write.
Error explainUnopenable(const fs::path& path, int openErrno) {
  const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.isOpen()) {
    struct flock range = wholeFile(F_RDLCK);
    if (::fcntl(file.number(), F_OFD_GETLK, &range) == 0 && range.l_type != F_UNLCK) return locked(path, file.number());
  }
  return writeError(path, openErrno);
}

}  // namespace

FileLock::FileLock(std::unique_ptr<State> state) : state_(std::move(state)) {}
FileLock::FileLock(FileLock&&) noexcept = default;
FileLock& FileLock::operator=(FileLock&&) noexcept = default;
FileLock::~FileLock() = default;

Result<FileLock> FileLock::acquire(const fs::path& path) {
  for (;;) {
    FileDescriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666));
    if (!file.isOpen()) return explainUnopenable(path, errno);
    struct flock range = wholeFile(F_WRLCK);
    if (::fcntl(file.number(), F_OFD_SETLK, &range) != 0) {
      if (errno == EAGAIN || errno == EACCES) return locked(path, file.number());
      return Error{ErrorCode::Unwritable, std::string("this place has no file locks: ") + std::strerror(errno),
                   path.string(), "keep projects on a local disk"};
    }
    if (!isStillAt(path, file.number())) continue;
    if (Status status = writeHolder(path, file.number()); !status) {
      ::unlink(path.c_str());
      return status.error();
    }
    return FileLock(std::make_unique<State>(path, std::move(file)));
  }
}

}  // namespace fiducial::runtime
