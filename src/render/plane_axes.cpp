// Which voxel axes a plane shows, and how they lie on the screen.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "fiducial/render/plane_view.h"

namespace fiducial::render {
namespace {

enum PatientAxis : int { kLeft = 0, kBack = 1, kHead = 2 };  // DICOM LPS, positive directions

/// What a radiologist expects of a plane: the patient axes across it, rightwards and downwards on the screen.
struct Display {
  PatientAxis normal;
  PatientAxis across;
  PatientAxis down;
  double downSign;  ///< of `down`; to the right is always the positive direction
};
constexpr std::array kDisplays = {
    Display{kHead, kLeft, kBack, 1},   // axial: patient's right at the left, front up
    Display{kLeft, kBack, kHead, -1},  // sagittal: front at the left, head up
    Display{kBack, kLeft, kHead, -1},  // coronal: patient's right at the left, head up
};

const Display& displayAcross(int normal) {
  return *std::ranges::find_if(kDisplays, [&](const Display& d) { return d.normal == normal; });
}

double component(const Affine& affine, int voxelAxis, int patientAxis) {
  return affine.direction(voxelAxis)[static_cast<std::size_t>(patientAxis)];
}

/// For each voxel axis the patient axis that it comes nearest to, each taken once.
std::array<int, 3> nearestPatientAxes(const Affine& affine) {
  std::array<int, 3> order = {0, 1, 2};
  std::array<int, 3> best = order;
  double bestSum = -1;
  do {
    double sum = 0;
    for (int axis = 0; axis < 3; ++axis)
      sum += std::abs(component(affine, axis, order[static_cast<std::size_t>(axis)]));
    if (sum > bestSum + 1e-9) bestSum = sum, best = order;  // of equals the first, whatever the rounding
  } while (std::ranges::next_permutation(order).found);
  return best;
}

int voxelAxisAlong(const std::array<int, 3>& patientAxes, int patientAxis) {
  return static_cast<int>(std::ranges::find(patientAxes, patientAxis) - patientAxes.begin());
}

PlaneAxes axesWithoutGeometry(Plane plane) {
  switch (plane) {
    case Plane::Sagittal:
      return {1, 2, 0};
    case Plane::Coronal:
      return {0, 2, 1};
    default:
      return {};
  }
}

int extent(VolumeSize size, int axis) { return axis == 0 ? size.columns : axis == 1 ? size.rows : size.slices; }

double& coordinate(VoxelPoint& v, int axis) { return axis == 0 ? v.i : axis == 1 ? v.j : v.k; }

/// "L" where the direction is along an axis; "LP" where it leans more than 15 degrees towards a second one.
std::string lettersOf(const std::array<double, 3>& direction) {
  constexpr double kLeans = 0.2588;  // sin 15 degrees
  constexpr std::array<std::array<char, 2>, 3> kLetters = {{{'L', 'R'}, {'P', 'A'}, {'H', 'F'}}};
  std::array<std::size_t, 3> order = {0, 1, 2};
  std::ranges::stable_sort(order, std::ranges::greater{}, [&](std::size_t a) { return std::abs(direction[a]); });
  std::string letters;
  for (const std::size_t axis : order) {
    if (std::abs(direction[axis]) > kLeans) letters += kLetters[axis][direction[axis] > 0 ? 0 : 1];
  }
  return letters;
}

std::array<double, 3> negated(const std::array<double, 3>& v) { return {-v[0], -v[1], -v[2]}; }

}  // namespace

PlaneAxes planeAxesFor(const Affine& affine, bool hasGeometry, Plane plane) {
  if (!hasGeometry) return axesWithoutGeometry(plane);
  const std::array<int, 3> patientAxes = nearestPatientAxes(affine);
  const Display& display = plane == Plane::Stored     ? displayAcross(patientAxes[2])
                           : plane == Plane::Axial    ? kDisplays[0]
                           : plane == Plane::Sagittal ? kDisplays[1]
                                                      : kDisplays[2];
  const int across = voxelAxisAlong(patientAxes, display.across);
  const int down = voxelAxisAlong(patientAxes, display.down);
  PlaneAxes axes;
  // The lower axis first, so that a plane through the stored slices has the stored slices' coordinates.
  axes.axisX = std::min(across, down);
  axes.axisY = std::max(across, down);
  axes.axisStep = 3 - across - down;
  axes.transpose = across > down;
  axes.flipX = component(affine, across, display.across) < 0;
  axes.flipY = component(affine, down, display.down) * display.downSign < 0;
  return axes;
}

ImageSize pictureSize(const PlaneAxes& axes, VolumeSize size) {
  return {extent(size, axes.axisX), extent(size, axes.axisY)};
}

int stepCount(const PlaneAxes& axes, VolumeSize size) { return extent(size, axes.axisStep); }

VoxelPoint pictureToVoxel(const PlaneAxes& axes, ImagePoint p, double step) {
  VoxelPoint v;
  coordinate(v, axes.axisX) = p.x - 0.5;  // integers are centres of voxels, but corners of pixels
  coordinate(v, axes.axisY) = p.y - 0.5;
  coordinate(v, axes.axisStep) = step;
  return v;
}

ImagePoint voxelToPicture(const PlaneAxes& axes, VoxelPoint v) {
  return {coordinate(v, axes.axisX) + 0.5, coordinate(v, axes.axisY) + 0.5};
}

std::array<double, 2> pixelSpacingMm(const PlaneAxes& axes, const Affine& affine) {
  const auto spacing = affine.spacingMm();
  return {spacing[static_cast<std::size_t>(axes.axisX)], spacing[static_cast<std::size_t>(axes.axisY)]};
}

OrientationLetters orientationLetters(const PlaneAxes& axes, const Affine& affine, bool hasGeometry) {
  if (!hasGeometry) return {};
  auto right = affine.direction(axes.transpose ? axes.axisY : axes.axisX);
  auto down = affine.direction(axes.transpose ? axes.axisX : axes.axisY);
  if (axes.flipX) right = negated(right);
  if (axes.flipY) down = negated(down);
  return {lettersOf(negated(right)), lettersOf(right), lettersOf(negated(down)), lettersOf(down)};
}

}  // namespace fiducial::render
