#include "png/row_filter.h"

#include <algorithm>

namespace fiducial::media::png {
namespace {

std::uint8_t less(unsigned sample, unsigned foretold) { return static_cast<std::uint8_t>(sample - foretold); }

}  // namespace

void applyFilter(Filter filter, std::span<const std::uint8_t> row, std::span<const std::uint8_t> above,
                 std::size_t step, std::span<std::uint8_t> into) {
  const std::size_t first = std::min(step, row.size());  // these have no pixel at their left
  const std::uint8_t* here = row.data();
  const std::uint8_t* up = above.data();
  std::uint8_t* out = into.data();
  switch (filter) {
    case Filter::None:
      std::ranges::copy(row, out);
      return;
    case Filter::Sub:
      std::copy(here, here + first, out);
      for (std::size_t i = first; i < row.size(); ++i) out[i] = less(here[i], here[i - step]);
      return;
    case Filter::Up:
      for (std::size_t i = 0; i < row.size(); ++i) out[i] = less(here[i], up[i]);
      return;
    case Filter::Average:
      for (std::size_t i = 0; i < first; ++i) out[i] = less(here[i], up[i] / 2U);
      for (std::size_t i = first; i < row.size(); ++i) out[i] = less(here[i], (unsigned{here[i - step]} + up[i]) / 2U);
      return;
  }
}

std::uint64_t filteredSum(std::span<const std::uint8_t> filtered) {
  std::uint64_t sum = 0;
  for (const unsigned value : filtered) sum += value < 128 ? value : 256 - value;
  return sum;
}

}  // namespace fiducial::media::png
