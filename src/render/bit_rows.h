// Rows of pixels as bits, 64 a word: bit n % 64 of word n / 64 is pixel n.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <span>
#include <vector>

namespace fiducial::render {

struct BitRows {
  BitRows() = default;
  BitRows(int rowCount, int pixels)
      : wordsPerRow(static_cast<std::size_t>((pixels + 63) / 64)),
        words(wordsPerRow * static_cast<std::size_t>(std::max(rowCount, 0))) {}
  [[nodiscard]] std::span<std::uint64_t> row(int n) {
    return std::span(words).subspan(static_cast<std::size_t>(n) * wordsPerRow, wordsPerRow);
  }
  [[nodiscard]] std::span<const std::uint64_t> row(int n) const {
    return std::span(words).subspan(static_cast<std::size_t>(n) * wordsPerRow, wordsPerRow);
  }
  std::size_t wordsPerRow = 0;
  std::vector<std::uint64_t> words;
};

/// Sets bits [first, end).
inline void setBits(std::span<std::uint64_t> words, int first, int end) {
  while (first < end) {
    const int bit = first % 64, count = std::min(64 - bit, end - first);
    words[static_cast<std::size_t>(first / 64)] |= (count == 64 ? ~0ULL : (1ULL << count) - 1) << bit;
    first += count;
  }
}

/// Calls f(first, end) for each run of set bits, from left to right.
template <class F>
void forEachRun(std::span<const std::uint64_t> words, F&& f) {
  int start = -1;  // of a run that reaches into this word
  for (std::size_t w = 0; w < words.size(); ++w) {
    const int base = static_cast<int>(w) * 64;
    std::uint64_t word = words[w];
    if (start >= 0) {
      const int length = std::countr_one(word);
      if (length == 64) continue;
      f(start, base + length);
      start = -1;
      word = word >> length << length;
    }
    while (word != 0) {
      const int first = std::countr_zero(word);
      const int length = std::countr_one(word >> first);
      if (first + length == 64) {
        start = base + first;
        break;
      }
      f(base + first, base + first + length);
      word = word >> (first + length) << (first + length);
    }
  }
  if (start >= 0) f(start, static_cast<int>(words.size()) * 64);
}

}  // namespace fiducial::render
