// fiducial-cli COMMAND: finds the command in the table, parses its options only, runs it.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <exception>
#include <new>
#include <string>
#include <vector>

#include "command.h"
#include "interruption.h"

namespace fiducial::cli {
namespace {

std::string overview() {
  std::string text = "fiducial-cli " FIDUCIAL_VERSION
                     ": medical image and video labelling without a window\n\n"
                     "Usage: fiducial-cli COMMAND ...    (fiducial-cli COMMAND --help for its options)\n\n";
  for (const Command& command : commands()) {
    std::string name(command.name);
    name.resize(12, ' ');
    text += "  " + name + std::string(command.summary) + '\n';
  }
  text +=
      "\nResults go to stdout, everything else to stderr. Exit status: 0 done, 1 failed, 2 wrong usage, 3 done in "
      "part.";
  return text;
}

const Command* findCommand(std::string_view name) {
  for (const Command& command : commands()) {
    if (command.name == name) return &command;
  }
  return nullptr;
}

ExitStatus runCommand(const Command& command, std::vector<std::string> arguments, Context& context) {
  CLI::App app{std::string(command.summary), "fiducial-cli " + std::string(command.name)};
  app.option_defaults()->always_capture_default(false);
  const Action action = command.define(app);
  std::reverse(arguments.begin(), arguments.end());  // as CLI11 wants them
  try {
    app.parse(std::move(arguments));
  } catch (const CLI::CallForHelp&) {
    std::string help = app.help();
    while (!help.empty() && help.back() == '\n') help.pop_back();
    context.console.print(help);
    return ExitStatus::Done;
  } catch (const CLI::ParseError& error) {
    return context.console.misuse(std::string(error.what()) + " (fiducial-cli " + std::string(command.name) +
                                  " --help shows what it takes)");
  }
  return action(context);
}

ExitStatus run(std::vector<std::string> arguments, Context& context) {
  if (arguments.empty()) {
    return context.console.misuse("no command given (fiducial-cli --help lists them)");
  }
  const std::string name = arguments.front();
  if (name == "--help" || name == "-h" || name == "help") {
    context.console.print(overview());
    return ExitStatus::Done;
  }
  if (name == "--version") {
    context.console.print("fiducial-cli " FIDUCIAL_VERSION);
    return ExitStatus::Done;
  }
  const Command* command = findCommand(name);
  if (command == nullptr) {
    return context.console.misuse("there is no command \"" + name + "\" (fiducial-cli --help lists them)");
  }
  arguments.erase(arguments.begin());
  return runCommand(*command, std::move(arguments), context);
}

}  // namespace
}  // namespace fiducial::cli

int main(int argc, char** argv) {
  using namespace fiducial::cli;
  const Interruption interruption;
  Console console;
  Context context{console, interruption.token()};
  ExitStatus status = ExitStatus::Failed;
  try {
    status = run(std::vector<std::string>(argv + 1, argv + argc), context);
  } catch (const std::bad_alloc&) {
    status = console.fail("there is not enough memory for this");
  } catch (const std::exception& error) {
    status = console.fail(std::string("unexpected: ") + error.what());
  }
  console.flush();
  return static_cast<int>(status);
}
