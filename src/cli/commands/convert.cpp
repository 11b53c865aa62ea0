// convert PATH --out F.nii.gz: a volume, image or cine with its values in output units.
#include <CLI/CLI.hpp>
#include <memory>

#include "all.h"
#include "fiducial/exchange/output_volume.h"
#include "opened_medium.h"

namespace fiducial::cli {
namespace {

struct Arguments {
  std::filesystem::path path;
  int medium = 0;
  std::filesystem::path out;
};

ExitStatus convert(const Arguments& arguments, Context& context) {
  const std::string name = arguments.out.filename().string();
  if (!name.ends_with(".nii") && !name.ends_with(".nii.gz") && !name.ends_with(".nrrd")) {
    return context.console.misuse("--out " + name + ": the name must end in .nii, .nii.gz or .nrrd");
  }
  const auto location = mediumAt(arguments.path, arguments.medium, context.console, context.stop);
  if (!location) return context.console.fail(location.error());
  const auto volume = exchange::readOutputVolume(*location, context.stop, context.console.progress());
  if (!volume) return context.console.fail(volume.error());
  if (context.stop.stop_requested()) return context.console.fail("stopped");
  if (const auto status = exchange::writeOutputVolume(arguments.out, *volume); !status) {
    return context.console.fail(status.error());
  }
  return finish(context.console, volume->warnings, !volume->warnings.empty());
}

}  // namespace

Action defineConvert(CLI::App& app) {
  auto arguments = std::make_shared<Arguments>();
  app.add_option("PATH", arguments->path, "a volume, image or cine")->required();
  app.add_option("--medium", arguments->medium, "its index in `inspect`, where PATH holds several");
  app.add_option("--out", arguments->out, "the .nii, .nii.gz or .nrrd file to write")->required();
  return [arguments](Context& context) { return convert(*arguments, context); };
}

}  // namespace fiducial::cli
