// list P.fiducial WHAT: what is in a project, as JSON or as a table.
#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "all.h"
#include "fiducial/project/record_json.h"
#include "opened_project.h"

namespace fiducial::cli {
namespace {

using Json = nlohmann::ordered_json;

struct Arguments {
  std::filesystem::path project;
  std::string what;
  bool json = false;
  bool runs = false;
};

const std::map<std::string, std::vector<std::string>> kColumns{
    {"media", {"id", "name", "kind", "format", "modality", "size", "missing", "path"}},
    {"classes", {"id", "name", "color", "hotkey", "parent"}},
    {"annotations", {"id", "by", "medium", "frame", "class", "shape", "attributes", "note"}},
    {"tracks", {"id", "by", "medium", "class", "keyframes", "attributes"}},
    {"events", {"id", "by", "medium", "class", "layer", "begin", "end"}},
    {"tags", {"id", "by", "scope", "medium", "frame", "class", "question", "value"}},
    {"measurements", {"id", "by", "medium", "frame", "type", "points", "class"}},
    {"segmentations", {"id", "by", "medium", "class", "voxels", "volume_mm3"}},
    {"marks", {"id", "by", "medium", "frame", "state"}},
    {"history", {"id", "time", "by", "name", "undone"}},
};

std::string cell(const std::string& column, const Json& value) {
  constexpr std::size_t kLongest = 60;
  std::string text;
  if (value.is_null()) {
    text = "";
  } else if (value.is_string()) {
    text = value.get<std::string>();
  } else if (column == "keyframes" && value.is_array()) {
    text = std::to_string(value.size()) + " from " + (value.empty() ? "" : value.front().value("frame", Json()).dump());
  } else {
    text = value.dump(-1, ' ', false, Json::error_handler_t::replace);
  }
  std::ranges::replace_if(
      text, [](unsigned char c) { return c < 0x20 || c == 0x7f; }, ' ');  // one row a record
  if (text.size() <= kLongest) return text;
  text.resize(kLongest - 3);
  while (!text.empty() && (text.back() & 0x80) != 0) text.pop_back();  // never half a character
  return text + "...";
}

// Columns in which every row is empty are left out.
void printTable(const Json& rows, const std::vector<std::string>& columns, Console& console) {
  std::vector<std::vector<std::string>> table{columns};
  for (const Json& row : rows) {
    auto& line = table.emplace_back();
    for (const std::string& column : columns) line.push_back(cell(column, row.contains(column) ? row[column] : Json()));
  }
  std::vector<std::size_t> widths(columns.size(), 0);
  for (std::size_t r = 1; r < table.size(); ++r) {
    for (std::size_t c = 0; c < columns.size(); ++c) widths[c] = std::max(widths[c], table[r][c].size());
  }
  for (const auto& row : table) {
    std::string line;
    for (std::size_t c = 0; c < columns.size(); ++c) {
      if (widths[c] == 0) continue;
      std::string text = row[c];
      text.resize(std::max({widths[c], columns[c].size(), text.size()}), ' ');
      line += text + "  ";
    }
    line.erase(line.find_last_not_of(' ') + 1);
    if (table.size() > 1) console.print(line);
  }
}

ExitStatus list(const Arguments& arguments, Context& context) {
  const auto project = openForReading(arguments.project);
  if (!project) return context.console.fail(project.error());
  const auto json = project::listJson(**project, arguments.what, {arguments.runs});
  if (!json) return context.console.fail(json.error());
  if (arguments.json) {
    context.console.print(*json);
    return ExitStatus::Done;
  }
  const Json document = Json::parse(*json, nullptr, false);
  if (!document.is_object() || document.empty()) return context.console.fail("the listing cannot be shown; use --json");
  printTable(document.begin().value(), kColumns.at(arguments.what), context.console);
  return ExitStatus::Done;
}

}  // namespace

Action defineList(CLI::App& app) {
  auto arguments = std::make_shared<Arguments>();
  std::vector<std::string> kinds;
  for (const auto& [kind, columns] : kColumns) kinds.push_back(kind);
  app.add_option("PROJECT", arguments->project, "the .fiducial file")->required();
  app.add_option("WHAT", arguments->what, "what to list")->required()->check(CLI::IsMember(kinds));
  app.add_flag("--json", arguments->json, "print one JSON document");
  app.add_flag("--runs", arguments->runs, "segmentations with their voxels");
  return [arguments](Context& context) { return list(*arguments, context); };
}

}  // namespace fiducial::cli
