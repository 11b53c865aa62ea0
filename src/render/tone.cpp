// The first window of a medium.
#include <algorithm>
#include <cmath>
#include <vector>

#include "fiducial/render/picture_renderer.h"
#include "tone_map.h"

namespace fiducial::render {
namespace {

constexpr std::size_t kSamples = 1'000'000;

/// Finite values but padding, evenly spread. The odd step does not fall in with the columns.
struct Padding {
  bool isThere = false;
  double low = 0;
  double high = 0;
  [[nodiscard]] bool holds(double value) const { return isThere && value >= low && value <= high; }
};

template <class T>
std::vector<double> samplesOf(std::span<const T> values, const Padding& padding) {
  const std::size_t step = values.size() <= kSamples ? 1 : (values.size() / kSamples) | 1U;
  std::vector<double> samples;
  samples.reserve(values.size() / step + 1);
  for (std::size_t n = 0; n < values.size(); n += step) {
    const auto value = static_cast<double>(values[n]);
    if (std::isfinite(value) && !padding.holds(value)) samples.push_back(value);
  }
  return samples;
}

double percentile(std::vector<double>& samples, double part) {
  const auto n = static_cast<std::ptrdiff_t>(std::lround(part * double(samples.size() - 1)));
  std::ranges::nth_element(samples, samples.begin() + n);
  return samples[static_cast<std::size_t>(n)];
}

/// From black to white over the output values lowest..highest.
WindowLevel windowOver(double lowest, double highest, bool wholeSteps) {
  if (lowest > highest) std::swap(lowest, highest);
  const double spread = highest - lowest;
  if (wholeSteps) return {lowest + spread / 2 + 0.5, spread + 1, {}};
  return {lowest + spread / 2, spread > 0 ? spread : 1, {}};
}

bool isUsable(const WindowLevel& window) {
  if (window.function == VoiFunction::Table && !window.table) return false;
  return std::isfinite(window.center) && std::isfinite(window.width) && window.width > 0;
}

/// A photograph or a video frame, already made for the eye: shown as it is.
bool isMadeForTheEye(const MediumInfo& info, const ScalarBuffer& values) {
  const bool hasRawValues = info.format == "dicom" || info.format == "nifti" || info.format == "nrrd";
  const bool isBytes = (values.empty() ? info.scalar : values.type()) == ScalarType::UInt8;
  return isBytes && !hasRawValues && (info.kind == MediumKind::Image || info.kind == MediumKind::Video);
}

}  // namespace

WindowLevel percentileWindow(const ScalarBuffer& values, double slope, double intercept,
                             std::optional<double> storedPadding, std::optional<double> paddingLimit) {
  if (values.empty()) return {};
  Padding padding;
  if (storedPadding) {
    const double other = paddingLimit.value_or(*storedPadding);
    padding = {true, std::min(*storedPadding, other), std::max(*storedPadding, other)};
  }
  std::vector<double> samples =
      withScalarType(values.type(), [&]<class T>(T) { return samplesOf(values.values<T>(), padding); });
  if (samples.empty()) return {};
  double lowest = percentile(samples, 0.005), highest = percentile(samples, 0.995);
  if (lowest == highest) {  // nearly all the same: a mask, or an empty ground with something small on it
    const auto [least, most] = std::ranges::minmax(samples);
    lowest = least, highest = most;
  }
  return windowOver(lowest * slope + intercept, highest * slope + intercept, hasWholeSteps(values.type(), slope));
}

Tone defaultTone(const MediumInfo& info, const ScalarBuffer& values) {
  Tone tone;
  tone.slope = info.slope;
  tone.intercept = info.intercept;
  tone.window = {128, 256, {}};
  if (std::max(info.components, values.components()) >= 3) return tone;
  tone.inverted = info.inverted;
  const auto asked = std::ranges::find_if(info.windows, isUsable);
  if (asked != info.windows.end()) {
    tone.window = *asked;
  } else if (info.modality == "CT") {
    tone.window = {40, 400, {}};
  } else if (!isMadeForTheEye(info, values)) {
    tone.window = percentileWindow(values, info.slope, info.intercept, info.paddingValue, info.extras.paddingLimit);
  }
  return tone;
}

}  // namespace fiducial::render
