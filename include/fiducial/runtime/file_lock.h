// An open-file-description lock (fcntl F_OFD_SETLK) on a file that says who holds it; the kernel frees it on SIGKILL.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "fiducial/core/result.h"

namespace fiducial::runtime {

/// Who holds a lock: user, host and process, as written into the lock file by its holder.
struct LockHolder {
  std::string user;
  std::string host;
  int pid = 0;
  [[nodiscard]] std::string text() const;  ///< "anna on reading-room-3 (process 4711)"
};

class FileLock {
 public:
  /// Errors: Locked (message names the holder), Unwritable where the lock file cannot be made.
  static Result<FileLock> acquire(const std::filesystem::path& path);
  FileLock(FileLock&&) noexcept;
  FileLock& operator=(FileLock&&) noexcept;
  ~FileLock();  ///< releases and removes the file

 private:
  struct State;
  explicit FileLock(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace fiducial::runtime
