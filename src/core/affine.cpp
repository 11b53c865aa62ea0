#include "fiducial/core/affine.h"

#include <cmath>

namespace fiducial {
namespace {

using Vector = std::array<double, 3>;

Vector column(const std::array<std::array<double, 4>, 4>& rows, std::size_t axis) {
  return {rows[0][axis], rows[1][axis], rows[2][axis]};
}
double dot(const Vector& a, const Vector& b) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; }
double length(const Vector& v) { return std::hypot(v[0], v[1], v[2]); }
Vector cross(const Vector& a, const Vector& b) {
  return {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
}

}  // namespace

PatientPoint Affine::voxelToPatient(VoxelPoint v) const {
  const auto row = [&](std::size_t r) {
    return rows_[r][0] * v.i + rows_[r][1] * v.j + rows_[r][2] * v.k + rows_[r][3];
  };
  return {row(0), row(1), row(2)};
}

std::optional<VoxelPoint> Affine::patientToVoxel(PatientPoint p) const {
  const Vector a = column(rows_, 0), b = column(rows_, 1), c = column(rows_, 2);
  const Vector bc = cross(b, c), ca = cross(c, a), ab = cross(a, b);
  const double determinant = dot(a, bc);
  const double scale = length(a) * length(b) * length(c);
  // Relative to the lengths, so that micrometre voxels are as invertible as metre ones. NaN fails the comparison too.
  if (!(std::abs(determinant) > 1e-12 * scale) || !std::isfinite(determinant)) return std::nullopt;
  const Vector d = {p.x - rows_[0][3], p.y - rows_[1][3], p.z - rows_[2][3]};
  return VoxelPoint{dot(d, bc) / determinant, dot(d, ca) / determinant, dot(d, ab) / determinant};
}

std::array<double, 3> Affine::spacingMm() const {
  return {length(column(rows_, 0)), length(column(rows_, 1)), length(column(rows_, 2))};
}

std::array<double, 3> Affine::direction(int axis) const {
  const Vector v = column(rows_, static_cast<std::size_t>(axis));
  const double l = length(v);
  return l > 0 ? Vector{v[0] / l, v[1] / l, v[2] / l} : Vector{0, 0, 0};
}

double Affine::voxelVolumeMm3() const {
  return std::abs(dot(column(rows_, 0), cross(column(rows_, 1), column(rows_, 2))));
}

bool Affine::isSheared(double toleranceRadians) const {
  const double limit = std::sin(toleranceRadians);
  for (int a = 0; a < 3; ++a) {
    if (std::abs(dot(direction(a), direction((a + 1) % 3))) > limit) return true;
  }
  return false;
}

Affine Affine::flippedXY() const {
  auto rows = rows_;
  for (std::size_t c = 0; c < 4; ++c) {
    rows[0][c] = 0.0 - rows[0][c];  // not -x: that would turn 0 into -0
    rows[1][c] = 0.0 - rows[1][c];
  }
  return Affine(rows);
}

}  // namespace fiducial
