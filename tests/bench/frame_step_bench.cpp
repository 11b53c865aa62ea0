// What stands on a frame of one long video, with 1,000 and with 1,000,000 boxes: a step costs the same.
#include <benchmark/benchmark.h>

#include "fiducial/workspace/label_store.h"

namespace fiducial::workspace {
namespace {

constexpr int kFramesBetween = 10;  // a track of two key frames begins on every tenth frame

void step(benchmark::State& state) {
  const auto boxes = static_cast<int>(state.range(0));
  constexpr MediumId kMedium{1};
  AppliedEdit edit;
  RawId id = 10;
  for (int track = 0; track < boxes / 3; ++track) {
    const TrackId owner{id++};
    const int first = track * kFramesBetween;
    edit.changes.push_back({RecordKind::Track, raw(owner), {}, Record(Track{kMedium, ClassId{2}, {}, {}})});
    for (const auto& [frame, isOutside] : {std::pair{0, false}, {20, false}, {40, true}}) {
      const Keyframe keyframe{owner, first + frame, Box{1.0 * frame, 2, 30, 40}, isOutside, false, {}};
      edit.changes.push_back({RecordKind::Keyframe, id++, {}, Record(keyframe)});
    }
  }
  LabelStore store;
  store.clearLabels(kMedium, {1920, 1080, boxes * kFramesBetween});
  store.apply(edit);
  int frame = 100;
  for (auto _ : state) {
    benchmark::DoNotOptimize(store.shapesOn(frame));
    frame = 100 + (frame + 1) % 2000;
  }
}
BENCHMARK(step)->Name("FrameStep/Boxes")->Arg(1'000)->Arg(1'000'000)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace fiducial::workspace
