// Colours as the renderer wants them.
#pragma once

#include <cstdint>
#include <string_view>

namespace fiducial::render {

/// 8 bits each, not premultiplied.
struct Rgba {
  std::uint8_t r = 0;
  std::uint8_t g = 0;
  std::uint8_t b = 0;
  std::uint8_t a = 255;
  friend bool operator==(const Rgba&, const Rgba&) = default;
};
/// "#rrggbb"; anything else gives mid gray.
[[nodiscard]] Rgba parseColor(std::string_view hex);

}  // namespace fiducial::render
