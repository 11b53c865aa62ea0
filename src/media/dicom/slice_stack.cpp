#include "slice_stack.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace fiducial::media::dicom {
namespace {

constexpr double kSameMm = 0.01;

double norm(const Vector3& v) { return std::sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]); }

Vector3 difference(const Vector3& a, const Vector3& b) { return {a[0] - b[0], a[1] - b[1], a[2] - b[2]}; }

std::string mm(double value) {
  char text[48];
  std::snprintf(text, sizeof(text), "%.2f mm", value);
  return text;
}

/// Distances between neighbours, in order.
std::vector<double> gapsOf(std::span<const FrameRef> slices, const Vector3& normal) {
  std::vector<double> gaps;
  for (std::size_t n = 1; n < slices.size(); ++n) {
    gaps.push_back(distanceAlongNormal(slices[n].header(), normal) -
                   distanceAlongNormal(slices[n - 1].header(), normal));
  }
  return gaps;
}

/// The step from slice to slice: the mean of all, or, where slices are missing, of the pairs that are neighbours.
Vector3 stepOf(std::span<const FrameRef> slices, const Vector3& normal, std::vector<std::string>& warnings) {
  const std::vector<double> gaps = gapsOf(slices, normal);
  std::vector<double> sorted = gaps;
  std::sort(sorted.begin(), sorted.end());
  const double usual = sorted[(sorted.size() - 1) / 2];  // the lower of two: what is missing only widens gaps
  const double tolerance = std::max(0.02 * usual, kSameMm);
  bool isRegular = true;
  bool isMultiple = true;
  for (const double gap : gaps) {
    isRegular = isRegular && std::abs(gap - usual) <= tolerance;
    isMultiple = isMultiple && std::abs(gap / usual - std::round(gap / usual)) < 0.1 && gap > usual / 2;
  }
  const auto meanOver = [&](auto&& take) {
    Vector3 sum{};
    int count = 0;
    for (std::size_t n = 0; n < gaps.size(); ++n) {
      if (!take(gaps[n])) continue;
      const Vector3 step = difference(*slices[n + 1].header().position, *slices[n].header().position);
      for (std::size_t axis = 0; axis < 3; ++axis) sum[axis] += step[axis];
      ++count;
    }
    for (double& value : sum) value /= count;
    return sum;
  };
  if (isRegular) return meanOver([](double) { return true; });
  if (!isMultiple) {
    warnings.push_back("the spacing of the slices varies from " + mm(sorted.front()) + " to " + mm(sorted.back()) +
                       "; positions between the first and the last slice are approximate");
    return meanOver([](double) { return true; });
  }
  for (std::size_t n = 0; n < gaps.size(); ++n) {
    const auto missing = std::lround(gaps[n] / usual) - 1;
    if (missing < 1) continue;
    warnings.push_back((missing == 1 ? "1 slice is" : std::to_string(missing) + " slices are") +
                       " missing between slices " + std::to_string(n) + " and " + std::to_string(n + 1) + " (" +
                       mm(distanceAlongNormal(slices[n].header(), normal)) + " and " +
                       mm(distanceAlongNormal(slices[n + 1].header(), normal)) +
                       "); positions beyond the gap are off by its width");
  }
  return meanOver([&](double gap) { return std::abs(gap - usual) <= tolerance; });
}

void warnOfTilt(const Vector3& step, const Vector3& normal, std::vector<std::string>& warnings) {
  const double cosine = (step[0] * normal[0] + step[1] * normal[1] + step[2] * normal[2]) / norm(step);
  const double degrees = std::acos(std::clamp(cosine, -1.0, 1.0)) * 180 / 3.14159265358979323846;
  if (degrees < 0.1) return;
  char text[160];
  std::snprintf(text, sizeof(text),
                "the slices are shifted against each other (gantry tilt of %.1f degrees); shown as they were taken",
                degrees);
  warnings.emplace_back(text);
}

double singleSliceStep(const FrameHeader& frame) {
  if (frame.sliceSpacing > 0) return frame.sliceSpacing;
  return frame.thickness > 0 ? frame.thickness : 1.0;
}

/// Of several slices. Files of the old kind with several frames give the place of the first alone.
Vector3 stepOrAssumed(std::span<const FrameRef> slices, const Vector3& normal, std::vector<std::string>& warnings) {
  Vector3 step = stepOf(slices, normal, warnings);
  if (norm(step) > kSameMm / 10) {
    warnOfTilt(step, normal, warnings);
    return step;
  }
  const double assumed = singleSliceStep(slices.front().header());
  warnings.push_back("the header gives one place for all slices; they are taken to follow it every " + mm(assumed));
  for (std::size_t axis = 0; axis < 3; ++axis) step[axis] = normal[axis] * assumed;
  return step;
}

Affine affineFrom(const FrameHeader& frame, const Vector3& step) {
  const auto& [row, column] = *frame.orientation;
  const auto& [rowSpacing, columnSpacing] = *frame.pixelSpacing;
  std::array<std::array<double, 4>, 4> rows{};
  for (std::size_t axis = 0; axis < 3; ++axis) {
    rows[axis] = {row[axis] * columnSpacing, column[axis] * rowSpacing, step[axis], (*frame.position)[axis]};
  }
  rows[3] = {0, 0, 0, 1};
  return Affine(rows);
}

}  // namespace

Vector3 normalOf(const Orientation& orientation) {
  const auto& [r, c] = orientation;
  Vector3 normal{r[1] * c[2] - r[2] * c[1], r[2] * c[0] - r[0] * c[2], r[0] * c[1] - r[1] * c[0]};
  const double size = norm(normal);
  for (double& value : normal) value /= size;
  return normal;
}

double distanceAlongNormal(const FrameHeader& frame, const Vector3& normal) {
  if (!frame.position) return 0;
  const Vector3& p = *frame.position;
  return p[0] * normal[0] + p[1] * normal[1] + p[2] * normal[2];
}

StackGeometry geometryOf(std::span<const FrameRef> slices) {
  StackGeometry geometry;
  const FrameHeader& first = slices.front().header();
  const bool isPlaced = std::all_of(slices.begin(), slices.end(), [](const FrameRef& slice) {
    return slice.header().position && slice.header().orientation;
  });
  if (isPlaced && first.pixelSpacing) {
    geometry.isPatientSpace = first.isInPatient;
    if (!first.isInPatient) {
      geometry.warnings.emplace_back("its places are those within the volume it shows, not in the patient");
    }
    const Vector3 normal = normalOf(*first.orientation);
    Vector3 step = normal;
    if (slices.size() == 1) {
      for (double& value : step) value *= singleSliceStep(first);
    } else {
      step = stepOrAssumed(slices, normal, geometry.warnings);
    }
    geometry.affine = affineFrom(first, step);
    return geometry;
  }
  geometry.warnings.push_back(isPlaced ? "the headers give no pixel spacing; distances are in pixels"
                                       : "the headers give no position in the patient; there is no orientation");
  FrameHeader flat = first;
  flat.orientation = Orientation{};
  flat.position = Vector3{0, 0, 0};
  if (!flat.pixelSpacing) flat.pixelSpacing = std::array{1.0, 1.0};
  geometry.affine = affineFrom(flat, {0, 0, singleSliceStep(first)});
  return geometry;
}

}  // namespace fiducial::media::dicom
