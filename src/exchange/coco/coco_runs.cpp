#include "coco/coco_runs.h"

#include <limits>

namespace fiducial::exchange {

std::optional<std::vector<std::uint32_t>> decodeRunText(std::string_view text) {
  constexpr int kLargestShift = 35;  // seven groups of five bits hold any 32-bit difference
  std::vector<std::uint32_t> counts;
  for (std::size_t at = 0; at < text.size();) {
    std::int64_t value = 0;
    int shift = 0;
    int group = 0x20;
    while ((group & 0x20) != 0) {
      if (at >= text.size() || shift > kLargestShift) return std::nullopt;
      group = text[at++] - '0';
      if (group < 0 || group > 63) return std::nullopt;
      value |= std::int64_t{group & 0x1F} << shift;
      shift += 5;
    }
    if ((group & 0x10) != 0) value |= -(std::int64_t{1} << shift);
    if (counts.size() > 2) value += counts[counts.size() - 2];
    if (value < 0 || value > std::numeric_limits<std::uint32_t>::max()) return std::nullopt;
    counts.push_back(static_cast<std::uint32_t>(value));
  }
  return counts;
}

}  // namespace fiducial::exchange
