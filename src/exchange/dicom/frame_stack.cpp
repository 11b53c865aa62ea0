#include "dicom/frame_stack.h"

#include <algorithm>
#include <cmath>

namespace fiducial::exchange {
namespace {

using Vector = std::array<double, 3>;

constexpr double kOffGrid = 0.1;       // voxels: what rounding of positions in headers may cost
constexpr double kSamePlaceMm = 1e-3;  // frames of several segments on one slice
constexpr double kMostSlices = 1e5;

double dot(const Vector& a, const Vector& b) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; }

Vector cross(const Vector& a, const Vector& b) {
  return {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
}

bool isSame(const Vector& a, const Vector& b) {
  return std::equal(a.begin(), a.end(), b.begin(), [](double x, double y) { return std::abs(x - y) < 1e-4; });
}

bool isSameGrid(const PlaneGeometry& a, const PlaneGeometry& b) {
  return isSame(a.alongRow, b.alongRow) && isSame(a.alongColumn, b.alongColumn) &&
         std::abs(a.columnSpacing - b.columnSpacing) < 1e-4 * a.columnSpacing &&
         std::abs(a.rowSpacing - b.rowSpacing) < 1e-4 * a.rowSpacing;
}

/// The step of ascending heights: `wanted` where it fits all of them, else the smallest.
double stepOf(const std::vector<double>& heights, double wanted) {
  double smallest = 0;
  bool fits = wanted > 0;
  for (std::size_t n = 1; n < heights.size(); ++n) {
    const double gap = heights[n] - heights[n - 1];
    if (gap < kSamePlaceMm) continue;
    if (smallest == 0 || gap < smallest) smallest = gap;
    const double steps = gap / wanted;
    fits = fits && std::round(steps) >= 1 && std::abs(steps - std::round(steps)) < kOffGrid;
  }
  if (fits) return wanted;
  return smallest > 0 ? smallest : 1;
}

Affine affineOf(const PlaneGeometry& first, const Vector& step) {
  std::array<std::array<double, 4>, 4> rows{};
  for (std::size_t n = 0; n < 3; ++n) {
    rows[n] = {first.alongRow[n] * first.columnSpacing, first.alongColumn[n] * first.rowSpacing, step[n],
               first.position[n]};
  }
  rows[3] = {0, 0, 0, 1};
  return Affine(rows);
}

bool isOnGrid(const PlaneGeometry& plane, const Affine& affine) {
  const auto voxel = affine.patientToVoxel({plane.position[0], plane.position[1], plane.position[2]});
  return voxel && std::abs(voxel->i) < kOffGrid && std::abs(voxel->j) < kOffGrid &&
         std::abs(voxel->k - std::round(voxel->k)) < kOffGrid;
}

Error notAStack(std::string why) { return {ErrorCode::NotFound, std::move(why), {}, {}}; }

}  // namespace

Result<MediumInfo> stackOf(const std::vector<PlaneGeometry>& planes, ImageSize size, double spacing) {
  if (planes.empty() || size.columns < 1 || size.rows < 1) return notAStack("its frames do not say where they lie");
  const Vector normal = cross(planes.front().alongRow, planes.front().alongColumn);
  const auto height = [&](const PlaneGeometry& plane) { return dot(plane.position, normal); };
  const auto [lowest, highest] = std::minmax_element(
      planes.begin(), planes.end(), [&](const auto& a, const auto& b) { return height(a) < height(b); });
  std::vector<double> heights;
  for (const PlaneGeometry& plane : planes) {
    if (!isSameGrid(planes.front(), plane)) return notAStack("its frames do not lie on one grid");
    heights.push_back(height(plane));
  }
  std::sort(heights.begin(), heights.end());
  const double step = stepOf(heights, spacing);
  const double steps = std::round((heights.back() - heights.front()) / step);
  if (!(steps < kMostSlices)) return notAStack("its frames do not lie on one grid");
  Vector perSlice{};
  for (std::size_t n = 0; n < 3; ++n) {
    perSlice[n] = steps > 0 ? (highest->position[n] - lowest->position[n]) / steps : normal[n] * step;
  }
  MediumInfo info;
  info.kind = MediumKind::Volume;
  info.format = "dicom";
  info.columns = size.columns;
  info.rows = size.rows;
  info.frames = int(steps) + 1;
  info.hasGeometry = true;
  info.affine = affineOf(*lowest, perSlice);
  const auto mm = info.affine.spacingMm();
  info.spacing = {mm[0], mm[1], mm[2]};
  const bool isRegular =
      std::all_of(planes.begin(), planes.end(), [&](const auto& plane) { return isOnGrid(plane, info.affine); });
  if (!isRegular) return notAStack("its frames do not lie on one grid");
  return info;
}

}  // namespace fiducial::exchange
