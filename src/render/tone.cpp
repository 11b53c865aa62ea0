// The first window of a medium.
#include <algorithm>
#include <cmath>
#include <optional>
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

Padding paddingOf(std::optional<double> stored, std::optional<double> limit) {
  if (!stored) return {};
  const double other = limit.value_or(*stored);
  return {true, std::min(*stored, other), std::max(*stored, other)};
}

/// Some CTs are written without their intercept: no air is in them, and the usual window shows a white patch.
bool isNoHounsfield(const MediumInfo& info, const ScalarBuffer& values) {
  if (values.empty()) return false;
  constexpr double kSurelyAir = -200, kWhite = 240, kMuch = 0.25;
  const Padding padding = paddingOf(info.paddingValue, info.extras.paddingLimit);
  const std::vector<double> samples =
      withScalarType(values.type(), [&]<class T>(T) { return samplesOf(values.values<T>(), padding); });
  std::size_t white = 0;
  for (const double stored : samples) {
    const double value = stored * info.slope + info.intercept;
    if (value < kSurelyAir) return false;
    white += value > kWhite ? 1 : 0;
  }
  return double(white) > kMuch * double(samples.size());
}

}  // namespace

WindowLevel percentileWindow(const ScalarBuffer& values, double slope, double intercept,
                             std::optional<double> storedPadding, std::optional<double> paddingLimit) {
  if (values.empty()) return {};
  const Padding padding = paddingOf(storedPadding, paddingLimit);
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
  } else if (info.modality == "CT" && !isNoHounsfield(info, values)) {
    tone.window = {40, 400, {}};
  } else if (!isMadeForTheEye(info, values)) {
    tone.window = percentileWindow(values, info.slope, info.intercept, info.paddingValue, info.extras.paddingLimit);
  }
  return tone;
}

}  // namespace fiducial::render
