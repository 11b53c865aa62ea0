// inspect PATH: what is at a file or folder, without a project.
#include <CLI/CLI.hpp>
#include <memory>

#include "all.h"
#include "fiducial/media/find_media.h"
#include "fiducial/project/record_json.h"
#include "json_text.h"
#include "medium_text.h"

namespace fiducial::cli {
namespace {

struct Arguments {
  std::filesystem::path path;
  bool json = false;
};

std::string listingJson(const media::MediaListing& listing) {
  std::string out = "{\"media\":[";
  for (std::size_t i = 0; i < listing.media.size(); ++i) {
    if (i > 0) out += ',';
    const auto& found = listing.media[i];
    out += withFirstMember("\"index\":" + std::to_string(i) + ",\"name\":" + jsonText(found.name),
                           project::mediumInfoJson(found.location.info));
  }
  out += "],\"skipped\":[";
  for (std::size_t i = 0; i < listing.skipped.size(); ++i) {
    if (i > 0) out += ',';
    out += "{\"path\":" + jsonText(listing.skipped[i].path.string()) +
           ",\"reason\":" + jsonText(listing.skipped[i].reason) + '}';
  }
  return out + "]}";
}

ExitStatus inspect(const Arguments& arguments, Context& context) {
  const auto listing = media::findMedia(arguments.path, {context.console.progress()}, context.stop);
  if (!listing) return context.console.fail(listing.error());
  if (arguments.json) {
    context.console.print(listingJson(*listing));
  } else {
    for (std::size_t i = 0; i < listing->media.size(); ++i) {
      const auto& found = listing->media[i];
      context.console.print(std::to_string(i) + "  " + found.name + "  " + mediumText(found.location.info));
    }
    if (listing->media.empty()) context.console.print("no media");
  }
  std::vector<std::string> warnings;
  for (const auto& found : listing->media) {
    for (const std::string& warning : found.location.info.warnings) warnings.push_back(found.name + ": " + warning);
  }
  for (const auto& skipped : listing->skipped)
    warnings.push_back("skipped " + skipped.path.string() + ": " + skipped.reason);
  return finish(context.console, warnings, !listing->skipped.empty());
}

}  // namespace

Action defineInspect(CLI::App& app) {
  auto arguments = std::make_shared<Arguments>();
  app.add_option("PATH", arguments->path, "a file, or a folder with its subfolders")->required();
  app.add_flag("--json", arguments->json, "print one JSON document");
  return [arguments](Context& context) { return inspect(*arguments, context); };
}

}  // namespace fiducial::cli
