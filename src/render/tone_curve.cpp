#include "tone_curve.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <type_traits>

namespace fiducial::render {
namespace {

constexpr double kWhite = 255;

double throughTable(const VoiTable& table, double output) {
  const double last = static_cast<double>(table.entries.size() - 1);
  const double at = std::clamp(std::rint(output - table.first), 0.0, last);  // NaN stays NaN
  if (!(at >= 0)) return 0;
  return table.entries[static_cast<std::size_t>(at)] / table.top * kWhite;
}

bool hasTable(const WindowLevel& window) {
  return window.function == VoiFunction::Table && window.table && !window.table->entries.empty() &&
         window.table->top > 0;
}

bool hasLightTable(const Tone& tone) { return tone.lightTable && !tone.lightTable->empty(); }

}  // namespace

ToneCurve::ToneCurve(const Tone& tone, ScalarType type)
    : isStraight_(tone.window.function != VoiFunction::Sigmoid && !hasTable(tone.window) && !hasLightTable(tone)) {
  if (isStraight_) return;
  tone_ = tone;
  Tone upright = tone;
  upright.inverted = false;
  straight_ = grayMap(upright, type);
  withScalarType(type, [&]<class T>(T) {
    if constexpr (std::is_integral_v<T> && sizeof(T) <= 2) {
      lowest_ = std::numeric_limits<T>::min();
      for (int stored = lowest_; stored <= std::numeric_limits<T>::max(); ++stored) table_.push_back(light(stored));
    }
  });
}

float ToneCurve::light(double stored) const {
  const WindowLevel& window = tone_.window;
  const double output = stored * tone_.slope + tone_.intercept;
  double light = 0;
  if (hasTable(window)) {
    light = throughTable(*window.table, output);
  } else if (window.function == VoiFunction::Sigmoid) {
    light = kWhite / (1 + std::exp(-4 * (output - window.center) / std::max(window.width, 1e-6)));
  } else {
    light = (stored - straight_.origin) * straight_.scale + straight_.base;
  }
  if (!(light >= 0)) light = 0;  // NaN too: it is shown black
  light = std::min(light, kWhite);
  if (hasLightTable(tone_)) {
    const std::vector<std::uint16_t>& table = *tone_.lightTable;
    light = table[static_cast<std::size_t>(std::lround(light / kWhite * double(table.size() - 1)))] / 65535.0 * kWhite;
  }
  return static_cast<float>(tone_.inverted ? kWhite - light : light);
}

}  // namespace fiducial::render
