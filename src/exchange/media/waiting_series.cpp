#include "media/waiting_series.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <string>

#include "media/media_path.h"

namespace fiducial::exchange {
namespace {

constexpr double kOffGrid = 0.1;  // voxels: what rounding of positions in headers may cost

bool isAt(const VoxelPoint& point, int i, int j, int k) {
  return std::abs(point.i - i) < kOffGrid && std::abs(point.j - j) < kOffGrid && std::abs(point.k - k) < kOffGrid;
}

void copyRow(std::uint32_t bits, Voxel first, BrickVolume& to) {
  for (; bits != 0; bits &= bits - 1) {
    const int i = first.i + std::countr_zero(bits);
    to.fillRow(i, i + 1, first.j, first.k, true);
  }
}

BrickVolume moved(const BrickVolume& from, VolumeSize size, int slices) {
  constexpr int kRows = kBrickSizeVoxels * kBrickSizeVoxels;
  BrickVolume to(size);
  for (const auto& [index, brick] : from.bricks()) {
    for (int row = 0; row < kRows; ++row) {
      const Voxel first{index.bi * kBrickSizeVoxels, index.bj * kBrickSizeVoxels + row % kBrickSizeVoxels,
                        index.bk * kBrickSizeVoxels + row / kBrickSizeVoxels + slices};
      copyRow(brick->rows[std::size_t(row)], first, to);
    }
  }
  return to;
}

Status appendMovedVoxels(const project::Project& project, MediumId medium, VolumeSize size, int slices,
                         std::vector<Change>& changes) {
  const auto segmentations = project.segmentations({medium, {}, {}});
  if (!segmentations) return segmentations.error();
  for (const auto& segmentation : *segmentations) {
    const SegmentationId id{segmentation.id};
    const auto voxels = project.voxels(id);
    if (!voxels) return voxels.error();
    const BrickVolume there = moved(*voxels, size, slices);
    for (const auto& [index, brick] : voxels->bricks()) {
      if (!there.brick(index)) changes.push_back(paint({id, 0, index, nullptr}));
    }
    for (const auto& [index, brick] : there.bricks()) changes.push_back(paint({id, 0, index, brick}));
  }
  return {};
}

template <class Label>
void moveSlices(Label& label, int slices) {
  if constexpr (requires { label.scope; }) {
    if (label.scope != Scope::Frame) return;  // of the medium, the study or the subject: on no slice
  }
  if constexpr (requires { label.lastFrame; }) {
    label.firstFrame += slices;
    label.lastFrame += slices;
  } else if constexpr (requires { *label.frame; }) {
    if (label.frame) *label.frame += slices;
  } else {
    label.frame += slices;
  }
}

/// What stands on a slice by its number goes along.
template <class Label>
Status appendMoved(Result<std::vector<Stored<Label>>> labels, int slices, std::vector<Change>& changes) {
  if (!labels) return labels.error();
  for (Stored<Label>& label : *labels) {
    moveSlices(label.value, slices);
    changes.push_back(update(typename Label::Id{label.id}, std::move(label.value)));
  }
  return {};
}

Status appendMovedLabels(const project::Project& project, MediumId medium, VolumeSize size, int slices,
                         std::vector<Change>& changes) {
  if (slices == 0) return {};
  if (auto done = appendMovedVoxels(project, medium, size, slices, changes); !done) return done;
  const project::LabelQuery all{medium, {}, {}};
  if (auto done = appendMoved(project.annotations(all), slices, changes); !done) return done;
  if (auto done = appendMoved(project.keyframes(medium), slices, changes); !done) return done;
  if (auto done = appendMoved(project.events(all), slices, changes); !done) return done;
  if (auto done = appendMoved(project.tags(all), slices, changes); !done) return done;
  if (auto done = appendMoved(project.measurements(all), slices, changes); !done) return done;
  return appendMoved(project.marks(all), slices, changes);
}

/// The slice of `grid` (any whole number) that the first of `stack` is; nothing where their voxels do not meet.
std::optional<int> sliceOn(const MediumInfo& grid, const MediumInfo& stack) {
  if (grid.kind != MediumKind::Volume || !grid.hasGeometry || grid.imageSize() != stack.imageSize()) {
    return std::nullopt;
  }
  const auto in = [&](const Voxel& voxel) { return grid.affine.patientToVoxel(stack.affine.voxelToPatient(voxel)); };
  const auto origin = in({0, 0, 0});
  if (!origin || !(std::abs(origin->k) < 1e6)) return std::nullopt;
  const int first = int(std::lround(origin->k));
  const int right = stack.columns - 1, bottom = stack.rows - 1, last = stack.frames - 1;
  for (const Voxel& corner : {Voxel{0, 0, 0}, Voxel{right, 0, 0}, Voxel{0, bottom, 0}, Voxel{right, bottom, last}}) {
    const auto at = in(corner);
    if (!at || !isAt(*at, corner.i, corner.j, corner.k + first)) return std::nullopt;
  }
  return first;
}

}  // namespace

bool isWaiting(const Medium& medium) {
  const MediumInfo& info = medium.info;
  return medium.missing && medium.hash.empty() && info.kind == MediumKind::Volume && info.hasGeometry &&
         !info.seriesUid.empty();
}

std::optional<int> firstSliceIn(const MediumInfo& found, const Medium& waiting) {
  if (!isWaiting(waiting) || waiting.info.seriesUid != found.seriesUid) return std::nullopt;
  const std::optional<int> first = sliceOn(found, waiting.info);
  if (!first || *first < 0 || *first + waiting.info.frames > found.frames) return std::nullopt;
  return first;
}

std::optional<GrownStack> grownBy(const MediumInfo& waiting, const MediumInfo& more) {
  const std::optional<int> first = sliceOn(waiting, more);
  if (!first) return std::nullopt;
  const int begin = std::min(0, *first), end = std::max(waiting.frames, *first + more.frames);
  GrownStack grown{waiting, -begin};
  grown.info.frames = end - begin;
  auto rows = waiting.affine.rows();
  const PatientPoint origin = waiting.affine.voxelToPatient(Voxel{0, 0, begin});
  rows[0][3] = origin.x;
  rows[1][3] = origin.y;
  rows[2][3] = origin.z;
  grown.info.affine = Affine(rows);
  return grown;
}

Status appendGrown(const project::Project& project, const Stored<Medium>& medium, const GrownStack& grown,
                   std::vector<Change>& changes) {
  Medium larger = medium.value;
  larger.info = grown.info;
  const VolumeSize size = larger.info.volumeSize();
  changes.push_back(update(MediumId{medium.id}, std::move(larger)));
  return appendMovedLabels(project, MediumId{medium.id}, size, grown.firstSlice, changes);
}

Status appendLocated(const project::Project& project, const Stored<Medium>& medium,
                     const media::MediumLocation& location, const media::MediumIdentity& identity,
                     std::vector<Change>& changes) {
  const std::optional<int> firstSlice = firstSliceIn(location.info, medium.value);
  Medium located = medium.value;
  if (located.missing) located.info = location.info;  // an imported one knew no more than its size
  located.missing = false;
  located.hash = identity.hash;
  located.sizeBytes = identity.sizeBytes;
  storePaths(location, project.folder(), located);
  const VolumeSize size = located.info.volumeSize();
  changes.push_back(update(MediumId{medium.id}, std::move(located)));
  return appendMovedLabels(project, MediumId{medium.id}, size, firstSlice.value_or(0), changes);
}

}  // namespace fiducial::exchange
