// Prefix codes as deflate describes them: lengths from counts, then the canonical code of each symbol.
// Source: RFC 1951, section 3.2.2; Huffman, "A Method for the Construction of Minimum-Redundancy Codes", 1952.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace fiducial::media::png {

struct HuffmanCode {
  std::vector<std::uint8_t> lengths;  ///< bits of each symbol; 0: it does not occur
  std::vector<std::uint16_t> bits;    ///< of each symbol, the first bit lowest
};

/// Complete, of at least two symbols (unused ones are added where `counts` names fewer), none longer than `longest`.
[[nodiscard]] HuffmanCode huffmanCode(std::span<const std::uint32_t> counts, int longest);

}  // namespace fiducial::media::png
