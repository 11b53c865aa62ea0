// new P.fiducial: creates a project; refuses to overwrite.
#include <CLI/CLI.hpp>
#include <memory>

#include "all.h"
#include "fiducial/project/project.h"
#include "fiducial/runtime/atomic_file.h"

namespace fiducial::cli {
namespace {

struct Arguments {
  std::filesystem::path project;
  std::filesystem::path labels;
};

ExitStatus create(const Arguments& arguments, Context& context) {
  std::string schema;
  if (!arguments.labels.empty()) {
    auto text = runtime::readText(arguments.labels);
    if (!text) return context.console.fail(text.error());
    schema = std::move(*text);
    if (schema.find_first_not_of(" \t\r\n") == std::string::npos) {
      return context.console.fail(arguments.labels.string() + ": the label schema is empty");
    }
  }
  const auto project = project::Project::create(arguments.project, schema);
  if (!project) return context.console.fail(project.error());
  return ExitStatus::Done;
}

}  // namespace

Action defineNew(CLI::App& app) {
  auto arguments = std::make_shared<Arguments>();
  app.add_option("PROJECT", arguments->project, "the .fiducial file to make")->required();
  app.add_option("--labels", arguments->labels, "a label schema (JSON)");
  return [arguments](Context& context) { return create(*arguments, context); };
}

}  // namespace fiducial::cli
