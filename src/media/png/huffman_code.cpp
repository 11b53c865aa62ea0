#include "png/huffman_code.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace fiducial::media::png {
namespace {

constexpr int kLongestOfAll = 15;

struct Node {
  std::uint32_t count = 0;
  std::size_t parent = 0;
  std::size_t symbol = 0;  // of leaves
};

// The lengths of the best code without a bound, by joining the two rarest again and again. Leaves are sorted and joined
// nodes come in rising order, so that the rarest is the first of one of two queues.
std::vector<int> freeLengths(const std::vector<Node>& leaves, std::size_t symbols) {
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
  std::vector<int> depth(nodes.size());
  for (std::size_t n = nodes.size() - 1; n-- > 0;) depth[n] = depth[nodes[n].parent] + 1;
  std::vector<int> lengths(symbols);
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

HuffmanCode huffmanCode(std::span<const std::uint32_t> counts, int longest) {
  std::vector<Node> leaves = sortedLeaves(counts);
  std::vector<int> lengths = freeLengths(leaves, counts.size());
  while (std::ranges::max(lengths) > longest) {  // flatter counts give a flatter code
    for (Node& leaf : leaves) leaf.count = leaf.count / 2 + 1;
    lengths = freeLengths(leaves, counts.size());
  }
  std::array<unsigned, kLongestOfAll + 2> next{};  // the next code of each length
  for (const int length : lengths) {
    if (length > 0) ++next[static_cast<std::size_t>(length) + 1];
  }
  for (std::size_t length = 1; length < next.size(); ++length) next[length] = (next[length] + next[length - 1]) << 1;
  HuffmanCode code;
  for (const int length : lengths) {
    code.lengths.push_back(static_cast<std::uint8_t>(length));
    code.bits.push_back(length == 0 ? std::uint16_t{0} : reversed(next[static_cast<std::size_t>(length)]++, length));
  }
  return code;
}

}  // namespace fiducial::media::png
