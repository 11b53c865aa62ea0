// frame PATH N --out F.png: one exact frame with its stored values.
#include <CLI/CLI.hpp>
#include <memory>

#include "all.h"
#include "fiducial/exchange/stored_picture.h"
#include "opened_medium.h"

namespace fiducial::cli {
namespace {

struct Arguments {
  std::filesystem::path path;
  int frame = 0;
  int medium = 0;
  std::filesystem::path out;
};

ExitStatus writeFrame(const Arguments& arguments, Context& context) {
  const auto location = mediumAt(arguments.path, arguments.medium, context.console, context.stop);
  if (!location) return context.console.fail(location.error());
  auto reader = exchange::PictureReader::open(*location, {}, context.stop);
  if (!reader) return context.console.fail(reader.error());
  const auto picture = reader->picture(arguments.frame, context.stop);
  if (!picture) {
    Error error = picture.error();
    if (error.path.empty()) error.path = arguments.path.string();
    return context.console.fail(error);
  }
  if (const auto status = exchange::writeStoredPicture(arguments.out, *picture); !status) {
    return context.console.fail(status.error());
  }
  return ExitStatus::Done;
}

}  // namespace

Action defineFrame(CLI::App& app) {
  auto arguments = std::make_shared<Arguments>();
  app.add_option("PATH", arguments->path, "a video, cine or image (of a volume N is the slice)")->required();
  app.add_option("N", arguments->frame, "the frame, from 0, in display order")->required();
  app.add_option("--medium", arguments->medium, "its index in `inspect`, where PATH holds several");
  app.add_option("--out", arguments->out, "the PNG to write")->required();
  return [arguments](Context& context) { return writeFrame(*arguments, context); };
}

}  // namespace fiducial::cli
