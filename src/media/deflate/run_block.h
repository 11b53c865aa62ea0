// One block of a deflate stream, with tables of its own, from literals and runs. Source: RFC 1951, section 3.2.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "deflate/bit_writer.h"

namespace fiducial::media {

/// Of tokens as runTokens() gives them with this period; they must outlive it.
class RunBlock {
 public:
  RunBlock(std::span<const std::uint32_t> tokens, std::size_t period);

  [[nodiscard]] std::size_t bits() const { return bits_; }
  /// Reserves what it needs.
  void write(BitWriter& writer, bool isLast) const;

 private:
  struct Code {
    std::vector<std::uint8_t> lengths;
    std::vector<std::uint16_t> codes;
    Code(std::span<const std::uint32_t> counts, int longest);
    void put(BitWriter& writer, std::size_t symbol) const { writer.put(codes[symbol], lengths[symbol]); }
  };
  struct LengthToken {  // section 3.2.7: of the code lengths of a block
    std::uint8_t symbol = 0;
    std::uint8_t extraBits = 0;
    std::uint8_t extra = 0;
  };
  [[nodiscard]] static std::vector<LengthToken> lengthTokens(std::span<const std::uint8_t> lengths);
  [[nodiscard]] static std::vector<std::uint32_t> countsOf(std::span<const LengthToken> tokens);
  [[nodiscard]] std::size_t countBits() const;
  void writeHead(BitWriter& writer) const;
  void writeMatches(BitWriter& writer, std::size_t run) const;

  std::span<const std::uint32_t> tokens_;
  std::size_t period_;
  std::vector<std::uint32_t> counts_;  // of literals, the end, lengths of matches
  Code code_;
  std::vector<LengthToken> head_;
  Code headCode_;
  std::size_t bits_ = 0;
};

}  // namespace fiducial::media
