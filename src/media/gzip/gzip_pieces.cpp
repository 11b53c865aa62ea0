#include "gzip_pieces.h"

#include <libdeflate.h>
#include <zlib.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <cstring>
#include <memory>

#include "deflate/bit_writer.h"
#include "deflate/run_block.h"
#include "deflate/run_tokens.h"
#include "fiducial/runtime/buffer_allocator.h"
#include "fiducial/runtime/thread_pool.h"

namespace fiducial::media {
namespace {

using Pieces = std::vector<std::vector<std::byte>>;

constexpr int kLevel = 4;                                  // of what is not runs
constexpr std::size_t kChunkBytes = std::size_t{1} << 20;  // large beside a block's head, small beside a core's share
constexpr std::size_t kProbeBytes = std::size_t{1} << 14;
constexpr std::size_t kProbes = 64;
constexpr std::size_t kBytesAToken = 8;  // what a run-length code is worth it for: at most a token for so many bytes

struct CompressorCloser {
  void operator()(libdeflate_compressor* compressor) const { libdeflate_free_compressor(compressor); }
};

Error noMemory() { return {ErrorCode::TooLarge, "there is no memory to compress the volume", "", ""}; }

/// From probes all over the volume, so that the empty slices at its ends do not decide.
bool areMostlyRuns(std::span<const std::byte> samples, std::size_t sampleBytes) {
  std::size_t tokens = 0, probed = 0;
  for (std::size_t n = 0; n < kProbes; ++n) {
    const std::size_t at = samples.size() / kProbes * n / sampleBytes * sampleBytes;
    const auto probe = samples.subspan(at, std::min(kProbeBytes, samples.size() - at));
    tokens += countRunTokens(probe, {.period = sampleBytes}, probe.size());
    probed += probe.size();
  }
  return tokens * kBytesAToken * 2 <= probed;
}

/// One deflate block and an empty stored one, which ends at a byte border; not the last of a stream, so that pieces
/// made on several threads stand one behind the other. Nothing where there are more tokens than kBytesAToken allows.
std::vector<std::byte> deflateRuns(std::span<const std::byte> bytes, std::size_t sampleBytes) {
  const std::size_t most = bytes.size() / kBytesAToken + 64;
  const auto tokens = runTokens(bytes, 0, bytes.size(), {.period = sampleBytes}, most);
  if (tokens.size() == most) return {};
  std::vector<std::byte> packed;
  BitWriter writer(packed);
  RunBlock(tokens, sampleBytes).write(writer, false);
  writer.reserve(8);
  writer.put(0, 3);  // stored, not the last
  writer.toByte();
  writer.put(0xFFFF0000U, 32);
  writer.finish();
  return packed;
}

/// Deflate by zlib, ended at a byte border and not the last block, like deflateRuns().
std::vector<std::byte> deflateAny(std::span<const std::byte> bytes) {
  z_stream stream{};
  if (deflateInit2(&stream, kLevel, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK) return {};
  std::vector<std::byte> packed(deflateBound(&stream, uLong(bytes.size())) + 16);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<std::byte*>(bytes.data()));
  stream.avail_in = uInt(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = uInt(packed.size());
  const bool isWhole = deflate(&stream, Z_SYNC_FLUSH) == Z_OK && stream.avail_in == 0 && stream.avail_out > 0;
  const std::size_t size = isWhole ? packed.size() - stream.avail_out : 0;
  packed.erase(packed.begin() + std::ptrdiff_t(size), packed.end());
  deflateEnd(&stream);
  return packed;
}

void putLittle32(std::vector<std::byte>& into, std::uint32_t value) {
  for (int n = 0; n < 4; ++n) into.push_back(std::byte(value >> (8 * n) & 0xFFU));
}

/// A chunk's bytes and their checksum.
struct Chunk {
  std::span<const std::byte> bytes;
  std::uint32_t crc = 0;
};

/// Header, the chunks' blocks, an empty last block, checksum and size.
Result<Pieces> runPieces(std::span<const std::byte> head, std::span<const std::byte> samples, std::size_t sampleBytes) {
  std::vector<Chunk> chunks;
  if (!head.empty()) chunks.push_back({head, 0});
  const std::size_t step = kChunkBytes / sampleBytes * sampleBytes;
  for (std::size_t at = 0; at < samples.size(); at += step) {
    chunks.push_back({samples.subspan(at, std::min(step, samples.size() - at)), 0});
  }
  Pieces pieces(chunks.size() + 2);
  for (const unsigned byte : {0x1FU, 0x8BU, 8U, 0U, 0U, 0U, 0U, 0U, 0U, 255U}) pieces[0].push_back(std::byte(byte));
  std::atomic<bool> isWhole = true;
  runtime::parallelFor(chunks.size(), [&](std::size_t n) {
    Chunk& chunk = chunks[n];
    chunk.crc = libdeflate_crc32(0, chunk.bytes.data(), chunk.bytes.size());
    pieces[n + 1] = deflateRuns(chunk.bytes, sampleBytes);
    if (pieces[n + 1].empty()) pieces[n + 1] = deflateAny(chunk.bytes);
    if (pieces[n + 1].empty()) isWhole = false;
  });
  if (!isWhole) return noMemory();
  std::uint32_t crc = 0;
  for (const Chunk& chunk : chunks) crc = std::uint32_t(crc32_combine(crc, chunk.crc, z_off_t(chunk.bytes.size())));
  std::vector<std::byte>& end = pieces.back();
  end = {std::byte{3}, std::byte{0}};
  putLittle32(end, crc);
  putLittle32(end, std::uint32_t(head.size() + samples.size()));
  return pieces;
}

Result<Pieces> wholePiece(std::span<const std::byte> head, std::span<const std::byte> samples) {
  const std::size_t size = head.size() + samples.size();
  std::shared_ptr<std::byte[]> joined;
  std::span<const std::byte> bytes = samples;
  if (!head.empty()) {
    auto memory = runtime::allocateBytes(size);
    if (!memory) return memory.error();
    joined = std::move(*memory);
    std::memcpy(joined.get(), head.data(), head.size());
    std::memcpy(joined.get() + head.size(), samples.data(), samples.size());
    bytes = {joined.get(), size};
  }
  const std::unique_ptr<libdeflate_compressor, CompressorCloser> compressor(libdeflate_alloc_compressor(kLevel));
  if (!compressor) return noMemory();
  const std::size_t bound = libdeflate_gzip_compress_bound(compressor.get(), size);
  auto packed = runtime::allocateBytes(bound);
  if (!packed) return packed.error();
  const std::size_t done = libdeflate_gzip_compress(compressor.get(), bytes.data(), size, packed->get(), bound);
  if (done == 0) return Error{ErrorCode::TooLarge, "the volume cannot be compressed", "", ""};
  Pieces pieces;
  pieces.emplace_back(packed->get(), packed->get() + done);
  return pieces;
}

}  // namespace

Result<Pieces> gzipPieces(std::span<const std::byte> head, std::span<const std::byte> samples,
                          std::size_t sampleBytes) {
  if (sampleBytes >= 1 && sampleBytes <= 8 && areMostlyRuns(samples, sampleBytes)) {
    return runPieces(head, samples, sampleBytes);
  }
  return wholePiece(head, samples);
}

}  // namespace fiducial::media
