// 64 x 64 pixels as bits: how masks go between row-major bytes and column-major runs without strided access.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>

namespace fiducial {

using BitBlock = std::array<std::uint64_t, 64>;

/// Bit c of word r becomes bit r of word c. Swaps ever smaller quadrants (Hacker's Delight, 7-3).
inline void transpose(BitBlock& block) {
  std::uint64_t mask = 0x00000000FFFFFFFFULL;
  for (unsigned step = 32; step != 0; step >>= 1, mask ^= mask << step) {
    for (unsigned r = 0; r < 64; r = ((r | step) + 1) & ~step) {
      const std::uint64_t swapped = ((block[r] >> step) ^ block[r | step]) & mask;
      block[r] ^= swapped << step;
      block[r | step] ^= swapped;
    }
  }
}

/// Bit n is set where byte n is not zero; `count` <= 64 bytes are read.
inline std::uint64_t nonZeroBits(const std::uint8_t* bytes, int count) {
  constexpr std::uint64_t kLow = 0x7F7F7F7F7F7F7F7FULL;
  std::uint64_t bits = 0;
  int n = 0;
  for (; n + 8 <= count; n += 8) {
    std::uint64_t eight;
    std::memcpy(&eight, bytes + n, 8);
    if (eight == 0) continue;
    const std::uint64_t high = (((eight & kLow) + kLow) | eight) & ~kLow;  // 0x80 in each byte that is not zero
    bits |= (((high >> 7) * 0x0102040810204080ULL) >> 56) << n;
  }
  for (; n < count; ++n) bits |= std::uint64_t{bytes[n] != 0} << n;
  return bits;
}

/// Byte n becomes bit n, 0 or 1; `count` <= 64 bytes are written.
inline void spreadBits(std::uint64_t bits, std::uint8_t* bytes, int count) {
  int n = 0;
  for (; n + 8 <= count; n += 8) {
    const std::uint64_t picked = (((bits >> n) & 0xFF) * 0x0101010101010101ULL) & 0x8040201008040201ULL;
    const std::uint64_t eight = ((picked + 0x7F7F7F7F7F7F7F7FULL) >> 7) & 0x0101010101010101ULL;
    std::memcpy(bytes + n, &eight, 8);
  }
  for (; n < count; ++n) bytes[n] = (bits >> n) & 1U;
}

}  // namespace fiducial
