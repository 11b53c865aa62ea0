// The colours that label classes get until somebody chooses others: told apart with the common kinds of colour
// blindness, and light enough to stand on dark pictures.
// Source: Okabe and Ito, "Color Universal Design", 2008, without black; then lighter mixtures of the same hues.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace fiducial {

/// "#rrggbb" each.
inline constexpr std::array<std::string_view, 14> kClassColors{"#56b4e9", "#e69f00", "#009e73", "#f0e442", "#cc79a7",
                                                               "#0072b2", "#d55e00", "#9ad2f2", "#f5cb6e", "#66c5ab",
                                                               "#f6ee8e", "#e0afca", "#669fd0", "#e89b66"};

/// Of the n-th class of a project, from 0; they come round again.
[[nodiscard]] inline std::string classColor(std::size_t n) {
  return std::string(kClassColors[n % kClassColors.size()]);
}

}  // namespace fiducial
