#include "bit_runs.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace fiducial::media::dicom {
namespace {

/// The first position from `at` whose bit is `wanted`; `end` if there is none before.
std::int64_t nextBit(std::span<const std::byte> bytes, std::int64_t at, std::int64_t end, bool wanted) {
  while (at < end) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + at / 8, sizeof(word));  // little endian hosts, as all of this program's
    if (!wanted) word = ~word;
    word >>= at % 8;
    const int valid = 64 - int(at % 8);
    const int zeros = std::countr_zero(word);
    if (zeros < valid) return std::min(end, at + zeros);
    at += valid;
  }
  return end;
}

/// The first byte from `at` on that differs from that at `at`; `end` if there is none.
int endOfRun(const std::byte* line, int at, int end) {
  const std::uint64_t eight = std::to_integer<std::uint64_t>(line[at]) * 0x0101010101010101u;
  const std::byte value = line[at];
  for (; at + 8 <= end; at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, line + at, sizeof(word));
    if (word != eight) return at + std::countr_zero(word ^ eight) / 8;
  }
  while (at < end && line[at] == value) ++at;
  return at;
}

template <class ValueAt>
std::vector<SampleRun> runsOf(int rows, int columns, ValueAt valueAt) {
  std::vector<SampleRun> runs;
  for (int row = 0; row < rows; ++row) {
    const std::size_t start = std::size_t(row) * std::size_t(columns);
    int column = 0;
    while (column < columns) {
      const std::uint32_t value = valueAt(start + std::size_t(column));
      const int first = column++;
      while (column < columns && valueAt(start + std::size_t(column)) == value) ++column;
      if (value != 0) runs.push_back({row, first, column, value});
    }
  }
  return runs;
}

}  // namespace

std::vector<SampleRun> runsOfBits(std::span<const std::byte> bytes, int firstBit, int rows, int columns) {
  std::vector<SampleRun> runs;
  const std::int64_t end = firstBit + std::int64_t{rows} * columns;
  std::int64_t at = nextBit(bytes, firstBit, end, true);
  while (at < end) {
    const std::int64_t stop = nextBit(bytes, at, end, false);
    while (at < stop) {  // a run of bits goes on in the next row
      const auto row = int((at - firstBit) / columns);
      const std::int64_t rowStart = firstBit + std::int64_t{row} * columns;
      const std::int64_t rowStop = std::min(stop, rowStart + columns);
      runs.push_back({row, int(at - rowStart), int(rowStop - rowStart), 1});
      at = rowStop;
    }
    at = nextBit(bytes, at, end, true);
  }
  return runs;
}

std::vector<SampleRun> runsOfBytes(std::span<const std::byte> bytes, int rows, int columns) {
  std::vector<SampleRun> runs;
  for (int row = 0; row < rows; ++row) {
    const std::byte* const line = bytes.data() + std::size_t(row) * std::size_t(columns);
    for (int column = 0; column < columns;) {
      const int first = column;
      column = endOfRun(line, column, columns);
      if (line[first] != std::byte{0}) {
        runs.push_back({row, first, column, std::to_integer<std::uint32_t>(line[first])});
      }
    }
  }
  return runs;
}

std::vector<SampleRun> runsOfWords(std::span<const std::byte> bytes, bool bigEndian, int rows, int columns) {
  const std::size_t low = bigEndian ? 1 : 0;
  return runsOf(rows, columns, [&](std::size_t n) {
    return std::to_integer<std::uint32_t>(bytes[2 * n + low]) | std::to_integer<std::uint32_t>(bytes[2 * n + 1 - low])
                                                                    << 8U;
  });
}

}  // namespace fiducial::media::dicom
