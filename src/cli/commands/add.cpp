// add P.fiducial PATH...: indexes media into the project, as one edit.
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
  std::vector<std::filesystem::path> paths;
  bool json = false;
};

std::string reportJson(const exchange::AddReport& report, const std::vector<std::string>& warnings) {
  std::string out = "{\"media\":[";
  for (std::size_t i = 0; i < report.media.size(); ++i) {
    if (i > 0) out += ',';
    out += "{\"id\":" + std::to_string(raw(report.media[i])) + ",\"name\":" + jsonText(report.names[i]) + '}';
  }
  out += "],\"skipped\":[";
  for (std::size_t i = 0; i < report.skipped.size(); ++i) {
    if (i > 0) out += ',';
    out += "{\"path\":" + jsonText(report.skipped[i].path.string()) +
           ",\"reason\":" + jsonText(report.skipped[i].reason) + '}';
  }
  return out + "],\"warnings\":" + jsonText(warnings) + '}';
}

ExitStatus add(const Arguments& arguments, Context& context) {
  auto project = openForWriting(arguments.project);
  if (!project) return context.console.fail(project.error());
  const auto report = exchange::addMedia(**project, arguments.paths, context.console.progress(), context.stop);
  if (!report) return context.console.fail(report.error());
  std::vector<std::string> warnings = report->warnings;
  for (const auto& skipped : report->skipped)
    warnings.push_back("skipped " + skipped.path.string() + ": " + skipped.reason);
  if (arguments.json) {
    context.console.print(reportJson(*report, warnings));
  } else {
    for (std::size_t i = 0; i < report->media.size(); ++i) {
      context.console.print(std::to_string(raw(report->media[i])) + "  " + report->names[i]);
    }
  }
  if (report->media.empty() && !report->skipped.empty()) {
    for (std::size_t i = 0; i + 1 < warnings.size(); ++i) context.console.warn(warnings[i]);
    return context.console.fail("nothing was added: " + warnings.back());
  }
  return finish(context.console, warnings, !report->skipped.empty());
}

}  // namespace

Action defineAdd(CLI::App& app) {
  auto arguments = std::make_shared<Arguments>();
  app.add_option("PROJECT", arguments->project, "the .fiducial file")->required();
  app.add_option("PATH", arguments->paths, "files and folders, with their subfolders")->required();
  app.add_flag("--json", arguments->json, "print one JSON document");
  return [arguments](Context& context) { return add(*arguments, context); };
}

}  // namespace fiducial::cli
