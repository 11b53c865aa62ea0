// Files that appear whole or not at all: written beside the target, synced, renamed over it.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "fiducial/core/result.h"

namespace fiducial::runtime {

/// Unwritable (full disk, read-only place) leaves the old file as it was. Makes missing parent folders.
[[nodiscard]] Status writeFile(const std::filesystem::path& path, std::span<const std::byte> bytes);
[[nodiscard]] Status writeFile(const std::filesystem::path& path, std::string_view text);
/// The whole file. Errors: NotFound, Unreadable, TooLarge beyond `limitBytes`.
[[nodiscard]] Result<std::vector<std::byte>> readFile(const std::filesystem::path& path,
                                                      std::size_t limitBytes = std::size_t{1} << 40);
[[nodiscard]] Result<std::string> readText(const std::filesystem::path& path,
                                           std::size_t limitBytes = std::size_t{1} << 32);

/// Streams into a temporary file beside `path`; nothing is at `path` until commit() succeeds; the destructor removes
/// what was not committed.
class AtomicFile {
 public:
  static Result<AtomicFile> create(const std::filesystem::path& path);
  AtomicFile(AtomicFile&&) noexcept;
  AtomicFile& operator=(AtomicFile&&) noexcept;
  ~AtomicFile();
  [[nodiscard]] Status write(std::span<const std::byte> bytes);
  [[nodiscard]] Status write(std::string_view text);
  /// fdatasync, rename, sync of the folder.
  [[nodiscard]] Status commit();
  /// The temporary file's path, for libraries that write by name.
  [[nodiscard]] const std::filesystem::path& temporaryPath() const;

 private:
  struct State;
  explicit AtomicFile(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace fiducial::runtime
