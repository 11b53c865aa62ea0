// import P.fiducial --format F PATH: the labels of a dataset, as one edit.
#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "all.h"
#include "fiducial/exchange/format.h"
#include "fiducial/runtime/atomic_file.h"
#include "format_choice.h"
#include "json_text.h"
#include "opened_project.h"

namespace fiducial::cli {
namespace {

struct Arguments {
  std::filesystem::path project;
  std::filesystem::path path;
  std::string format;
  std::optional<std::int64_t> medium;
  std::filesystem::path map;
  std::string by;
  bool json = false;
};

Result<std::map<std::string, std::string>> readMap(const std::filesystem::path& path) {
  std::map<std::string, std::string> map;
  if (path.empty()) return map;
  const auto text = runtime::readText(path);
  if (!text) return text.error();
  const auto json = nlohmann::json::parse(*text, nullptr, false);
  const Error wrong{ErrorCode::Invalid, "the class map must be a JSON object {\"theirs\":\"ours\"}", path.string(), {}};
  if (!json.is_object()) return wrong;
  for (const auto& [theirs, ours] : json.items()) {
    if (!ours.is_string() || ours.get_ref<const std::string&>().empty()) return wrong;
    map[theirs] = ours.get<std::string>();
  }
  return map;
}

std::string reportJson(const exchange::ImportReport& report) {
  std::string out = "{\"labels\":" + std::to_string(report.labels) + ",\"media\":" + std::to_string(report.media);
  if (report.edit) out += ",\"edit\":" + std::to_string(raw(*report.edit));
  return out + ",\"warnings\":" + jsonText(report.warnings) + '}';
}

ExitStatus run(const Arguments& arguments, Context& context) {
  const exchange::Format* format = exchange::findFormat(arguments.format);
  if (format == nullptr || format->importer == nullptr)
    return context.console.misuse(wrongFormat(arguments.format, Use::Read));
  auto map = readMap(arguments.map);
  if (!map) return context.console.fail(map.error());
  auto project = openForWriting(arguments.project, arguments.by);
  if (!project) return context.console.fail(project.error());
  exchange::ImportOptions options;
  options.path = arguments.path;
  if (arguments.medium) options.medium = MediumId{*arguments.medium};
  options.map = std::move(*map);
  options.by = arguments.by;
  options.progress = context.console.progress();
  const auto report = format->importer()->read(**project, options, context.stop);
  if (!report) return context.console.fail(report.error());
  if (arguments.json) {
    context.console.print(reportJson(*report));
  } else {
    context.console.print("labels: " + std::to_string(report->labels) +
                          ", media added: " + std::to_string(report->media));
  }
  return finish(context.console, report->warnings, report->skipped > 0);
}

}  // namespace

Action defineImport(CLI::App& app) {
  auto arguments = std::make_shared<Arguments>();
  app.add_option("PROJECT", arguments->project, "the .fiducial file")->required();
  app.add_option("PATH", arguments->path, "the dataset: a file or folder")->required();
  app.add_option("--format", arguments->format, "one of `formats`")->required();
  app.add_option("--medium", arguments->medium, "id of the medium on which all labels go");
  app.add_option("--map", arguments->map, "a JSON file that renames classes, {\"theirs\":\"ours\"}");
  app.add_option("--by", arguments->by, "the annotator of the labels");
  app.add_flag("--json", arguments->json, "print one JSON document");
  return [arguments](Context& context) { return run(*arguments, context); };
}

}  // namespace fiducial::cli
