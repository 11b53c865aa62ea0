#include "png/zlib_stream.h"

#include <libdeflate.h>

#include <algorithm>
#include <cstdint>

#include "deflate/bit_writer.h"
#include "deflate/run_block.h"
#include "deflate/run_tokens.h"

namespace fiducial::media::png {
namespace {

constexpr std::size_t kBlock = 65535;                 // bytes under one code; also the most that a stored block holds
constexpr RunRule kRule{.period = 1, .shortest = 8};  // shorter ones save nothing after a filter

void writeStored(BitWriter& writer, std::span<const std::byte> bytes, bool isLast) {
  writer.reserve(bytes.size() + 8);
  writer.put(isLast ? 1 : 0, 1);
  writer.put(0, 2);  // stored
  writer.toByte();
  const auto size = static_cast<std::uint16_t>(bytes.size());
  writer.put(size | std::uint32_t{static_cast<std::uint16_t>(~size)} << 16, 32);
  writer.bytes(bytes.data(), bytes.size());
}

void writeBlock(BitWriter& writer, std::span<const std::byte> bytes, std::size_t first, std::size_t end, bool isLast) {
  const auto tokens = runTokens(bytes, first, end, kRule, end - first + 1);
  const RunBlock block(tokens, kRule.period);
  if (block.bits() / 8 < end - first) return block.write(writer, isLast);
  writeStored(writer, bytes.subspan(first, end - first), isLast);
}

}  // namespace

std::vector<std::byte> zlibStream(std::span<const std::byte> bytes) {
  std::vector<std::byte> out;
  BitWriter writer(out);
  writer.reserve(bytes.size() / 2 + 64);
  writer.put(0x0178, 16);  // deflate with a window of 32 KB, no dictionary; the pair is a multiple of 31
  for (std::size_t at = 0; at < bytes.size() || at == 0; at += kBlock) {
    const std::size_t end = std::min(bytes.size(), at + kBlock);
    writeBlock(writer, bytes, at, end, end == bytes.size());
  }
  writer.toByte();
  const std::uint32_t sum = libdeflate_adler32(1, bytes.data(), bytes.size());
  writer.reserve(sizeof(sum));
  for (int shift = 24; shift >= 0; shift -= 8) writer.put(sum >> shift & 0xFF, 8);
  writer.finish();
  return out;
}

}  // namespace fiducial::media::png
