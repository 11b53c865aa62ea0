// A brush stroke on a 512x512x300 volume: what one pointer move costs, from the event to the working bricks, and with
// the overlay of a 1920x1080 view drawn from them. Limit: 16 ms at p99 (shared performance page, "brush stroke").
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <vector>

#include "fiducial/edit/registry.h"
#include "fiducial/render/picture_renderer.h"

namespace fiducial {
namespace {

constexpr VolumeSize kSize{512, 512, 300};
constexpr int kMoves = 400;  ///< of one stroke

/// A ball of voxels, as segments of organs are: thousands of bricks, most of them full.
BrickVolume ball(Voxel center, double radius) {
  BrickVolume voxels(kSize);
  for (int k = 0; k < kSize.slices; ++k) {
    for (int j = 0; j < kSize.rows; ++j) {
      const double rest = radius * radius - std::pow(j - center.j, 2) - std::pow(k - center.k, 2);
      if (rest <= 0) continue;
      const int half = static_cast<int>(std::sqrt(rest));
      voxels.fillRow(center.i - half, center.i + half, j, k, true);
    }
  }
  return voxels;
}

struct Scene {
  Scene() {
    for (const Voxel center : {Voxel{250, 250, 150}, {120, 200, 120}, {380, 240, 180}, {256, 400, 150}}) {
      voxels.push_back(ball(center, 110));
    }
    for (std::size_t n = 0; n < voxels.size(); ++n) {
      segments.push_back({SegmentationId{static_cast<RawId>(n + 1)}, ClassId{1}, &voxels[n], false});
    }
    context.mediumKind = MediumKind::Volume;
    context.size = {kSize.columns, kSize.rows};
    context.volumeSize = kSize;
    context.spacingMm = {0.7, 0.7, 1.5};
    context.plane.step = context.frame = 150;
    context.labelClass = ClassId{1};
    context.activeSegment = SegmentationId{1};
    context.segments = segments;
  }
  std::vector<BrickVolume> voxels;
  std::vector<edit::SceneSegment> segments;
  edit::ToolContext context;
};

/// Across all segments, 12 pixels a move: a fast hand at 60 events a second.
ImagePoint placeOf(int move) {
  const double angle = move * 0.06;
  return {256 + 180 * std::cos(angle) * std::cos(angle * 0.13), 256 + 180 * std::sin(angle)};
}

void drawOverlay(const edit::Preview& preview, const Scene& scene, render::Raster& raster) {
  std::vector<render::MaskLayer> layers;
  for (const edit::SceneSegment& segment : scene.segments) {
    const auto changed = std::ranges::find(preview.segments, segment.id, [](const auto& s) { return s.first; });
    layers.push_back({.bricks = changed == preview.segments.end() ? segment.voxels : changed->second.get(),
                      .color = {86, 180, 233, 255}});
  }
  const auto transform = render::ViewTransform::fitted({}, {kSize.columns, kSize.rows}, 1, raster.width, raster.height);
  render::renderMasks(layers, {}, scene.context.plane.step, transform, raster);
}

void stroke(benchmark::State& state, bool sphere, bool withOverlay) {
  Scene scene;
  scene.context.settings.brushRadiusPx = static_cast<double>(state.range(0));
  scene.context.settings.sphere = sphere;
  render::Raster raster;
  raster.resize(1920, 1080);
  std::vector<double> ms;
  for (auto run : state) {
    const auto tool = edit::findTool("brush")->make();
    edit::PointerEvent event{
        .kind = edit::PointerEvent::Kind::Press, .at = placeOf(0), .button = edit::Button::Primary};
    for (int move = 0; move < kMoves; ++move) {
      const auto start = std::chrono::steady_clock::now();
      event.at = placeOf(move);
      const edit::ToolOutput output = tool->handle(event, scene.context);
      if (withOverlay && output.preview) drawOverlay(*output.preview, scene, raster);
      ms.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
      event.kind = edit::PointerEvent::Kind::Move;
    }
    event.kind = edit::PointerEvent::Kind::Release;
    benchmark::DoNotOptimize(tool->handle(event, scene.context));
  }
  std::ranges::sort(ms);
  const auto at = [&](double part) { return ms[static_cast<std::size_t>(part * static_cast<double>(ms.size() - 1))]; };
  state.counters["p50_ms"] = at(0.5);
  state.counters["p99_ms"] = at(0.99);
  state.counters["max_ms"] = ms.back();
}

void brushDisc(benchmark::State& state) { stroke(state, false, false); }
void brushDiscShown(benchmark::State& state) { stroke(state, false, true); }
void brushSphere(benchmark::State& state) { stroke(state, true, false); }
void brushSphereShown(benchmark::State& state) { stroke(state, true, true); }

BENCHMARK(brushDisc)->Arg(10)->Arg(40)->Unit(benchmark::kMillisecond);
BENCHMARK(brushDiscShown)->Arg(10)->Arg(40)->Unit(benchmark::kMillisecond);
BENCHMARK(brushSphere)->Arg(10)->Arg(40)->Unit(benchmark::kMillisecond);
BENCHMARK(brushSphereShown)->Arg(10)->Arg(40)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace fiducial
