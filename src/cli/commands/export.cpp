// export P.fiducial --format F --out DIR: labels and pictures as a dataset, all or nothing.
#include <CLI/CLI.hpp>
#include <charconv>
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

using exchange::FrameChoice;
using exchange::StatusChoice;

const std::map<std::string, FrameChoice> kFrames{{"labelled", FrameChoice::Labelled},
                                                 {"done", FrameChoice::Done},
                                                 {"all", FrameChoice::All},
                                                 {"none", FrameChoice::None}};
const std::map<std::string, StatusChoice> kStatus{
    {"all", StatusChoice::All}, {"done", StatusChoice::Done}, {"accepted", StatusChoice::Accepted}};

struct Arguments {
  std::filesystem::path project;
  std::string format;
  std::filesystem::path out;
  std::vector<std::int64_t> media;
  std::vector<std::string> classes;
  std::string frames = "labelled";
  std::string status = "all";
  std::vector<std::string> split;
  std::filesystem::path splitFile;
  std::uint64_t seed = 0;
  bool strict = false;
  bool json = false;
};

// "train=0.8"; nothing if it is not of that form.
std::optional<std::pair<std::string, double>> shareOf(const std::string& text) {
  const std::size_t at = text.find('=');
  if (at == 0 || at == std::string::npos) return std::nullopt;
  double share = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data() + at + 1, end, share);
  if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
  return std::pair{text.substr(0, at), share};
}

Status readSplitFile(const std::filesystem::path& path, exchange::ExportOptions& options) {
  const auto text = runtime::readText(path);
  if (!text) return text.error();
  const auto json = nlohmann::json::parse(*text, nullptr, false);
  const Error wrong{ErrorCode::Invalid,
                    "the split file must be a JSON object {\"train\":[\"medium uid or name\",...],...}",
                    path.string(),
                    {}};
  if (!json.is_object() || json.empty()) return wrong;
  for (const auto& [name, media] : json.items()) {
    if (!media.is_array()) return wrong;
    auto& list = options.splitFile[name];
    for (const auto& medium : media) {
      if (!medium.is_string()) return wrong;
      list.push_back(medium.get<std::string>());
    }
  }
  return {};
}

ExitStatus run(const Arguments& arguments, Context& context) {
  const exchange::Format* format = exchange::findFormat(arguments.format);
  if (format == nullptr || format->exporter == nullptr)
    return context.console.misuse(wrongFormat(arguments.format, Use::Write));
  exchange::ExportOptions options;
  options.out = arguments.out;
  for (const std::int64_t id : arguments.media) options.media.push_back(MediumId{id});
  options.classes = arguments.classes;
  options.frames = kFrames.at(arguments.frames);
  options.status = kStatus.at(arguments.status);
  options.seed = arguments.seed;
  options.strict = arguments.strict;
  for (const std::string& text : arguments.split) {
    auto share = shareOf(text);
    if (!share) return context.console.misuse("--split takes NAME=SHARE,..., for example train=0.8,val=0.2");
    options.split.push_back(std::move(*share));
  }
  if (!arguments.splitFile.empty()) {
    if (const auto status = readSplitFile(arguments.splitFile, options); !status)
      return context.console.fail(status.error());
  }
  options.progress = context.console.progress();
  const auto project = openForReading(arguments.project);
  if (!project) return context.console.fail(project.error());
  const auto report = format->exporter()->write(**project, options, context.stop);
  if (!report) return context.console.fail(report.error());
  if (arguments.json) {
    std::vector<std::string> files;
    for (const auto& file : report->files) files.push_back(file.string());
    context.console.print("{\"labels\":" + std::to_string(report->labels) +
                          ",\"frames\":" + std::to_string(report->frames) + ",\"files\":" + jsonText(files) +
                          ",\"warnings\":" + jsonText(report->warnings) + '}');
  } else {
    for (const auto& file : report->files) context.console.print(file.string());
  }
  return finish(context.console, report->warnings, report->skipped > 0);
}

template <class Choice>
std::vector<std::string> keysOf(const std::map<std::string, Choice>& map) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : map) keys.push_back(key);
  return keys;
}

}  // namespace

Action defineExport(CLI::App& app) {
  auto arguments = std::make_shared<Arguments>();
  app.add_option("PROJECT", arguments->project, "the .fiducial file")->required();
  app.add_option("--format", arguments->format, "one of `formats`")->required();
  app.add_option("--out", arguments->out, "the folder to make (an earlier export there is replaced)")->required();
  app.add_option("--media", arguments->media, "ids, with commas; else all")->delimiter(',');
  app.add_option("--classes", arguments->classes, "names, with commas; else all")->delimiter(',');
  app.add_option("--frames", arguments->frames, "which frames to write")->check(CLI::IsMember(keysOf(kFrames)));
  app.add_option("--status", arguments->status, "which labels to write")->check(CLI::IsMember(keysOf(kStatus)));
  auto* split = app.add_option("--split", arguments->split, "NAME=SHARE,...: by subject")->delimiter(',');
  app.add_option("--split-file", arguments->splitFile, "a JSON file, {\"train\":[uids or names of media]}")
      ->excludes(split);
  app.add_option("--seed", arguments->seed, "of the split");
  app.add_flag("--strict", arguments->strict, "write nothing where something would be left out");
  app.add_flag("--json", arguments->json, "print one JSON document");
  return [arguments](Context& context) { return run(*arguments, context); };
}

}  // namespace fiducial::cli
