// One command of fiducial-cli: what it is called, its options, and what it does. All of them stand in one table,
// commands().
#pragma once

#include <functional>
#include <span>
#include <stop_token>
#include <string_view>

#include "console.h"
#include "exit_status.h"

namespace CLI {
class App;
}

namespace fiducial::cli {

/// What a command runs with. Owner: main().
struct Context {
  Console& console;
  std::stop_token stop;  ///< Ctrl+C
};
using Action = std::function<ExitStatus(Context&)>;

struct Command {
  std::string_view name;
  std::string_view summary;
  /// Adds its options to `app`; what it answers is called after they were parsed.
  Action (*define)(CLI::App& app) = nullptr;
};
/// In the order of the help text.
[[nodiscard]] std::span<const Command> commands();

}  // namespace fiducial::cli
