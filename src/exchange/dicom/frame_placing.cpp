#include "dicom/frame_placing.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace fiducial::exchange {
namespace {

constexpr double kOffGrid = 0.1;       // voxels: what rounding of positions in headers may cost
constexpr double kDriftAcross = 0.25;  // voxels over the whole width or height

struct VoxelFrame {
  VoxelPoint origin;
  VoxelPoint columnStep;
  VoxelPoint rowStep;
};

std::optional<VoxelFrame> inVoxels(const PlaneGeometry& plane, const Affine& affine) {
  const auto at = [&](double column, double row) {
    PatientPoint p;
    p.x = plane.position[0] + column * plane.columnSpacing * plane.alongRow[0] +
          row * plane.rowSpacing * plane.alongColumn[0];
    p.y = plane.position[1] + column * plane.columnSpacing * plane.alongRow[1] +
          row * plane.rowSpacing * plane.alongColumn[1];
    p.z = plane.position[2] + column * plane.columnSpacing * plane.alongRow[2] +
          row * plane.rowSpacing * plane.alongColumn[2];
    return affine.patientToVoxel(p);
  };
  const auto origin = at(0, 0), right = at(1, 0), down = at(0, 1);
  if (!origin || !right || !down) return std::nullopt;
  const auto minus = [&](const VoxelPoint& p) { return VoxelPoint{p.i - origin->i, p.j - origin->j, p.k - origin->k}; };
  return VoxelFrame{*origin, minus(*right), minus(*down)};
}

/// A step along one axis of the grid by one voxel, there or back.
std::optional<Voxel> unitStep(const VoxelPoint& step, int count) {
  const double tolerance = std::min(0.05, kDriftAcross / std::max(count, 1));
  const Voxel whole{int(std::lround(step.i)), int(std::lround(step.j)), int(std::lround(step.k))};
  const bool fits = std::abs(step.i - whole.i) < tolerance && std::abs(step.j - whole.j) < tolerance &&
                    std::abs(step.k - whole.k) < tolerance;
  if (!fits || std::abs(whole.i) + std::abs(whole.j) + std::abs(whole.k) != 1) return std::nullopt;
  return whole;
}

bool isWhole(double value) {
  return std::isfinite(value) && std::abs(value) < 1e6 && std::abs(value - std::round(value)) < kOffGrid;
}

std::optional<FramePlacing> byGeometry(const FrameSource& frame, const TargetMedium& medium) {
  if (!frame.geometry || !medium.info.hasGeometry) return std::nullopt;
  const auto place = inVoxels(*frame.geometry, medium.info.affine);
  if (!place || !isWhole(place->origin.i) || !isWhole(place->origin.j) || !isWhole(place->origin.k)) {
    return std::nullopt;
  }
  const auto columnStep = unitStep(place->columnStep, frame.size.columns);
  const auto rowStep = unitStep(place->rowStep, frame.size.rows);
  if (!columnStep || !rowStep) return std::nullopt;
  return FramePlacing{
      &medium,
      0,
      {int(std::lround(place->origin.i)), int(std::lround(place->origin.j)), int(std::lround(place->origin.k))},
      *columnStep,
      *rowStep};
}

bool isInside(const FramePlacing& at, ImageSize size) {
  const MediumInfo& info = at.medium->info;
  const auto holds = [&](int column, int row) {
    const int i = at.origin.i + column * at.columnStep.i + row * at.rowStep.i;
    const int j = at.origin.j + column * at.columnStep.j + row * at.rowStep.j;
    const int k = at.origin.k + column * at.columnStep.k + row * at.rowStep.k;
    return info.volumeSize().contains({i, j, k});
  };
  return holds(0, 0) && holds(size.columns - 1, size.rows - 1);
}

/// On the slice that is referred to, moved or mirrored in its plane only as the positions say.
Placing onSlice(const FrameSource& frame, const MediumFrame& reference) {
  const TargetMedium& medium = *reference.medium;
  FramePlacing at{&medium, reference.time, {0, 0, reference.frame}};
  const bool sameSize = frame.size == medium.info.imageSize();
  Placing placing;
  if (!frame.geometry || !medium.info.hasGeometry) {
    if (frame.totalSize == medium.info.imageSize()) {
      at.origin = {frame.columnOffset, frame.rowOffset, reference.frame};
    } else if (!sameSize) {
      placing.problem = "their size is not that of \"" + medium.name + '"';
      return placing;
    }
    placing.at = at;
    return placing;
  }
  const auto place = inVoxels(*frame.geometry, medium.info.affine);
  const auto columnStep =
      place ? unitStep({place->columnStep.i, place->columnStep.j, 0}, frame.size.columns) : std::nullopt;
  const auto rowStep = place ? unitStep({place->rowStep.i, place->rowStep.j, 0}, frame.size.rows) : std::nullopt;
  if (!columnStep || !rowStep || !isWhole(place->origin.i) || !isWhole(place->origin.j) ||
      columnStep->i * rowStep->i + columnStep->j * rowStep->j != 0) {
    placing.problem = "their pixels are not those of \"" + medium.name + "\", and nothing is resampled";
    return placing;
  }
  at.origin.i = int(std::lround(place->origin.i));
  at.origin.j = int(std::lround(place->origin.j));
  at.columnStep = *columnStep;
  at.rowStep = *rowStep;
  if (std::abs(place->origin.k - reference.frame) > 0.5) {
    placing.note = "some frames refer to one slice of \"" + medium.name +
                   "\" and have the position of another; the reference was followed";
  }
  placing.at = at;
  return placing;
}

const MediumFrame& nearest(const FrameSource& frame) {
  const auto distance = [&](const MediumFrame& reference) {
    const TargetMedium& medium = *reference.medium;
    const auto place = inVoxels(*frame.geometry, medium.info.affine);
    return place ? std::abs(place->origin.k - reference.frame) : 1e9;
  };
  return *std::min_element(frame.references.begin(), frame.references.end(),
                           [&](const auto& a, const auto& b) { return distance(a) < distance(b); });
}

/// A medium named by the user, or a single picture, needs no geometry; a tile is at its place in the whole.
std::optional<FramePlacing> onOnlyPicture(const FrameSource& frame, const ReferencedMedia& media) {
  if (media.targets().size() != 1) return std::nullopt;
  const TargetMedium& medium = media.targets().front();
  if (medium.info.frames != 1 || medium.info.hasGeometry) return std::nullopt;
  if (frame.totalSize == medium.info.imageSize())
    return FramePlacing{&medium, 0, {frame.columnOffset, frame.rowOffset, 0}};
  if (frame.size == medium.info.imageSize()) return FramePlacing{&medium, 0, {0, 0, 0}};
  return std::nullopt;
}

}  // namespace

Placing placeFrame(const FrameSource& frame, const ReferencedMedia& media) {
  if (frame.references.size() == 1) return onSlice(frame, frame.references.front());
  if (frame.references.size() > 1 && frame.geometry) {
    // Made from several slices: only one of them can be where it lies.
    return onSlice(frame, nearest(frame));
  }
  Placing placing;
  if (frame.references.size() > 1) {
    placing.problem = "they refer to several slices and have no position";
    return placing;
  }
  for (const TargetMedium& medium : media.targets()) {
    auto at = byGeometry(frame, medium);
    if (!at || (placing.at && !isInside(*at, frame.size))) continue;
    placing.at = at;  // of several on one grid that which holds the whole frame
    if (isInside(*at, frame.size)) break;
  }
  if (placing.at) return placing;
  if (auto at = onOnlyPicture(frame, media)) {
    placing.at = at;
    return placing;
  }
  placing.problem = frame.geometry ? "they are not on the grid of the pictures, and nothing is resampled"
                                   : "they refer to no picture that is here and have no position";
  return placing;
}

}  // namespace fiducial::exchange
