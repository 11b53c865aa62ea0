// verify P.fiducial: database, records, audit chain, and the media it refers to.
#include <CLI/CLI.hpp>
#include <memory>

#include "all.h"
#include "fiducial/exchange/project_media.h"
#include "json_text.h"
#include "opened_project.h"

namespace fiducial::cli {
namespace {

struct Arguments {
  std::filesystem::path project;
  bool json = false;
};

ExitStatus verify(const Arguments& arguments, Context& context) {
  const auto project = openForReading(arguments.project);
  if (!project) return context.console.fail(project.error());
  const auto report = (*project)->verify();
  if (!report) return context.console.fail(report.error());
  const auto media = exchange::verifyMedia(**project, context.stop);
  if (!media) return context.console.fail(media.error());
  std::vector<std::string> problems = report->problems;
  problems.insert(problems.end(), media->problems.begin(), media->problems.end());
  std::vector<std::string> warnings;
  for (const std::string& name : media->missing) {
    warnings.push_back("medium \"" + name + "\" has not been located yet; its labels are kept");
  }
  if (arguments.json) {
    context.console.print(
        "{\"ok\":" + std::string(problems.empty() ? "true" : "false") + ",\"problems\":" + jsonText(problems) +
        ",\"audit_rows\":" + std::to_string(report->auditRows) + ",\"warnings\":" + jsonText(warnings) + '}');
  } else {
    for (const std::string& problem : problems) context.console.print(problem);
    if (problems.empty()) context.console.print("sound, " + std::to_string(report->auditRows) + " audit rows");
  }
  for (const std::string& warning : warnings) context.console.warn(warning);
  if (problems.empty()) return ExitStatus::Done;
  return context.console.fail(arguments.project.string() + ": " + std::to_string(problems.size()) +
                              (problems.size() == 1 ? " problem" : " problems") + ", the first: " + problems.front());
}

}  // namespace

Action defineVerify(CLI::App& app) {
  auto arguments = std::make_shared<Arguments>();
  app.add_option("PROJECT", arguments->project, "the .fiducial file")->required();
  app.add_flag("--json", arguments->json, "print one JSON document");
  return [arguments](Context& context) { return verify(*arguments, context); };
}

}  // namespace fiducial::cli
