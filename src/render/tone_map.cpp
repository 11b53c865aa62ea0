#include "tone_map.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace fiducial::render {
namespace {

constexpr double kWhite = 255;
constexpr double kNarrowest = 1e-6;  ///< a window of no width is a threshold

ToneMap inverted(ToneMap map) { return {map.origin, -map.scale, kWhite - map.base}; }

/// What light the type's own range makes in colour: its largest value is white, 1.0 for floating point.
double lightPerUnit(ScalarType type) {
  return withScalarType(type, []<class T>(T) {
    if constexpr (std::is_floating_point_v<T>) return kWhite;
    return kWhite / static_cast<double>(std::numeric_limits<T>::max());
  });
}

}  // namespace

bool hasWholeSteps(ScalarType type, double slope) { return isInteger(type) && slope != 0 && slope == std::rint(slope); }

ToneMap grayMap(const Tone& tone, ScalarType type) {
  double center = tone.window.center, width = tone.window.width;
  const bool isExact = tone.window.function == VoiFunction::LinearExact;
  if (!isExact && hasWholeSteps(type, tone.slope) && width >= 1) {
    center -= 0.5;
    width -= 1;
  }
  width = std::max(std::isfinite(width) ? width : 1.0, kNarrowest);
  const double lowest = center - width / 2;  // output value that is black
  const double perOutput = kWhite / width;
  const bool isConstant = tone.slope == 0 || !std::isfinite(tone.slope);
  const ToneMap map = isConstant ? ToneMap{0, 0, (tone.intercept - lowest) * perOutput}
                                 : ToneMap{(lowest - tone.intercept) / tone.slope, tone.slope * perOutput, 0};
  return tone.inverted ? inverted(map) : map;
}

ToneMap colorMap(const Tone& tone, ScalarType type) {
  const double middle = kWhite / 2;
  const ToneMap map{0, lightPerUnit(type) * tone.contrast, middle - middle * tone.contrast + tone.brightness * kWhite};
  return tone.inverted ? inverted(map) : map;
}

}  // namespace fiducial::render
