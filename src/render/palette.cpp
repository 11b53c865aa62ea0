#include "fiducial/render/palette.h"

#include <charconv>

namespace fiducial::render {

Rgba parseColor(std::string_view hex) {
  constexpr Rgba kMidGray{128, 128, 128, 255};
  if (hex.size() != 7 || hex.front() != '#') return kMidGray;
  unsigned value = 0;
  const char* const end = hex.data() + hex.size();
  const auto parsed = std::from_chars(hex.data() + 1, end, value, 16);
  if (parsed.ec != std::errc{} || parsed.ptr != end) return kMidGray;
  return {static_cast<std::uint8_t>(value >> 16), static_cast<std::uint8_t>(value >> 8 & 0xFF),
          static_cast<std::uint8_t>(value & 0xFF), 255};
}

}  // namespace fiducial::render
