// The filters of PNG that pictures profit from: each sample less what its neighbours foretell.
// Source: PNG specification (W3C, second edition), section 9.2; the choice by least sum of differences is its 12.8.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace fiducial::media::png {

enum class Filter : std::uint8_t { None = 0, Sub = 1, Up = 2, Average = 3 };  // numbers of the file

/// `row` and `above` are packed rows (`above` zeros for the first), `step` the bytes of one pixel; `into` has the size
/// of `row`. Pure.
void applyFilter(Filter filter, std::span<const std::uint8_t> row, std::span<const std::uint8_t> above,
                 std::size_t step, std::span<std::uint8_t> into);
/// Sum of the filtered row's distances from 0: the smaller, the better it packs.
[[nodiscard]] std::uint64_t filteredSum(std::span<const std::uint8_t> filtered);

}  // namespace fiducial::media::png
