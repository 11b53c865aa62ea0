// formats: the dataset formats and the kinds of labels each can hold, from the registry.
#include <CLI/CLI.hpp>
#include <memory>

#include "all.h"
#include "fiducial/exchange/format.h"
#include "json_text.h"

namespace fiducial::cli {
namespace {

ExitStatus listFormats(bool json, Context& context) {
  std::string out = "{\"formats\":[";
  for (const exchange::Format& format : exchange::formats()) {
    const auto kinds = exchange::names(format.kinds);
    const bool reads = format.importer != nullptr;
    const bool writes = format.exporter != nullptr;
    if (json) {
      if (!out.ends_with('[')) out += ',';
      out += "{\"name\":" + jsonText(format.name) + ",\"title\":" + jsonText(format.title) +
             ",\"reads\":" + (reads ? "true" : "false") + ",\"writes\":" + (writes ? "true" : "false") +
             ",\"kinds\":" + jsonText(kinds) + '}';
      continue;
    }
    std::string line(format.name);
    line.resize(16, ' ');
    line += reads && writes ? "reads, writes" : reads ? "reads        " : "writes       ";
    line += "  ";
    for (const std::string& kind : kinds) line += kind + (&kind == &kinds.back() ? "" : ", ");
    context.console.print(line);
  }
  if (json) context.console.print(out + "]}");
  return ExitStatus::Done;
}

}  // namespace

Action defineFormats(CLI::App& app) {
  auto json = std::make_shared<bool>(false);
  app.add_flag("--json", *json, "print one JSON document");
  return [json](Context& context) { return listFormats(*json, context); };
}

}  // namespace fiducial::cli
