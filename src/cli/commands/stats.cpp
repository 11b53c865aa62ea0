// stats P.fiducial: counts by class and kind, volumes, durations, class balance.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "all.h"
#include "json_text.h"
#include "opened_project.h"

namespace fiducial::cli {
namespace {

struct Arguments {
  std::filesystem::path project;
  bool json = false;
};
struct ClassStats {
  std::map<std::string, std::int64_t> counts;  // by kind: "box", "track", "segmentation"...
  double volumeMm3 = 0;
  double durationSeconds = 0;
  [[nodiscard]] std::int64_t total() const {
    std::int64_t sum = 0;
    for (const auto& [kind, count] : counts) sum += count;
    return sum;
  }
};
struct Stats {
  std::map<RawId, std::string> names;  // of the classes; 0: labels without one
  std::map<RawId, ClassStats> classes;
  std::size_t media = 0;
  std::int64_t marks = 0;
};

double secondsOf(const MediumInfo& info, const Event& event) {
  const int frames = event.lastFrame - event.firstFrame + 1;
  if (info.frameRate > 0) return frames / info.frameRate;
  return info.frames > 0 ? info.durationSeconds * frames / info.frames : 0;
}

Status countShapes(const project::Project& project, Stats& stats) {
  const auto annotations = project.annotations();
  if (!annotations) return annotations.error();
  for (const auto& one : *annotations) {
    ++stats.classes[raw(one.value.labelClass)].counts[std::string(kindName(one.value.shape))];
  }
  const auto tracks = project.tracks();
  if (!tracks) return tracks.error();
  for (const auto& one : *tracks) ++stats.classes[raw(one.value.labelClass)].counts["track"];
  const auto measurements = project.measurements();
  if (!measurements) return measurements.error();
  for (const auto& one : *measurements) ++stats.classes[raw(one.value.labelClass)].counts["measurement"];
  const auto tags = project.tags();
  if (!tags) return tags.error();
  for (const auto& one : *tags) ++stats.classes[raw(one.value.labelClass)].counts["tag"];
  return {};
}

Status countSpans(const project::Project& project, const std::map<RawId, MediumInfo>& media, Stats& stats) {
  const auto events = project.events();
  if (!events) return events.error();
  for (const auto& one : *events) {
    ClassStats& of = stats.classes[raw(one.value.labelClass)];
    ++of.counts["event"];
    if (const auto medium = media.find(raw(one.value.medium)); medium != media.end()) {
      of.durationSeconds += secondsOf(medium->second, one.value);
    }
  }
  const auto segmentations = project.segmentations();
  if (!segmentations) return segmentations.error();
  for (const auto& one : *segmentations) {
    ClassStats& of = stats.classes[raw(one.value.labelClass)];
    ++of.counts["segmentation"];
    const auto medium = media.find(raw(one.value.medium));
    if (medium == media.end()) continue;
    const auto voxels = project.voxels(SegmentationId{one.id});
    if (!voxels) return voxels.error();
    of.volumeMm3 += static_cast<double>(voxels->count()) * medium->second.affine.voxelVolumeMm3();
  }
  return {};
}

Result<Stats> collect(const project::Project& project) {
  Stats stats;
  const auto classes = project.classes();
  if (!classes) return classes.error();
  for (const auto& one : *classes) {
    stats.names[one.id] = one.value.name;
    stats.classes[one.id];
  }
  const auto media = project.media();
  if (!media) return media.error();
  stats.media = media->size();
  std::map<RawId, MediumInfo> infos;
  for (const auto& one : *media) infos.emplace(one.id, one.value.info);
  const auto marks = project.marks();
  if (!marks) return marks.error();
  stats.marks = static_cast<std::int64_t>(marks->size());
  if (auto status = countShapes(project, stats); !status) return status.error();
  if (auto status = countSpans(project, infos, stats); !status) return status.error();
  return stats;
}

std::int64_t labelsOf(const Stats& stats) {
  std::int64_t sum = 0;
  for (const auto& [id, one] : stats.classes) sum += one.total();
  return sum;
}

std::string statsJson(const Stats& stats) {
  const std::int64_t labels = labelsOf(stats);
  std::string out = fmt::format(R"({{"media":{},"labels":{},"marks":{},"classes":[)", stats.media, labels, stats.marks);
  for (const auto& [id, one] : stats.classes) {
    if (!out.ends_with('[')) out += ',';
    const auto name = stats.names.find(id);
    out += name == stats.names.end() ? "{\"id\":null,\"name\":null"
                                     : fmt::format("{{\"id\":{},\"name\":{}", id, jsonText(name->second));
    out += ",\"counts\":{";
    for (const auto& [kind, count] : one.counts) {
      out += fmt::format("{}\"{}\":{}", out.ends_with('{') ? "" : ",", kind, count);
    }
    const double share = labels > 0 ? static_cast<double>(one.total()) / static_cast<double>(labels) : 0;
    out += fmt::format("}},\"total\":{},\"share\":{},\"volume_mm3\":{},\"duration_s\":{}}}", one.total(), share,
                       one.volumeMm3, one.durationSeconds);
  }
  return out + "]}";
}

void printStats(const Stats& stats, Console& console) {
  const std::int64_t labels = labelsOf(stats);
  console.print(fmt::format("{} media, {} labels, {} marks", stats.media, labels, stats.marks));
  for (const auto& [id, one] : stats.classes) {
    const auto name = stats.names.find(id);
    std::string line =
        fmt::format("{}  {} ({:.1f} %)", name == stats.names.end() ? "(no class)" : name->second, one.total(),
                    labels > 0 ? 100.0 * static_cast<double>(one.total()) / static_cast<double>(labels) : 0.0);
    for (const auto& [kind, count] : one.counts) line += fmt::format("  {} {}", count, kind);
    if (one.volumeMm3 > 0) line += fmt::format("  {:.1f} mm3", one.volumeMm3);
    if (one.durationSeconds > 0) line += fmt::format("  {:.2f} s", one.durationSeconds);
    console.print(line);
  }
}

ExitStatus run(const Arguments& arguments, Context& context) {
  const auto project = openForReading(arguments.project);
  if (!project) return context.console.fail(project.error());
  const auto stats = collect(**project);
  if (!stats) return context.console.fail(stats.error());
  if (arguments.json) {
    context.console.print(statsJson(*stats));
  } else {
    printStats(*stats, context.console);
  }
  return ExitStatus::Done;
}

}  // namespace

Action defineStats(CLI::App& app) {
  auto arguments = std::make_shared<Arguments>();
  app.add_option("PROJECT", arguments->project, "the .fiducial file")->required();
  app.add_flag("--json", arguments->json, "print one JSON document");
  return [arguments](Context& context) { return run(*arguments, context); };
}

}  // namespace fiducial::cli
