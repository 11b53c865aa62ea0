// Lines of a file or of standard input as they arrive, so that each can be answered before the next is written.
#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>

#include "fiducial/core/result.h"

namespace fiducial::cli {

/// Owner: of the file; standard input ("-") stays open. Thread: one.
class LineReader {
 public:
  /// A pipe nobody writes to is waited for by next(). Errors: NotFound, Unreadable, Invalid for a folder or a device
  /// other than a terminal and /dev/null.
  static Result<LineReader> open(const std::filesystem::path& path);
  LineReader(LineReader&& other) noexcept;
  LineReader& operator=(LineReader&&) = delete;
  ~LineReader();

  /// The next line without its end; nothing at the end of the input. Waits for more, but not beyond a stop (Cancelled).
  /// Errors: TooLarge beyond 1 GB in one line, Unreadable.
  [[nodiscard]] Result<std::optional<std::string>> next(std::stop_token stop);

 private:
  LineReader(int descriptor, std::string name) : descriptor_(descriptor), name_(std::move(name)) {}
  [[nodiscard]] Result<bool> fill(const std::stop_token& stop);  // false at the end

  int descriptor_ = -1;
  std::string name_;
  std::string buffer_;
  std::size_t at_ = 0;
  bool isAtEnd_ = false;
};

}  // namespace fiducial::cli
