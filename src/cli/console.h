// What a command says: results to stdout, everything else to stderr; a progress bar on terminals only.
#pragma once

#include <cstdint>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "exit_status.h"
#include "fiducial/core/result.h"
#include "fiducial/runtime/progress.h"

namespace fiducial::cli {

/// Thread: the command's own; progress() may be called from any.
class Console {
 public:
  Console();
  ~Console();
  Console(const Console&) = delete;
  Console& operator=(const Console&) = delete;

  /// One line to stdout; flush() makes it visible before the program ends.
  void print(std::string_view line);
  void flush();
  /// `warning: ...`; newlines in `text` become blanks.
  void warn(std::string_view text);
  /// `error: ...` and ExitStatus::Failed, to be returned.
  ExitStatus fail(const Error& error);
  ExitStatus fail(std::string_view text);
  /// `error: ...` and ExitStatus::WrongUsage.
  ExitStatus misuse(std::string_view text);
  [[nodiscard]] runtime::Progress progress();

 private:
  void clearBar();
  struct Bar;
  std::string pending_;
  std::unique_ptr<Bar> bar_;
};

/// `warnings` to the console, and the status that goes with what was skipped.
ExitStatus finish(Console& console, const std::vector<std::string>& warnings, bool isInPart);

}  // namespace fiducial::cli
