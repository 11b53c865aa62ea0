// The map from voxel index to patient millimetres (LPS). Source: DICOM PS3.3 C.7.6.2.1.1.
#pragma once

#include <array>
#include <optional>

#include "fiducial/core/geometry.h"

namespace fiducial {

/// Columns point along i, j, k (mm per index step); the last column is the centre of voxel (0,0,0).
class Affine {
 public:
  /// Identity: 1 mm voxels, i to the left, j to the back, k to the head.
  Affine() = default;
  /// Row-major 4x4; the last row is taken as 0 0 0 1.
  explicit Affine(const std::array<std::array<double, 4>, 4>& rows) : rows_(rows) {}

  [[nodiscard]] PatientPoint voxelToPatient(VoxelPoint v) const;
  [[nodiscard]] PatientPoint voxelToPatient(Voxel v) const {
    return voxelToPatient(VoxelPoint{double(v.i), double(v.j), double(v.k)});
  }
  /// Nothing if the matrix cannot be inverted.
  [[nodiscard]] std::optional<VoxelPoint> patientToVoxel(PatientPoint p) const;
  /// Column lengths: distance in mm between neighbouring voxels along i, j, k.
  [[nodiscard]] std::array<double, 3> spacingMm() const;
  /// Direction of axis 0 (i), 1 (j) or 2 (k), unit length, LPS.
  [[nodiscard]] std::array<double, 3> direction(int axis) const;
  /// |det| of the 3x3 part: mm3 of one voxel.
  [[nodiscard]] double voxelVolumeMm3() const;
  /// True where the columns are not at right angles (gantry tilt, shear).
  [[nodiscard]] bool isSheared(double toleranceRadians = 1e-3) const;
  /// DICOM LPS to NIfTI RAS or back: the first two rows change sign.
  [[nodiscard]] Affine flippedXY() const;
  [[nodiscard]] const std::array<std::array<double, 4>, 4>& rows() const { return rows_; }
  friend bool operator==(const Affine&, const Affine&) = default;

 private:
  std::array<std::array<double, 4>, 4> rows_{{{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}}};
};

}  // namespace fiducial
