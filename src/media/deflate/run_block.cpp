#include "deflate/run_block.h"

#include <algorithm>
#include <array>

#include "deflate/prefix_code.h"
#include "deflate/run_tokens.h"

namespace fiducial::media {
namespace {

constexpr std::size_t kShortestMatch = 3;
constexpr std::size_t kLongestMatch = 258;
constexpr std::size_t kEnd = 256;          // of the block
constexpr std::size_t kFirstLength = 257;  // symbols from here on are lengths of matches
constexpr std::size_t kSymbols = 286;
constexpr std::array<std::uint8_t, 19> kHeadOrder{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};

/// The symbol of a length or distance, and the bits that follow it (section 3.2.5).
struct Match {
  std::uint16_t symbol = 0;
  std::uint8_t extraBits = 0;
  std::uint8_t extra = 0;
};

constexpr std::array<Match, kLongestMatch + 1> lengthTable() {
  std::array<Match, kLongestMatch + 1> table{};
  std::size_t length = kShortestMatch;
  for (std::uint16_t symbol = kFirstLength; symbol < 285; ++symbol) {
    const int bits = symbol < 265 ? 0 : (symbol - 261) / 4;
    for (int extra = 0; extra < 1 << bits; ++extra) {
      table[length++] = {symbol, std::uint8_t(bits), std::uint8_t(extra)};
    }
  }
  table[kLongestMatch] = {285, 0, 0};
  return table;
}
constexpr auto kLengths = lengthTable();

/// Of distances 1 to 8.
constexpr std::array<Match, 9> kDistances{
    {{}, {0, 0, 0}, {1, 0, 0}, {2, 0, 0}, {3, 0, 0}, {4, 1, 0}, {4, 1, 1}, {5, 1, 0}, {5, 1, 1}}};

/// The matches a run is cut into; none is shorter than deflate allows.
template <class F>
void eachMatch(std::size_t run, const F& match) {
  while (run > kLongestMatch) {
    const std::size_t length = std::min(kLongestMatch, run - kShortestMatch);
    match(length);
    run -= length;
  }
  match(run);
}

std::vector<std::uint32_t> symbolCounts(std::span<const std::uint32_t> tokens) {
  std::vector<std::uint32_t> counts(kSymbols, 0);
  counts[kEnd] = 1;
  for (const std::uint32_t token : tokens) {
    if (token < kRunToken) {
      ++counts[token];
    } else {
      eachMatch(token - kRunToken, [&](std::size_t length) { ++counts[kLengths[length].symbol]; });
    }
  }
  while (counts.size() > kFirstLength && counts.back() == 0) counts.pop_back();
  return counts;
}

/// Lengths of the block's codes one behind the other; of the distances only one is used, in one bit.
std::vector<std::uint8_t> withDistance(std::vector<std::uint8_t> lengths, std::size_t period) {
  lengths.resize(lengths.size() + kDistances[period].symbol, 0);
  lengths.push_back(1);
  return lengths;
}

}  // namespace

RunBlock::Code::Code(std::span<const std::uint32_t> counts, int longest)
    : lengths(codeLengths(counts, longest)), codes(codesOf(lengths)) {}

std::vector<RunBlock::LengthToken> RunBlock::lengthTokens(std::span<const std::uint8_t> lengths) {
  std::vector<LengthToken> tokens;
  for (std::size_t at = 0; at < lengths.size();) {
    const std::uint8_t length = lengths[at];
    std::size_t same = 1;
    while (at + same < lengths.size() && lengths[at + same] == length) ++same;
    at += same;
    if (length == 0) {
      for (; same >= 11; same -= std::min<std::size_t>(same, 138)) {
        tokens.push_back({18, 7, std::uint8_t(std::min<std::size_t>(same, 138) - 11)});
      }
      if (same >= 3) tokens.push_back({17, 3, std::uint8_t(same - 3)});
      if (same >= 3) same = 0;
    } else {
      tokens.push_back({length, 0, 0});
      for (--same; same >= 3; same -= std::min<std::size_t>(same, 6)) {
        tokens.push_back({16, 2, std::uint8_t(std::min<std::size_t>(same, 6) - 3)});
      }
    }
    tokens.insert(tokens.end(), same, LengthToken{length, 0, 0});
  }
  return tokens;
}

std::vector<std::uint32_t> RunBlock::countsOf(std::span<const LengthToken> tokens) {
  std::vector<std::uint32_t> counts(kHeadOrder.size(), 0);
  for (const LengthToken& token : tokens) ++counts[token.symbol];
  return counts;
}

RunBlock::RunBlock(std::span<const std::uint32_t> tokens, std::size_t period)
    : tokens_(tokens),
      period_(period),
      counts_(symbolCounts(tokens)),
      code_(counts_, 15),
      head_(lengthTokens(withDistance(code_.lengths, period))),
      headCode_(countsOf(head_), 7),
      bits_(countBits()) {}

std::size_t RunBlock::countBits() const {
  std::size_t bits = 3 + 14 + 3 * kHeadOrder.size();
  for (const LengthToken& token : head_) bits += std::size_t{headCode_.lengths[token.symbol]} + token.extraBits;
  for (std::size_t n = 0; n < counts_.size(); ++n) {
    const int lengthBits = n < 265 || n == 285 ? 0 : (int(n) - 261) / 4;
    const std::size_t distanceBits = n < kFirstLength ? 0 : std::size_t{1} + kDistances[period_].extraBits;
    bits += counts_[n] * (code_.lengths[n] + std::size_t(lengthBits) + distanceBits);
  }
  return bits;
}

void RunBlock::writeHead(BitWriter& writer) const {
  writer.put(code_.lengths.size() - kFirstLength, 5);
  writer.put(kDistances[period_].symbol, 5);
  writer.put(kHeadOrder.size() - 4, 4);
  for (const std::uint8_t n : kHeadOrder) writer.put(headCode_.lengths[n], 3);
  for (const LengthToken& token : head_) {
    headCode_.put(writer, token.symbol);
    writer.put(token.extra, token.extraBits);
  }
}

void RunBlock::writeMatches(BitWriter& writer, std::size_t run) const {
  const Match distance = kDistances[period_];
  eachMatch(run, [&](std::size_t length) {
    const Match match = kLengths[length];
    const unsigned bits = code_.lengths[match.symbol];
    writer.put(code_.codes[match.symbol] | std::uint64_t{match.extra} << bits, bits + match.extraBits);
    writer.put(std::uint64_t{distance.extra} << 1, 1U + distance.extraBits);  // its code is one bit, 0
  });
}

void RunBlock::write(BitWriter& writer, bool isLast) const {
  writer.reserve(bits_ / 8 + 1);
  writer.put(isLast ? 1 : 0, 1);
  writer.put(2, 2);  // tables of its own
  writeHead(writer);
  for (const std::uint32_t token : tokens_) {
    if (token < kRunToken) {
      code_.put(writer, token);
    } else {
      writeMatches(writer, token - kRunToken);
    }
  }
  code_.put(writer, kEnd);
}

}  // namespace fiducial::media
