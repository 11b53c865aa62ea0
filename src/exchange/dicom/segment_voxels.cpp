#include "dicom/segment_voxels.h"

#include <algorithm>

namespace fiducial::exchange {
namespace {

bool isInside(const Voxel& v, const MediumInfo& info) {
  return v.i >= 0 && v.j >= 0 && v.k >= 0 && v.i < info.columns && v.j < info.rows && v.k < info.frames;
}

Voxel along(const Voxel& from, const Voxel& step, int count) {
  return {from.i + step.i * count, from.j + step.j * count, from.k + step.k * count};
}

}  // namespace

std::int64_t SegmentVoxels::add(std::uint32_t segment, const FramePlacing& at, const media::SampleRun& run) {
  const Key key{segment, at.medium};
  const Voxel row = along(at.origin, at.rowStep, run.row);
  const int count = run.end - run.first;
  if (at.columnStep.i == 1) return addRow(key, at.time, along(row, at.columnStep, run.first), count);
  if (at.columnStep.i == -1) return addRow(key, at.time, along(row, at.columnStep, run.end - 1), count);
  std::int64_t outside = 0;
  for (int n = run.first; n < run.end; ++n) outside += addRow(key, at.time, along(row, at.columnStep, n), 1);
  return outside;
}

std::int64_t SegmentVoxels::addRow(const Key& key, int time, Voxel first, int count) {
  const MediumInfo& info = key.medium->info;
  const int begin = std::max(first.i, 0);
  const int end = std::min(first.i + count, info.columns);
  if (begin >= end || !isInside({begin, first.j, first.k}, info)) return count;
  if (info.kind == MediumKind::Volume) {
    auto& volumes = volumes_[key];
    const auto volume = volumes.try_emplace(time, info.volumeSize()).first;
    volume->second.fillRow(begin, end, first.j, first.k, true);
  } else {
    pictures_[key][first.k].push_back({first.j, begin, end});
  }
  return count - (end - begin);
}

RunMask SegmentVoxels::maskOf(const std::vector<RowRun>& runs, ImageSize size) {
  std::vector<std::uint8_t> pixels(std::size_t(size.pixels()));
  for (const RowRun& run : runs) {
    const auto row = pixels.begin() + std::ptrdiff_t(run.row) * size.columns;
    std::fill(row + run.first, row + run.end, std::uint8_t{1});
  }
  return encodeRuns(pixels, size);
}

}  // namespace fiducial::exchange
