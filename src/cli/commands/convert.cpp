// convert PATH --out F.nii.gz: a volume, image or cine with its values in output units.
#include <CLI/CLI.hpp>
#include <memory>

#include "all.h"
#include "fiducial/exchange/output_volume.h"
#include "fiducial/media/given_spacing.h"
#include "opened_medium.h"

namespace fiducial::cli {
namespace {

struct Arguments {
  std::filesystem::path path;
  int medium = 0;
  std::filesystem::path out;
  std::vector<double> spacing;
};

ExitStatus convert(const Arguments& arguments, Context& context) {
  const std::string name = arguments.out.filename().string();
  if (!name.ends_with(".nii") && !name.ends_with(".nii.gz") && !name.ends_with(".nrrd")) {
    return context.console.misuse("--out " + name + ": the name must end in .nii, .nii.gz or .nrrd");
  }
  auto location = mediumAt(arguments.path, arguments.medium, context.console, context.stop);
  if (!location) return context.console.fail(location.error());
  if (!arguments.spacing.empty()) {
    const auto& given = arguments.spacing;
    if (auto status = media::giveSpacing(location->info, {given[0], given[1], given[2]}); !status) {
      return context.console.fail(status.error());
    }
  }
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
  app.add_option("--spacing", arguments->spacing, "X,Y,Z in mm, for files that give none (a stack of TIFF pages)")
      ->delimiter(',')
      ->expected(3);
  return [arguments](Context& context) { return convert(*arguments, context); };
}

}  // namespace fiducial::cli
