// Which plane of a volume a view shows and how it lies on the screen; the one place where image, voxel and screen meet.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "fiducial/core/affine.h"
#include "fiducial/core/geometry.h"

namespace fiducial::render {

/// Stored: the slices as acquired (labels live there). The others are the orthogonal planes of the voxel grid that come
/// nearest to the patient's axes.
enum class Plane : std::uint8_t { Stored, Axial, Sagittal, Coronal };

/// A plane of the grid: voxel axes for its picture's x and y and for stepping through it.
/// Picture coordinates: ImagePoint in pixels of the plane, x along `axisX`, y along `axisY`, never flipped
/// (for Plane::Stored they are the label coordinates: x = i, y = j). Flips and transposition are display only.
struct PlaneAxes {
  int axisX = 0;
  int axisY = 1;
  int axisStep = 2;
  bool transpose = false;  ///< display: picture y runs to the right (applied before the flips)
  bool flipX = false;      ///< display: mirrored left-right
  bool flipY = false;      ///< display: mirrored up-down
  friend bool operator==(const PlaneAxes&, const PlaneAxes&) = default;
};

/// Radiological display: axial and coronal with the patient's right at the left of the screen, sagittal with the front
/// at the left; head or front up. Without geometry the stored picture as it is.
[[nodiscard]] PlaneAxes planeAxesFor(const Affine& affine, bool hasGeometry, Plane plane);
/// Picture size, in pixels, and number of steps of a plane.
[[nodiscard]] ImageSize pictureSize(const PlaneAxes& axes, VolumeSize size);
[[nodiscard]] int stepCount(const PlaneAxes& axes, VolumeSize size);
[[nodiscard]] VoxelPoint pictureToVoxel(const PlaneAxes& axes, ImagePoint p, double step);
[[nodiscard]] ImagePoint voxelToPicture(const PlaneAxes& axes, VoxelPoint v);
/// mm between pixel centres along the picture's x and y.
[[nodiscard]] std::array<double, 2> pixelSpacingMm(const PlaneAxes& axes, const Affine& affine);
/// Letters at the left, right, top, bottom edge of the screen ("R", "LP" where oblique); empty without geometry.
struct OrientationLetters {
  std::string left, right, top, bottom;
};
[[nodiscard]] OrientationLetters orientationLetters(const PlaneAxes& axes, const Affine& affine, bool hasGeometry);

/// Picture to screen: transposition and flips of the axes, pixel aspect, zoom, pan. Value type.
class ViewTransform {
 public:
  ViewTransform() = default;
  /// `pixelAspect` is the displayed height of a pixel over its width (spacing y / spacing x, or 1 / sample aspect).
  ViewTransform(PlaneAxes axes, ImageSize picture, double pixelAspect, double zoom, ScreenPoint centerOnScreen,
                ImagePoint centerInPicture);
  /// Whole picture in a view of the given logical size, with `marginPx` around it.
  static ViewTransform fitted(PlaneAxes axes, ImageSize picture, double pixelAspect, double viewWidth,
                              double viewHeight, double marginPx = 0);
  [[nodiscard]] ScreenPoint toScreen(ImagePoint p) const;
  [[nodiscard]] ImagePoint toPicture(ScreenPoint s) const;
  /// Logical screen pixels per picture pixel along the picture's x.
  [[nodiscard]] double zoom() const { return zoom_; }
  [[nodiscard]] ViewTransform zoomedAt(ScreenPoint anchor, double factor) const;  ///< clamped to 0.01..64
  [[nodiscard]] ViewTransform panned(double dx, double dy) const;                 ///< by logical screen pixels
  [[nodiscard]] ViewTransform scaled(double devicePixelRatio) const;              ///< for rendering into device pixels
  /// Rows of the 2x3 matrix screen = M * picture + t: {m00, m01, tx, m10, m11, ty}.
  [[nodiscard]] std::array<double, 6> matrix() const;
  [[nodiscard]] double pixelAspect() const { return pixelAspect_; }
  [[nodiscard]] ImageSize picture() const { return picture_; }

 private:
  PlaneAxes axes_;
  ImageSize picture_;
  double pixelAspect_ = 1;
  double zoom_ = 1;
  ScreenPoint centerOnScreen_;
  ImagePoint centerInPicture_;
};

}  // namespace fiducial::render
