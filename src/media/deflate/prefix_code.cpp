#include "deflate/prefix_code.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace fiducial::media {
namespace {

constexpr int kLongestOfAll = 15;

struct Node {
  std::uint32_t count = 0;
  std::size_t parent = 0;
  std::size_t symbol = 0;  // of leaves
};

// The lengths of the best code without a bound, by joining the two rarest again and again. Leaves are sorted and joined
// nodes come in rising order, so that the rarest is the first of one of two queues.
std::vector<std::uint8_t> freeLengths(const std::vector<Node>& leaves, std::size_t symbols) {
  std::vector<Node> nodes = leaves;
  std::size_t leaf = 0;
  std::size_t joined = leaves.size();
  const auto rarest = [&] {
    const bool isLeaf = leaf < leaves.size() && (joined == nodes.size() || nodes[leaf].count <= nodes[joined].count);
    return isLeaf ? leaf++ : joined++;
  };
  while (nodes.size() < 2 * leaves.size() - 1) {
    const std::size_t a = rarest();
    const std::size_t b = rarest();
    nodes[a].parent = nodes[b].parent = nodes.size();
    nodes.push_back({nodes[a].count + nodes[b].count, 0, 0});
  }
  std::vector<std::uint8_t> depth(nodes.size());  // a tree of 32-bit counts is no deeper than 48
  for (std::size_t n = nodes.size() - 1; n-- > 0;) depth[n] = std::uint8_t(depth[nodes[n].parent] + 1);
  std::vector<std::uint8_t> lengths(symbols);
  for (std::size_t n = 0; n < leaves.size(); ++n) lengths[nodes[n].symbol] = depth[n];
  return lengths;
}

std::vector<Node> sortedLeaves(std::span<const std::uint32_t> counts) {
  std::vector<Node> leaves;
  for (std::size_t symbol = 0; symbol < counts.size(); ++symbol) {
    if (counts[symbol] > 0) leaves.push_back({counts[symbol], 0, symbol});
  }
  for (std::size_t symbol = 0; leaves.size() < 2; ++symbol) {
    if (counts[symbol] == 0) leaves.push_back({1, 0, symbol});
  }
  std::ranges::stable_sort(leaves, {}, &Node::count);
  return leaves;
}

std::uint16_t reversed(unsigned code, int length) {
  unsigned result = 0;
  for (int n = 0; n < length; ++n, code >>= 1) result = result << 1 | (code & 1);
  return static_cast<std::uint16_t>(result);
}

}  // namespace

std::vector<std::uint8_t> codeLengths(std::span<const std::uint32_t> counts, int longest) {
  std::vector<Node> leaves = sortedLeaves(counts);
  std::vector<std::uint8_t> lengths = freeLengths(leaves, counts.size());
  while (std::ranges::max(lengths) > longest) {  // flatter counts give a flatter code
    for (Node& leaf : leaves) leaf.count = leaf.count / 2 + 1;
    lengths = freeLengths(leaves, counts.size());
  }
  return lengths;
}

std::vector<std::uint16_t> codesOf(std::span<const std::uint8_t> lengths) {
  std::array<unsigned, kLongestOfAll + 2> next{};  // the next code of each length
  for (const std::uint8_t length : lengths) {
    if (length > 0) ++next[length + 1U];
  }
  for (std::size_t length = 1; length < next.size(); ++length) next[length] = (next[length] + next[length - 1]) << 1;
  std::vector<std::uint16_t> codes;
  for (const std::uint8_t length : lengths) {
    codes.push_back(length == 0 ? std::uint16_t{0} : reversed(next[length]++, length));
  }
  return codes;
}

}  // namespace fiducial::media
