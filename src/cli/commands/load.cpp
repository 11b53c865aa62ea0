// load PATH: reads and decodes all of a medium and writes nothing; for benchmarks, timed inside.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <atomic>
#include <chrono>
#include <limits>
#include <memory>

#include "all.h"
#include "fiducial/media/frame_source.h"
#include "fiducial/media/volume_source.h"
#include "opened_medium.h"

namespace fiducial::cli {
namespace {

using Clock = std::chrono::steady_clock;

struct Arguments {
  std::filesystem::path path;
  int medium = 0;
  int repeat = 1;
  bool json = false;
};
struct Measured {
  std::size_t bytes = 0;  ///< of the decoded samples
  double firstFrameSeconds = 0;
  double seconds = 0;
  std::vector<std::string> warnings;
};

double since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

Result<Measured> loadVolume(const media::MediumLocation& location, Clock::time_point start, std::stop_token stop) {
  auto source = media::openVolume(location);
  if (!source) return source.error();
  Measured measured;
  std::atomic<bool> hasFirst{false};
  const int times = std::max(1, (*source)->info().times);
  for (int time = 0; time < times; ++time) {
    media::LoadOptions options;
    options.time = time;
    options.onSlice = [&](int) {
      if (!hasFirst.exchange(true)) measured.firstFrameSeconds = since(start);
    };
    auto loaded = (*source)->load(options, stop);
    if (!loaded) return loaded.error();
    measured.bytes += loaded->volume->values().sizeBytes();
    for (std::string& warning : loaded->warnings) measured.warnings.push_back(std::move(warning));
  }
  measured.seconds = since(start);
  return measured;
}

Result<Measured> loadFrames(const media::MediumLocation& location, Clock::time_point start, std::stop_token stop) {
  auto source = media::openFrames(location, {}, stop);
  if (!source) return source.error();
  Measured measured;
  for (int n = 0; n < (*source)->frameCount(); ++n) {
    auto frame = (*source)->frame(n, stop);
    if (!frame) {
      if (stop.stop_requested() || n == 0) return frame.error();
      measured.warnings.push_back("frame " + std::to_string(n) + ": " + frame.error().text());
      continue;
    }
    measured.bytes += (*frame)->pixels.sizeBytes();
    if (n == 0) measured.firstFrameSeconds = since(start);
  }
  measured.seconds = since(start);
  return measured;
}

// From the path to the last decoded sample, finding what is there included.
Result<Measured> loadOnce(const Arguments& arguments, Context& context) {
  const auto start = Clock::now();
  const auto location = mediumAt(arguments.path, arguments.medium, context.console, context.stop);
  if (!location) return location.error();
  return location->info.kind == MediumKind::Volume ? loadVolume(*location, start, context.stop)
                                                   : loadFrames(*location, start, context.stop);
}

ExitStatus load(const Arguments& arguments, Context& context) {
  Measured first;
  std::string seconds;
  for (int n = 0; n < arguments.repeat; ++n) {
    auto measured = loadOnce(arguments, context);
    if (!measured) return context.console.fail(measured.error());
    seconds += fmt::format("{}{:.6f}", n == 0 ? "" : ",", measured->seconds);
    if (n == 0) first = std::move(*measured);
  }
  if (arguments.json) {
    context.console.print(fmt::format(R"({{"bytes":{},"first_frame_s":{:.6f},"seconds":[{}]}})", first.bytes,
                                      first.firstFrameSeconds, seconds));
  } else {
    context.console.print(fmt::format("{} bytes, first frame after {:.3f} s, all after {} s", first.bytes,
                                      first.firstFrameSeconds, seconds));
  }
  return finish(context.console, first.warnings, !first.warnings.empty());
}

}  // namespace

Action defineLoad(CLI::App& app) {
  auto arguments = std::make_shared<Arguments>();
  app.add_option("PATH", arguments->path, "a file or folder")->required();
  app.add_option("--medium", arguments->medium, "its index in `inspect`, where PATH holds several");
  app.add_option("--repeat", arguments->repeat, "how many times")
      ->check(CLI::Range(1, std::numeric_limits<int>::max()));
  app.add_flag("--json", arguments->json, "print one JSON document");
  return [arguments](Context& context) { return load(*arguments, context); };
}

}  // namespace fiducial::cli
