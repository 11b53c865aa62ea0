// Frame times of the canvas at 1920x1080: a window drag over a CT slice with a segment's overlay, and a video frame.
#include <benchmark/benchmark.h>

#include <cmath>
#include <random>

#include "fiducial/render/picture_renderer.h"
#include "fiducial/runtime/buffer_allocator.h"

namespace fiducial::render {
namespace {

constexpr VolumeSize kVolume{512, 512, 300};
constexpr int kWidth = 1920;
constexpr int kHeight = 1080;

ScalarBuffer noiseOf(ScalarType type, int components, VolumeSize size) {
  ScalarBuffer buffer = runtime::allocateScalars(type, components, size).value();
  std::mt19937 random(1);
  std::uint16_t state = 1;
  for (std::byte& byte : buffer.mutableBytes()) {
    if (++state == 0) state = static_cast<std::uint16_t>(random());
    byte = static_cast<std::byte>(state * 31 >> 4);
  }
  return buffer;
}

const ScalarBuffer& volume() {
  static const ScalarBuffer buffer = noiseOf(ScalarType::Int16, 1, kVolume);
  return buffer;
}

/// A ball of radius 150 with a wavy surface: a liver's worth of bricks and border.
const BrickVolume& segment() {
  static const BrickVolume bricks = [] {
    BrickVolume made(kVolume);
    for (int k = 0; k < kVolume.slices; ++k) {
      for (int j = 0; j < kVolume.rows; ++j) {
        const double z = k - 150.0, y = j - 256.0;
        const double radius = 150 + 6 * std::sin(j * 0.7) + 4 * std::sin(k * 0.9);
        const double square = radius * radius - z * z - y * y;
        if (square > 0) {
          const int half = static_cast<int>(std::sqrt(square));
          made.fillRow(256 - half, 256 + half, j, k, true);
        }
      }
    }
    return made;
  }();
  return bricks;
}

ViewTransform viewOf(const PlaneAxes& axes, double zoom) {
  const ImageSize picture = pictureSize(axes, kVolume);
  return {axes, picture, 1, zoom, {kWidth / 2.0, kHeight / 2.0}, {picture.columns / 2.0, picture.rows / 2.0}};
}

void drag(benchmark::State& state, const PlaneAxes& axes, double zoom, bool withOverlay) {
  PictureView view{volume(), axes, 150, {{40, 400, {}}}};
  const MaskLayer layer{&segment(), nullptr, {230, 25, 75, 255}, 0.3, 1.5};
  const ViewTransform transform = viewOf(axes, zoom);
  Raster raster;
  raster.resize(kWidth, kHeight);
  for (auto _ : state) {
    view.tone.window.center += 0.5;
    renderPicture(view, transform, raster);
    if (withOverlay) renderMasks({&layer, 1}, axes, view.step, transform, raster);
    benchmark::DoNotOptimize(raster.pixels.data());
  }
}

void WindowDragWithOverlay(benchmark::State& state) {
  drag(state, {}, static_cast<double>(state.range(0)) / 100, true);
}
void WindowDragPictureOnly(benchmark::State& state) {
  drag(state, {}, static_cast<double>(state.range(0)) / 100, false);
}
void WindowDragSagittalWithOverlay(benchmark::State& state) { drag(state, {1, 2, 0, false, false, true}, 2.1, true); }
// Zoom in percent: 210 fills the height, 375 the width too.
BENCHMARK(WindowDragWithOverlay)
    ->Arg(210)
    ->Arg(375)
    ->Arg(1000)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();
BENCHMARK(WindowDragPictureOnly)
    ->Arg(210)
    ->Arg(375)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();
BENCHMARK(WindowDragSagittalWithOverlay)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();

void FullHdVideoFrame(benchmark::State& state) {
  const PictureView view{noiseOf(ScalarType::UInt8, 3, {1920, 1080, 1}), {}, 0, {}};
  const double zoom = static_cast<double>(state.range(0)) / 100;
  const ViewTransform transform({}, {1920, 1080}, 1, zoom, {kWidth / 2.0, kHeight / 2.0}, {960, 540});
  Raster raster;
  raster.resize(kWidth, kHeight);
  for (auto _ : state) renderPicture(view, transform, raster);
}
BENCHMARK(FullHdVideoFrame)
    ->Arg(100)
    ->Arg(73)
    ->Arg(200)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

void LargeRadiographFitted(benchmark::State& state) {
  const PictureView view{noiseOf(ScalarType::UInt16, 1, {4000, 4000, 1}), {}, 0, {{2000, 4000, {}}}};
  const ViewTransform transform = ViewTransform::fitted({}, {4000, 4000}, 1, kWidth, kHeight);
  Raster raster;
  raster.resize(kWidth, kHeight);
  for (auto _ : state) renderPicture(view, transform, raster);
}
BENCHMARK(LargeRadiographFitted)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();

}  // namespace
}  // namespace fiducial::render
