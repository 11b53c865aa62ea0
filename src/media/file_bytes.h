// A file opened for reading at positions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "fiducial/core/result.h"

namespace fiducial::media {

/// Owner: closes the file. Thread: read() from any thread at once (pread).
class FileBytes {
 public:
  /// Errors: NotFound, Unreadable (also for folders, pipes and devices).
  static Result<FileBytes> open(const std::filesystem::path& path);
  FileBytes(FileBytes&& other) noexcept;
  FileBytes& operator=(FileBytes&& other) noexcept;
  FileBytes(const FileBytes&) = delete;
  FileBytes& operator=(const FileBytes&) = delete;
  ~FileBytes();

  [[nodiscard]] std::int64_t sizeBytes() const { return sizeBytes_; }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  /// Fills `into` from `offset` on; the answer is how many bytes were there. Errors: Unreadable.
  [[nodiscard]] Result<std::size_t> read(std::int64_t offset, std::span<std::byte> into) const;
  /// Exactly `size` bytes. Errors: Damaged where the file ends before, Unreadable.
  [[nodiscard]] Result<std::vector<std::byte>> readExactly(std::int64_t offset, std::size_t size) const;

 private:
  FileBytes(int descriptor, std::int64_t sizeBytes, std::filesystem::path path);
  int descriptor_ = -1;
  std::int64_t sizeBytes_ = 0;
  std::filesystem::path path_;
};

}  // namespace fiducial::media
