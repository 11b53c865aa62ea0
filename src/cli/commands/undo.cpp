// undo and redo P.fiducial: as in the workstation, any number of edits at once.
#include <CLI/CLI.hpp>
#include <limits>
#include <memory>

#include "all.h"
#include "opened_project.h"

namespace fiducial::cli {
namespace {

enum class Way { Undo, Redo };

struct Arguments {
  std::filesystem::path project;
  int count = 1;
  std::string by;
};

ExitStatus run(Way way, const Arguments& arguments, Context& context) {
  auto project = openForWriting(arguments.project);
  if (!project) return context.console.fail(project.error());
  for (int done = 0; done < arguments.count; ++done) {
    if (context.stop.stop_requested()) return context.console.fail("stopped");
    const auto edit = way == Way::Undo ? (*project)->undo(arguments.by) : (*project)->redo(arguments.by);
    if (edit) {
      context.console.print((way == Way::Undo ? "undone " : "redone ") + std::to_string(raw(edit->id)) + "  " +
                            edit->name);
      continue;
    }
    if (done == 0) return context.console.fail(edit.error());
    context.console.warn("only " + std::to_string(done) + " of " + std::to_string(arguments.count) + ": " +
                         edit.error().text());
    return ExitStatus::InPart;
  }
  return ExitStatus::Done;
}

Action define(CLI::App& app, Way way) {
  auto arguments = std::make_shared<Arguments>();
  app.add_option("PROJECT", arguments->project, "the .fiducial file")->required();
  app.add_option("--count", arguments->count, "how many edits")->check(CLI::Range(1, std::numeric_limits<int>::max()));
  app.add_option("--by", arguments->by, "only those of this annotator");
  return [arguments, way](Context& context) { return run(way, *arguments, context); };
}

}  // namespace

Action defineUndo(CLI::App& app) { return define(app, Way::Undo); }
Action defineRedo(CLI::App& app) { return define(app, Way::Redo); }

}  // namespace fiducial::cli
