#include "run_deflate.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

#include "prefix_code.h"

namespace fiducial::media {
namespace {

constexpr std::size_t kShortestMatch = 3;
constexpr std::size_t kLongestMatch = 258;
constexpr std::size_t kEndOfBlock = 256;
constexpr std::size_t kLiteralsAndLengths = 286;
constexpr std::uint32_t kRun = 256;  ///< tokens from here on: a run of so many bytes more

/// Symbol, extra bits and their value of a match length (RFC 1951, 3.2.5).
struct Extra {
  std::uint16_t symbol = 0;
  std::uint8_t bits = 0;
  std::uint8_t value = 0;
};

constexpr std::array<Extra, kLongestMatch + 1> lengthTable() {
  std::array<Extra, kLongestMatch + 1> table{};
  std::size_t length = kShortestMatch;
  for (std::uint16_t symbol = 257; symbol < 285; ++symbol) {
    const int bits = symbol < 265 ? 0 : (symbol - 261) / 4;
    for (int value = 0; value < 1 << bits; ++value) {
      table[length++] = {symbol, std::uint8_t(bits), std::uint8_t(value)};
    }
  }
  table[kLongestMatch] = {285, 0, 0};
  return table;
}
constexpr std::array<Extra, kLongestMatch + 1> kLengths = lengthTable();

/// Distances 1 to 8.
constexpr std::array<Extra, 9> kDistances{
    {{}, {0, 0, 0}, {1, 0, 0}, {2, 0, 0}, {3, 0, 0}, {4, 1, 0}, {4, 1, 1}, {5, 1, 0}, {5, 1, 1}}};

/// How many bytes from `at` on are the same as those `period` before.
std::size_t repeatsFrom(std::span<const std::byte> bytes, std::size_t at, std::size_t period) {
  const std::byte* now = bytes.data() + at;
  const std::byte* const end = bytes.data() + bytes.size();
  while (end - now >= 8) {
    std::uint64_t a = 0, b = 0;
    std::memcpy(&a, now, 8);
    std::memcpy(&b, now - period, 8);
    if (a != b) return std::size_t(now - bytes.data()) - at + std::size_t(std::countr_zero(a ^ b)) / 8;
    now += 8;
  }
  while (now < end && *now == *(now - period)) ++now;
  return std::size_t(now - bytes.data()) - at;
}

/// Calls literal(byte) and run(length); stops where they answer false.
template <class Literal, class Run>
void eachToken(std::span<const std::byte> bytes, std::size_t period, const Literal& literal, const Run& run) {
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t length = at < period ? 0 : repeatsFrom(bytes, at, period);
    if (length >= kShortestMatch) {
      if (!run(length)) return;
      at += length;
    } else if (!literal(bytes[at++])) {
      return;
    }
  }
}

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

class BitWriter {
 public:
  void put(std::uint64_t value, int count) {  // at most 32 bits at a time
    pending_ |= value << filled_;
    filled_ += count;
    if (filled_ < 32) return;
    for (int n = 0; n < 4; ++n) bytes_.push_back(std::byte(pending_ >> (8 * n) & 0xFFU));
    pending_ >>= 32;
    filled_ -= 32;
  }
  std::vector<std::byte> take() {
    for (; filled_ > 0; filled_ -= 8, pending_ >>= 8) bytes_.push_back(std::byte(pending_ & 0xFFU));
    filled_ = 0;
    return std::move(bytes_);
  }
  [[nodiscard]] int bitsInLastByte() const { return filled_ % 8; }

 private:
  std::vector<std::byte> bytes_;
  std::uint64_t pending_ = 0;
  int filled_ = 0;
};

struct Code {
  std::vector<std::uint8_t> lengths;
  std::vector<std::uint16_t> codes;
  Code(std::span<const std::uint32_t> counts, int limit)
      : lengths(codeLengths(counts, limit)), codes(codesOf(lengths)) {}
  void put(BitWriter& into, std::size_t symbol) const { into.put(codes[symbol], lengths[symbol]); }
};

/// Code lengths in the alphabet of RFC 1951, 3.2.7: runs of zeros short, the others one by one.
struct LengthSymbol {
  std::uint8_t symbol;
  std::uint8_t bits;
  std::uint8_t value;
};
std::vector<LengthSymbol> lengthSymbols(std::span<const std::uint8_t> lengths) {
  std::vector<LengthSymbol> symbols;
  for (std::size_t at = 0; at < lengths.size();) {
    std::size_t zeros = 0;
    while (at + zeros < lengths.size() && lengths[at + zeros] == 0 && zeros < 138) ++zeros;
    if (zeros >= 11) {
      symbols.push_back({18, 7, std::uint8_t(zeros - 11)});
    } else if (zeros >= 3) {
      symbols.push_back({17, 3, std::uint8_t(zeros - 3)});
    } else {
      zeros = 1;
      symbols.push_back({lengths[at], 0, 0});
    }
    at += zeros;
  }
  return symbols;
}

/// The head of a block with its own codes; `distance` is the one distance symbol there is.
void putHead(BitWriter& into, const Code& literals, std::size_t distance) {
  std::vector<std::uint8_t> lengths = literals.lengths;
  lengths.resize(lengths.size() + distance, 0);
  lengths.push_back(1);
  const std::vector<LengthSymbol> symbols = lengthSymbols(lengths);
  std::array<std::uint32_t, 19> counts{};
  for (const LengthSymbol& each : symbols) ++counts[each.symbol];
  const Code code(counts, 7);
  into.put(0b100, 3);  // not the last block; codes of its own
  into.put(kLiteralsAndLengths - 257, 5);
  into.put(distance, 5);
  into.put(19 - 4, 4);
  for (const std::size_t n : {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}) {
    into.put(code.lengths[n], 3);
  }
  for (const LengthSymbol& each : symbols) {
    code.put(into, each.symbol);
    into.put(each.value, each.bits);
  }
}

std::optional<std::vector<std::uint32_t>> tokensOf(std::span<const std::byte> bytes, std::size_t period) {
  std::vector<std::uint32_t> tokens;
  const std::size_t limit = bytes.size() / kBytesAToken + 64;
  const auto put = [&](std::uint32_t token) {
    tokens.push_back(token);
    return tokens.size() <= limit;
  };
  eachToken(
      bytes, period, [&](std::byte value) { return put(std::to_integer<std::uint32_t>(value)); },
      [&](std::size_t length) { return put(kRun + std::uint32_t(length)); });
  if (tokens.size() > limit) return std::nullopt;
  return tokens;
}

}  // namespace

std::size_t countRunTokens(std::span<const std::byte> bytes, std::size_t period, std::size_t limit) {
  std::size_t count = 0;
  eachToken(
      bytes, period, [&](std::byte) { return ++count < limit; }, [&](std::size_t) { return ++count < limit; });
  return count;
}

std::optional<std::vector<std::byte>> deflateRuns(std::span<const std::byte> bytes, std::size_t period) {
  const auto tokens = tokensOf(bytes, period);
  if (!tokens) return std::nullopt;
  std::array<std::uint32_t, kLiteralsAndLengths> counts{};
  counts[kEndOfBlock] = 1;
  for (const std::uint32_t token : *tokens) {
    if (token < kRun) {
      ++counts[token];
    } else {
      eachMatch(token - kRun, [&](std::size_t length) { ++counts[kLengths[length].symbol]; });
    }
  }
  const Code literals(counts, 15);
  const Extra distance = kDistances[period];
  BitWriter out;
  putHead(out, literals, distance.symbol);
  for (const std::uint32_t token : *tokens) {
    if (token < kRun) {
      literals.put(out, token);
      continue;
    }
    eachMatch(token - kRun, [&](std::size_t length) {
      const Extra& extra = kLengths[length];
      literals.put(out, extra.symbol);
      out.put(extra.value, extra.bits);
      out.put(std::uint64_t(distance.value) << 1, 1 + distance.bits);  // its code is one bit, 0
    });
  }
  literals.put(out, kEndOfBlock);
  out.put(0, 3);  // an empty stored block: it begins at a byte border, and so does what follows it
  out.put(0, (8 - out.bitsInLastByte()) % 8);
  out.put(0xFFFF0000U, 32);
  return out.take();
}

}  // namespace fiducial::media
