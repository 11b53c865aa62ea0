// Points, sizes and the axis-aligned box, one type per coordinate frame so that frames never mix silently.
// Source: docs/architecture.md, "Coordinates".
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

namespace fiducial {

/// Continuous image pixels: (0,0) is the outer corner of the top-left pixel, pixel (x,y) covers [x,x+1)x[y,y+1).
struct ImagePoint {
  double x = 0;
  double y = 0;
  friend bool operator==(const ImagePoint&, const ImagePoint&) = default;
};
inline ImagePoint operator+(ImagePoint a, ImagePoint b) { return {a.x + b.x, a.y + b.y}; }
inline ImagePoint operator-(ImagePoint a, ImagePoint b) { return {a.x - b.x, a.y - b.y}; }
inline double distance(ImagePoint a, ImagePoint b) { return std::hypot(a.x - b.x, a.y - b.y); }

/// Logical pixels of a view, (0,0) its top-left corner.
struct ScreenPoint {
  double x = 0;
  double y = 0;
  friend bool operator==(const ScreenPoint&, const ScreenPoint&) = default;
};

/// Voxel index: i column, j row, k slice; integers stand at voxel centres.
struct Voxel {
  int i = 0;
  int j = 0;
  int k = 0;
  friend bool operator==(const Voxel&, const Voxel&) = default;
};

/// Continuous voxel index, same frame as Voxel.
struct VoxelPoint {
  double i = 0;
  double j = 0;
  double k = 0;
  friend bool operator==(const VoxelPoint&, const VoxelPoint&) = default;
};

/// Millimetres, DICOM LPS: x to the patient's left, y to the back, z to the head.
struct PatientPoint {
  double x = 0;
  double y = 0;
  double z = 0;
  friend bool operator==(const PatientPoint&, const PatientPoint&) = default;
};

struct ImageSize {
  int columns = 0;
  int rows = 0;
  friend bool operator==(const ImageSize&, const ImageSize&) = default;
  [[nodiscard]] std::int64_t pixels() const { return std::int64_t{columns} * rows; }
  [[nodiscard]] ImagePoint clamp(ImagePoint p) const {
    return {std::clamp(p.x, 0.0, double(columns)), std::clamp(p.y, 0.0, double(rows))};
  }
  [[nodiscard]] bool contains(ImagePoint p) const { return p.x >= 0 && p.y >= 0 && p.x < columns && p.y < rows; }
};

/// (ni, nj, nk): columns, rows, slices.
struct VolumeSize {
  int columns = 0;
  int rows = 0;
  int slices = 0;
  friend bool operator==(const VolumeSize&, const VolumeSize&) = default;
  [[nodiscard]] std::int64_t voxels() const { return std::int64_t{columns} * rows * slices; }
  [[nodiscard]] bool contains(Voxel v) const {
    return v.i >= 0 && v.j >= 0 && v.k >= 0 && v.i < columns && v.j < rows && v.k < slices;
  }
};

/// Axis-aligned box in image pixels; (x, y) is its top-left corner.
struct Box {
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;
  friend bool operator==(const Box&, const Box&) = default;

  static Box spanning(ImagePoint a, ImagePoint b) {
    return {std::min(a.x, b.x), std::min(a.y, b.y), std::abs(a.x - b.x), std::abs(a.y - b.y)};
  }
  [[nodiscard]] double right() const { return x + width; }
  [[nodiscard]] double bottom() const { return y + height; }
  [[nodiscard]] ImagePoint center() const { return {x + width / 2, y + height / 2}; }
  [[nodiscard]] bool contains(ImagePoint p) const { return p.x >= x && p.y >= y && p.x < right() && p.y < bottom(); }
};

/// Half-open box of whole pixels: columns [left, right), rows [top, bottom).
struct PixelRect {
  int left = 0;
  int top = 0;
  int right = 0;
  int bottom = 0;
  friend bool operator==(const PixelRect&, const PixelRect&) = default;
  [[nodiscard]] bool empty() const { return right <= left || bottom <= top; }
  [[nodiscard]] int width() const { return right - left; }
  [[nodiscard]] int height() const { return bottom - top; }
};

}  // namespace fiducial
