// Prefix codes as deflate has them. Source: RFC 1951, section 3.2.2.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace fiducial::media {

/// Bits of each symbol in a prefix code for these counts, at most `limit` (2^limit must exceed the number of symbols);
/// 0 for symbols that do not occur; a symbol alone has one bit.
[[nodiscard]] std::vector<std::uint8_t> codeLengths(std::span<const std::uint32_t> counts, int limit);

/// The codes of these lengths, their first bit lowest: the order in which deflate packs bits.
[[nodiscard]] std::vector<std::uint16_t> codesOf(std::span<const std::uint8_t> lengths);

}  // namespace fiducial::media
