#include "prefix_code.h"

#include <algorithm>
#include <array>
#include <queue>

namespace fiducial::media {
namespace {

constexpr std::size_t kMostBits = 15;

/// Huffman's tree: the two rarest become one, until there is one. Ties go by age, so that the answer is always the
/// same.
std::vector<std::uint8_t> unlimitedLengths(std::span<const std::uint32_t> counts) {
  using Node = std::pair<std::uint64_t, std::size_t>;  // count, number
  std::priority_queue<Node, std::vector<Node>, std::greater<>> rarest;
  std::vector<std::size_t> parents(counts.size(), 0);
  for (std::size_t n = 0; n < counts.size(); ++n) {
    if (counts[n] > 0) rarest.emplace(counts[n], n);
  }
  std::vector<std::uint8_t> lengths(counts.size(), 0);
  if (rarest.size() == 1) lengths[rarest.top().second] = 1;
  if (rarest.size() < 2) return lengths;
  while (rarest.size() > 1) {
    const Node first = rarest.top();
    rarest.pop();
    const Node second = rarest.top();
    rarest.pop();
    parents[first.second] = parents[second.second] = parents.size();
    rarest.emplace(first.first + second.first, parents.size());
    parents.push_back(0);
  }
  const std::size_t root = parents.size() - 1;
  for (std::size_t n = 0; n < counts.size(); ++n) {
    if (counts[n] == 0) continue;
    for (std::size_t at = n; at != root; at = parents[at]) ++lengths[n];
  }
  return lengths;
}

}  // namespace

std::vector<std::uint8_t> codeLengths(std::span<const std::uint32_t> counts, int limit) {
  std::vector<std::uint32_t> flatter(counts.begin(), counts.end());
  for (;;) {
    std::vector<std::uint8_t> lengths = unlimitedLengths(flatter);
    if (std::ranges::all_of(lengths, [&](std::uint8_t length) { return length <= limit; })) return lengths;
    for (std::uint32_t& count : flatter) count = (count + 1) / 2;  // towards equal counts, whose tree is the lowest
  }
}

std::vector<std::uint16_t> codesOf(std::span<const std::uint8_t> lengths) {
  std::vector<std::uint16_t> codes(lengths.size(), 0);
  std::array<unsigned, kMostBits + 1> first{};
  std::array<unsigned, kMostBits + 1> counts{};
  for (const std::uint8_t length : lengths) ++counts[length];
  counts[0] = 0;
  for (std::size_t bits = 1; bits <= kMostBits; ++bits) first[bits] = 2 * (first[bits - 1] + counts[bits - 1]);
  for (std::size_t n = 0; n < lengths.size(); ++n) {
    unsigned code = lengths[n] > 0 ? first[lengths[n]]++ : 0;
    for (int bit = 0; bit < lengths[n]; ++bit, code >>= 1) codes[n] = std::uint16_t(codes[n] << 1 | (code & 1U));
  }
  return codes;
}

}  // namespace fiducial::media
