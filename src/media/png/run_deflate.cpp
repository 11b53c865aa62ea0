#include "png/run_deflate.h"

#include <libdeflate.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

#include "png/huffman_code.h"

namespace fiducial::media::png {
namespace {

constexpr std::size_t kBlock = 65535;      // bytes under one code; also the most that a stored block holds
constexpr std::size_t kShortestRun = 8;    // compared in one step
constexpr std::size_t kLongestRun = 258;   // of deflate
constexpr std::size_t kEnd = 256;          // end of block
constexpr std::size_t kFirstLength = 257;  // symbols from here on are lengths of runs
constexpr std::size_t kSymbols = 286;
constexpr int kLongestCode = 15;

struct RunSymbol {
  std::uint16_t symbol = 0;
  std::uint8_t extraBits = 0;
  std::uint8_t extra = 0;
};

// RFC 1951, section 3.2.5: the symbol of each length.
constexpr std::array<RunSymbol, kLongestRun + 1> runSymbols() {
  std::array<RunSymbol, kLongestRun + 1> table{};
  std::size_t length = 3;
  for (std::uint16_t symbol = kFirstLength; symbol < 285; ++symbol) {
    const int group = symbol < 265 ? 0 : (symbol - 261) / 4;
    for (std::size_t n = 0; n < (std::size_t{1} << group) && length <= kLongestRun; ++n, ++length) {
      table[length] = {symbol, static_cast<std::uint8_t>(group), static_cast<std::uint8_t>(n)};
    }
  }
  table[kLongestRun] = {285, 0, 0};
  return table;
}
constexpr auto kRunSymbols = runSymbols();

std::uint64_t eightAt(const std::uint8_t* at) {
  std::uint64_t value = 0;
  std::memcpy(&value, at, sizeof(value));
  return value;
}

// literal(byte) and run(length) for the bytes first..end-1; a run repeats the byte before it.
template <class Literal, class Run>
void eachToken(const std::uint8_t* bytes, std::size_t first, std::size_t end, const Literal& literal, const Run& run) {
  std::size_t at = first;
  if (at == 0 && at < end) literal(bytes[at++]);
  while (at < end) {
    if (at + kShortestRun > end || eightAt(bytes + at) != eightAt(bytes + at - 1)) {
      literal(bytes[at++]);
      continue;
    }
    const std::size_t most = std::min(end - at, kLongestRun);
    std::size_t length = kShortestRun;
    while (length < most && bytes[at + length] == bytes[at - 1]) ++length;
    run(length);
    at += length;
  }
}

// Bits into bytes, the first bit lowest. The buffer always has room for eight bytes more.
class BitWriter {
 public:
  explicit BitWriter(std::vector<std::byte>& out) : out_(out) {}

  void reserve(std::size_t bytes) {
    if (out_.size() < at_ + bytes + sizeof(bits_)) out_.resize(std::max(out_.size() * 2, at_ + bytes + 64));
  }
  void put(std::uint64_t bits, unsigned count) {  // count <= 48
    bits_ |= bits << held_;
    held_ += count;
    std::memcpy(out_.data() + at_, &bits_, sizeof(bits_));
    at_ += held_ / 8;
    bits_ >>= held_ & ~7U;
    held_ &= 7U;
  }
  void toByte() {
    if (held_ > 0) put(0, 8 - held_);
  }
  void bytes(const void* from, std::size_t count) {  // at a whole byte
    std::memcpy(out_.data() + at_, from, count);
    at_ += count;
  }
  void finish() { out_.resize(at_); }

 private:
  std::vector<std::byte>& out_;
  std::size_t at_ = 0;
  std::uint64_t bits_ = 0;
  unsigned held_ = 0;
};

struct LengthToken {
  std::uint8_t symbol = 0;
  std::uint8_t extraBits = 0;
  std::uint8_t extra = 0;
};

// RFC 1951, section 3.2.7: the lengths of both codes, runs of equal ones put together.
std::vector<LengthToken> lengthTokens(std::span<const std::uint8_t> lengths) {
  std::vector<LengthToken> tokens;
  for (std::size_t at = 0; at < lengths.size();) {
    std::size_t same = 1;
    while (at + same < lengths.size() && lengths[at + same] == lengths[at]) ++same;
    at += same;
    if (lengths[at - 1] == 0) {
      for (; same >= 11; same -= std::min<std::size_t>(same, 138)) {
        tokens.push_back({18, 7, static_cast<std::uint8_t>(std::min<std::size_t>(same, 138) - 11)});
      }
      if (same >= 3) {
        tokens.push_back({17, 3, static_cast<std::uint8_t>(same - 3)});
        same = 0;
      }
    } else {
      tokens.push_back({lengths[at - 1], 0, 0});
      for (--same; same >= 3; same -= std::min<std::size_t>(same, 6)) {
        tokens.push_back({16, 2, static_cast<std::uint8_t>(std::min<std::size_t>(same, 6) - 3)});
      }
    }
    tokens.insert(tokens.end(), same, LengthToken{lengths[at - 1], 0, 0});
  }
  return tokens;
}

// The three tables of a block: literals and lengths, one distance (1), and the code in which these are written.
class BlockCode {
 public:
  explicit BlockCode(std::span<const std::uint32_t> counts) : code_(huffmanCode(counts, kLongestCode)) {
    while (code_.lengths.size() > kFirstLength && code_.lengths.back() == 0) code_.lengths.pop_back();
    std::vector<std::uint8_t> all = code_.lengths;
    all.push_back(1);  // the only distance
    tokens_ = lengthTokens(all);
    std::array<std::uint32_t, 19> tokenCounts{};
    for (const LengthToken& token : tokens_) ++tokenCounts[token.symbol];
    lengthCode_ = huffmanCode(tokenCounts, 7);
  }

  void writeHeader(BitWriter& writer) const {
    constexpr std::array<std::uint8_t, 19> kOrder{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};
    std::size_t used = kOrder.size();
    while (used > 4 && lengthCode_.lengths[kOrder[used - 1]] == 0) --used;
    writer.put(code_.lengths.size() - 257, 5);
    writer.put(0, 5);
    writer.put(used - 4, 4);
    for (std::size_t n = 0; n < used; ++n) writer.put(lengthCode_.lengths[kOrder[n]], 3);
    for (const LengthToken& token : tokens_) {
      writer.put(lengthCode_.bits[token.symbol], lengthCode_.lengths[token.symbol]);
      writer.put(token.extra, token.extraBits);
    }
  }
  void putSymbol(BitWriter& writer, std::size_t symbol) const { writer.put(code_.bits[symbol], code_.lengths[symbol]); }
  void putRun(BitWriter& writer, std::size_t length) const {
    const RunSymbol run = kRunSymbols[length];
    const unsigned bits = code_.lengths[run.symbol];
    // Symbol, extra bits, and the distance's one bit, which is 0.
    writer.put(code_.bits[run.symbol] | std::uint64_t{run.extra} << bits, bits + run.extraBits + 1U);
  }
  [[nodiscard]] std::uint64_t bitsFor(std::span<const std::uint32_t> counts) const {
    std::uint64_t bits = 0;
    for (std::size_t n = 0; n < code_.lengths.size(); ++n) bits += std::uint64_t{counts[n]} * code_.lengths[n];
    return bits;
  }

 private:
  HuffmanCode code_;
  HuffmanCode lengthCode_;
  std::vector<LengthToken> tokens_;
};

void writeStored(BitWriter& writer, const std::uint8_t* bytes, std::size_t count) {
  writer.put(0, 2);  // stored
  writer.toByte();
  const auto size = static_cast<std::uint16_t>(count);
  writer.put(size | std::uint32_t{static_cast<std::uint16_t>(~size)} << 16, 32);
  writer.bytes(bytes, count);
}

void writeBlock(BitWriter& writer, const std::uint8_t* bytes, std::size_t first, std::size_t end, bool isLast) {
  constexpr std::size_t kHeaderBytes = 512;  // more than the tables of any block take
  std::array<std::uint32_t, kSymbols> counts{};
  eachToken(
      bytes, first, end, [&](std::uint8_t byte) { ++counts[byte]; },
      [&](std::size_t length) { ++counts[kRunSymbols[length].symbol]; });
  counts[kEnd] = 1;
  const BlockCode code(counts);
  writer.reserve(2 * (end - first) + kHeaderBytes);  // a code has 15 bits at most
  writer.put(isLast ? 1 : 0, 1);
  if (code.bitsFor(counts) / 8 + 64 >= end - first) return writeStored(writer, bytes + first, end - first);
  writer.put(2, 2);  // tables of its own
  code.writeHeader(writer);
  eachToken(
      bytes, first, end, [&](std::uint8_t byte) { code.putSymbol(writer, byte); },
      [&](std::size_t length) { code.putRun(writer, length); });
  code.putSymbol(writer, kEnd);
}

}  // namespace

std::vector<std::byte> runDeflated(std::span<const std::byte> bytes) {
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  std::vector<std::byte> out(bytes.size() / 2 + 64);
  BitWriter writer(out);
  writer.put(0x0178, 16);  // deflate with a window of 32 KB, no dictionary; the pair is a multiple of 31
  for (std::size_t at = 0; at < bytes.size() || at == 0; at += kBlock) {
    const std::size_t end = std::min(bytes.size(), at + kBlock);
    writeBlock(writer, data, at, end, end == bytes.size());
  }
  writer.toByte();
  const std::uint32_t sum = libdeflate_adler32(1, bytes.data(), bytes.size());
  writer.reserve(sizeof(sum));
  for (int shift = 24; shift >= 0; shift -= 8) writer.put(sum >> shift & 0xFF, 8);
  writer.finish();
  return out;
}

}  // namespace fiducial::media::png
