// A committed box edit beside one fdatasync of 4 KB in the same run (limit: p95 at most 3 times, and under 5 ms); an
// import of 100,000 polygons of 60 points as one edit, and reading them again.
#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <vector>

#include "fiducial/project/project.h"
#include "fiducial/project/record_json.h"
#include "support/temporary_folder.h"

namespace fiducial::project {
namespace {

using Clock = std::chrono::steady_clock;

double percentile95(std::vector<double> seconds) {
  std::ranges::sort(seconds);
  return seconds.empty() ? 0 : seconds[seconds.size() * 95 / 100];
}

Medium video() {
  Medium medium;
  medium.name = "video";
  medium.info.kind = MediumKind::Video;
  medium.info.columns = 1920;
  medium.info.rows = 1080;
  medium.info.frames = 100'000;
  return medium;
}

struct BenchProject {
  fiducial::test::TemporaryFolder folder;
  std::unique_ptr<Project> project;
  MediumId medium{};
  ClassId labelClass{};

  BenchProject() {
    auto created = Project::create(folder / "bench.fiducial");
    if (!created) std::abort();
    project = std::move(*created);
    const auto applied =
        project->apply({"Set up", {create(video()), create(LabelClass{"tool", "#ff0000", "", {}, {}, {}})}, {}});
    if (!applied) std::abort();
    medium = MediumId{applied->created[0]};
    labelClass = ClassId{applied->created[1]};
  }
};

/// Overwrites 4 KB and waits for the disk, as often as the other loop commits.
class PlainFile {
 public:
  explicit PlainFile(const std::filesystem::path& path)
      : descriptor_(open(path.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600)), block_(4096, 'x') {
    sync();
  }
  ~PlainFile() { close(descriptor_); }
  PlainFile(const PlainFile&) = delete;
  PlainFile& operator=(const PlainFile&) = delete;
  void sync() {
    if (pwrite(descriptor_, block_.data(), block_.size(), 0) != static_cast<ssize_t>(block_.size())) std::abort();
    if (fdatasync(descriptor_) != 0) std::abort();
  }

 private:
  int descriptor_;
  std::vector<char> block_;
};

void commitOfOneBox(benchmark::State& state) {
  BenchProject bench;
  PlainFile plain(bench.folder / "plain");
  std::vector<double> commits;
  std::vector<double> syncs;
  int frame = 0;
  for (auto _ : state) {
    const auto before = Clock::now();
    const Annotation box{bench.medium, frame, 0, bench.labelClass, Box{1.0 * frame, 2, 30, 40}, {}, {}};
    if (!bench.project->apply({"Draw box", {create(box)}, {}})) state.SkipWithError("refused");
    const auto between = Clock::now();
    plain.sync();
    const auto after = Clock::now();
    commits.push_back(std::chrono::duration<double>(between - before).count());
    syncs.push_back(std::chrono::duration<double>(after - between).count());
    state.SetIterationTime(commits.back());
    ++frame;
  }
  state.counters["commit_p95_ms"] = 1000 * percentile95(commits);
  state.counters["fdatasync_p95_ms"] = 1000 * percentile95(syncs);
  state.counters["ratio_p95"] = percentile95(commits) / percentile95(syncs);
}
BENCHMARK(commitOfOneBox)->UseManualTime()->Iterations(2000)->Unit(benchmark::kMillisecond);

Polygon circleOf60(int number) {
  Ring ring;
  for (int i = 0; i < 60; ++i) {
    const double angle = 0.1 * i;
    const auto twoDecimals = [](double value) { return std::round(value * 100) / 100; };
    ring.push_back(
        {twoDecimals(number % 1000 + 50 * std::cos(angle)), twoDecimals(number % 700 + 50 * std::sin(angle))});
  }
  return {{{std::move(ring)}}};
}

Edit importOf(const BenchProject& bench, int count) {
  Edit edit{"Import", {}, {}};
  edit.changes.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) {
    edit.changes.push_back(create(Annotation{bench.medium, i / 2, 0, bench.labelClass, circleOf60(i), {}, {}}));
  }
  return edit;
}

void importOfPolygons(benchmark::State& state) {
  const int count = static_cast<int>(state.range(0));
  for (auto _ : state) {
    BenchProject bench;
    Edit edit = importOf(bench, count);
    const auto seconds = [](auto&& work) {
      const auto start = Clock::now();
      work();
      return std::chrono::duration<double>(Clock::now() - start).count();
    };
    state.SetIterationTime(seconds([&] { benchmark::DoNotOptimize(bench.project->apply(std::move(edit))); }));
    state.counters["file_mb"] = static_cast<double>(std::filesystem::file_size(bench.project->path())) / 1e6;
    state.counters["query_s"] = seconds([&] { benchmark::DoNotOptimize(bench.project->annotations()); });
    state.counters["list_s"] = seconds([&] { benchmark::DoNotOptimize(listJson(*bench.project, "annotations")); });
    state.counters["frame_query_ms"] = 1000 * seconds([&] {
                                         benchmark::DoNotOptimize(bench.project->annotations({bench.medium, 500, 501}));
                                       });
    state.counters["undo_s"] = seconds([&] { benchmark::DoNotOptimize(bench.project->undo()); });
    state.counters["redo_s"] = seconds([&] { benchmark::DoNotOptimize(bench.project->redo()); });
    state.counters["verify_s"] = seconds([&] { benchmark::DoNotOptimize(bench.project->verify()); });
  }
}
BENCHMARK(importOfPolygons)->Arg(100'000)->UseManualTime()->Iterations(1)->Unit(benchmark::kSecond);

}  // namespace
}  // namespace fiducial::project
