// Prefix codes as deflate describes them: lengths from counts, then the canonical code of each symbol.
// Source: RFC 1951, section 3.2.2; Huffman, "A Method for the Construction of Minimum-Redundancy Codes", 1952.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace fiducial::media {

/// Bits of each symbol, 0 for those that do not occur: a complete code of at least two symbols (unused ones are added
/// where `counts` names fewer), none longer than `longest`.
[[nodiscard]] std::vector<std::uint8_t> codeLengths(std::span<const std::uint32_t> counts, int longest);

/// The codes of these lengths, their first bit lowest: the order in which deflate packs bits.
[[nodiscard]] std::vector<std::uint16_t> codesOf(std::span<const std::uint8_t> lengths);

}  // namespace fiducial::media
