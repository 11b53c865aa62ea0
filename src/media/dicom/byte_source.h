// Where the bytes of a DICOM data set come from: a file read through a small window, or memory (inflated data sets).
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "../file_bytes.h"
#include "fiducial/core/result.h"

namespace fiducial::media::dicom {

/// Thread: window() by one thread at a time; read() from any.
class ByteSource {
 public:
  /// `head`: the first bytes of the file, already read; the file itself is opened only if more are asked for. Borrowed
  /// until close(): a copy for each of thousands of files would leave the heap in pieces.
  ByteSource(std::filesystem::path path, std::int64_t sizeBytes, std::span<const std::byte> head);
  /// Opens the file. Errors: NotFound, Unreadable.
  static Result<ByteSource> open(const std::filesystem::path& path);
  /// Reads from memory from here on (the data set of a deflated file); the offsets start at 0 again.
  void becomeMemory(std::vector<std::byte> bytes);

  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  /// `count` bytes at `offset`, valid until the next call; null where the source ends before or cannot be read.
  [[nodiscard]] const std::byte* window(std::uint64_t offset, std::size_t count);
  /// Fills `into`; the answer is how many bytes were there. A file that is not open is opened for this one call, so
  /// that a series of thousands of files holds no descriptors. Errors: NotFound, Unreadable.
  [[nodiscard]] Result<std::size_t> read(std::uint64_t offset, std::span<std::byte> into) const;
  /// Gives back the file's descriptor and the window.
  void close();

 private:
  [[nodiscard]] Status ensureOpen();

  std::filesystem::path path_;
  std::uint64_t size_ = 0;
  std::optional<FileBytes> file_;
  std::shared_ptr<const std::vector<std::byte>> memory_;
  std::span<const std::byte> head_;  ///< the caller's
  std::vector<std::byte> window_;
  std::uint64_t windowStart_ = 0;
};

}  // namespace fiducial::media::dicom
