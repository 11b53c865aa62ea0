// apply P.fiducial EDITS.jsonl: one edit a line, each durable before its `ok` line appears.
#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>

#include "all.h"
#include "fiducial/project/edit_json.h"
#include "line_reader.h"
#include "opened_project.h"

namespace fiducial::cli {
namespace {

struct Arguments {
  std::filesystem::path project;
  std::filesystem::path edits;
  std::string by;
  bool keepGoing = false;
};

// True where the line itself creates a class (and not only the engine, for a project that has none yet).
bool namesNewClass(const std::string& line) {
  const auto json = nlohmann::json::parse(line, nullptr, false);
  if (!json.is_object() || !json.contains("changes")) return false;
  for (const auto& change : json["changes"]) {
    if (change.is_object() && change.value("create", nlohmann::json()) == "class") return true;
  }
  return false;
}

// The ids of what the line creates, in its order. Parts of these (key frames, bricks), and the class, annotator or
// reading that an edit brings along, have no place in a line and so none in its answer.
std::vector<RawId> idsOf(const std::string& line, const AppliedEdit& applied) {
  bool classes = std::any_of(applied.changes.begin(), applied.changes.end(), [](const Change& change) {
    return change.kind == RecordKind::LabelClass && !change.before;
  });
  if (classes) classes = namesNewClass(line);
  std::vector<RawId> ids;
  for (const Change& change : applied.changes) {
    if (change.before || !change.after) continue;
    switch (change.kind) {
      case RecordKind::Keyframe:
      case RecordKind::BrickContent:
      case RecordKind::Annotator:
      case RecordKind::Reading:
        break;
      case RecordKind::LabelClass:
        if (classes) ids.push_back(change.id);
        break;
      default:
        ids.push_back(change.id);
    }
  }
  return ids;
}

Result<std::vector<RawId>> applyLine(project::Project& project, const std::string& line, const std::string& by) {
  auto edit = project::parseEdit(line, project);
  if (!edit) return edit.error();
  if (!by.empty()) edit->by = by;
  const auto applied = project.apply(std::move(*edit));
  if (!applied) return applied.error();
  return idsOf(line, *applied);
}

ExitStatus apply(const Arguments& arguments, Context& context) {
  auto project = openForWriting(arguments.project);
  if (!project) return context.console.fail(project.error());
  auto lines = LineReader::open(arguments.edits);
  if (!lines) return context.console.fail(lines.error());
  bool isInPart = false;
  for (std::int64_t number = 1;; ++number) {
    auto line = lines->next(context.stop);
    if (!line) return context.console.fail(line.error());
    if (!*line) break;
    if ((*line)->find_first_not_of(" \t") == std::string::npos) continue;
    const auto ids = applyLine(**project, **line, arguments.by);
    if (!ids) {
      context.console.fail("line " + std::to_string(number) + ": " + ids.error().text());
      // After a failed commit (a full disk) every later line would fail as well.
      if (!arguments.keepGoing || (*project)->isReadOnly()) return ExitStatus::Failed;
      isInPart = true;
      continue;
    }
    std::string answer = "ok " + std::to_string(number);
    for (const RawId id : *ids) answer += ' ' + std::to_string(id);
    context.console.print(answer);
    context.console.flush();
  }
  return isInPart ? ExitStatus::InPart : ExitStatus::Done;
}

}  // namespace

Action defineApply(CLI::App& app) {
  auto arguments = std::make_shared<Arguments>();
  app.add_option("PROJECT", arguments->project, "the .fiducial file")->required();
  app.add_option("EDITS", arguments->edits, "a file with one edit a line, or - for standard input")->required();
  app.add_flag("--keep-going", arguments->keepGoing, "go on after a bad line (exit status 3)");
  app.add_option("--by", arguments->by, "the annotator of all edits, whatever their lines say");
  return [arguments](Context& context) { return apply(*arguments, context); };
}

}  // namespace fiducial::cli
