// Voxels of segments, gathered frame by frame: bricks on volumes, one mask a frame on cines and pictures.
#pragma once

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "dicom/frame_placing.h"
#include "dicom/label_collector.h"
#include "fiducial/core/bricks.h"
#include "fiducial/media/dicom_runs.h"

namespace fiducial::exchange {

class SegmentVoxels {
 public:
  /// The answer is how many pixels of the run are outside the medium.
  std::int64_t add(std::uint32_t segment, const FramePlacing& at, const media::SampleRun& run);
  /// Hands over what was gathered, segment by segment; `describe` names the class and attributes of one.
  template <class Describe>
  void give(LabelCollector& collector, Describe describe);

 private:
  struct Key {
    std::uint32_t segment = 0;
    const TargetMedium* medium = nullptr;
    friend auto operator<=>(const Key&, const Key&) = default;
  };
  struct RowRun {
    int row = 0;
    int first = 0;
    int end = 0;
  };
  std::int64_t addRow(const Key& key, int time, Voxel first, int count);
  [[nodiscard]] static RunMask maskOf(const std::vector<RowRun>& runs, ImageSize size);

  std::map<Key, std::map<int, BrickVolume>> volumes_;
  std::map<Key, std::map<int, std::vector<RowRun>>> pictures_;  // by frame
};

template <class Describe>
void SegmentVoxels::give(LabelCollector& collector, Describe describe) {
  for (auto& [key, times] : volumes_) {
    auto [labelClass, attributes] = describe(key.segment);
    collector.add(Segmentation{key.medium->id, labelClass, std::move(attributes)}, std::move(times));
  }
  for (auto& [key, frames] : pictures_) {
    auto [labelClass, attributes] = describe(key.segment);
    for (auto& [frame, runs] : frames) {
      Annotation annotation;
      annotation.medium = key.medium->id;
      annotation.frame = frame;
      annotation.labelClass = labelClass;
      annotation.attributes = attributes;
      annotation.shape = maskOf(runs, key.medium->info.imageSize());
      runs = {};
      collector.add(std::move(annotation));
    }
  }
}

}  // namespace fiducial::exchange
