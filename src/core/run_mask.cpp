#include "fiducial/core/run_mask.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <string>

#include "fiducial/core/bit_block.h"

namespace fiducial {
namespace {

constexpr int kStrip = 64;  ///< columns that are turned at a time

/// Collects runs from words of column bits; positions count column-major pixels.
class RunWriter {
 public:
  /// `count` bits that follow what was given so far.
  void append(std::uint64_t bits, int count) {
    int done = 0;
    while (done < count) {
      const std::uint64_t differing = (current_ ? ~bits : bits) >> done;
      const int same = differing == 0 ? count - done : std::min(std::countr_zero(differing), count - done);
      length_ += static_cast<std::uint32_t>(same);
      done += same;
      if (done < count) close();
    }
  }
  std::vector<std::uint32_t> finish() {
    counts_.push_back(length_);
    return std::move(counts_);
  }

 private:
  void close() {
    counts_.push_back(length_);
    length_ = 0;
    current_ = !current_;
  }
  std::vector<std::uint32_t> counts_;
  std::uint32_t length_ = 0;
  bool current_ = false;
};

/// Calls f(column, firstRow, endRow) for each piece of foreground inside one column, in order.
template <class F>
void forEachColumnPiece(const RunMask& mask, F&& f) {
  const std::int64_t rows = mask.size.rows;
  std::int64_t position = 0;
  for (std::size_t n = 0; n < mask.counts.size(); ++n) {
    const std::int64_t end = position + mask.counts[n];
    if (n % 2 == 1) {
      for (std::int64_t p = position; p < end;) {
        const std::int64_t column = p / rows;
        const std::int64_t pieceEnd = std::min(end, (column + 1) * rows);
        f(static_cast<int>(column), static_cast<int>(p - column * rows), static_cast<int>(pieceEnd - column * rows));
        p = pieceEnd;
      }
    }
    position = end;
  }
}

/// Bits [first, end) of a word string, set.
void setBits(std::span<std::uint64_t> words, int first, int end) {
  while (first < end) {
    const int bit = first % 64;
    const int count = std::min(64 - bit, end - first);
    const std::uint64_t ones = count == 64 ? ~0ULL : (1ULL << count) - 1;
    words[static_cast<std::size_t>(first / 64)] |= ones << bit;
    first += count;
  }
}

/// Column bits of up to 64 columns: `words` for each column, row r is bit r % 64 of word r / 64.
struct ColumnStrip {
  explicit ColumnStrip(int rows) : wordsPerColumn(static_cast<std::size_t>((rows + 63) / 64)) {
    words.resize(wordsPerColumn * kStrip);
  }
  std::span<std::uint64_t> column(int c) {
    return std::span(words).subspan(static_cast<std::size_t>(c) * wordsPerColumn, wordsPerColumn);
  }
  std::size_t wordsPerColumn;
  std::vector<std::uint64_t> words;
};

void readStrip(const std::uint8_t* pixels, ImageSize size, int firstColumn, int columns, ColumnStrip& strip) {
  BitBlock block;
  for (std::size_t w = 0; w < strip.wordsPerColumn; ++w) {
    const int firstRow = static_cast<int>(w) * 64;
    const int rows = std::min(64, size.rows - firstRow);
    std::uint64_t any = 0;
    for (int r = 0; r < rows; ++r) {
      const auto offset = static_cast<std::size_t>(firstRow + r) * static_cast<std::size_t>(size.columns);
      block[static_cast<std::size_t>(r)] =
          nonZeroBits(pixels + offset + static_cast<std::size_t>(firstColumn), columns);
      any |= block[static_cast<std::size_t>(r)];
    }
    std::fill(block.begin() + rows, block.end(), 0);
    if (any != 0) transpose(block);
    for (int c = 0; c < columns; ++c) strip.column(c)[w] = block[static_cast<std::size_t>(c)];
  }
}

void writeStrip(ColumnStrip& strip, ImageSize size, int firstColumn, int columns, std::uint8_t* pixels) {
  BitBlock block;
  for (std::size_t w = 0; w < strip.wordsPerColumn; ++w) {
    std::uint64_t any = 0;
    for (int c = 0; c < kStrip; ++c) {
      block[static_cast<std::size_t>(c)] = strip.column(c)[w];
      any |= block[static_cast<std::size_t>(c)];
    }
    if (any == 0) continue;  // the bytes are 0 already
    transpose(block);
    const int firstRow = static_cast<int>(w) * 64;
    const int rows = std::min(64, size.rows - firstRow);
    for (int r = 0; r < rows; ++r) {
      const auto offset = static_cast<std::size_t>(firstRow + r) * static_cast<std::size_t>(size.columns);
      spreadBits(block[static_cast<std::size_t>(r)], pixels + offset + static_cast<std::size_t>(firstColumn), columns);
    }
  }
}

}  // namespace

Status check(const RunMask& mask) {
  if (mask.size.columns <= 0 || mask.size.rows <= 0)
    return Error{ErrorCode::Invalid, "a mask needs a positive size", {}, {}};
  if (mask.size.pixels() > std::numeric_limits<std::uint32_t>::max()) {
    return Error{ErrorCode::Invalid, "a mask has at most 4294967295 pixels", {}, {}};
  }
  std::int64_t sum = 0;  // cannot overflow: fewer than 2^31 runs of less than 2^32
  for (const std::uint32_t count : mask.counts) sum += count;
  if (sum == mask.size.pixels()) return {};
  return Error{ErrorCode::Invalid,
               "the runs of a mask add up to " + std::to_string(sum) + ", its size has " +
                   std::to_string(mask.size.pixels()) + " pixels",
               {},
               {}};
}

RunMask encodeRuns(std::span<const std::uint8_t> pixels, ImageSize size) {
  RunWriter runs;
  ColumnStrip strip(size.rows);
  for (int first = 0; first < size.columns; first += kStrip) {
    const int columns = std::min(kStrip, size.columns - first);
    readStrip(pixels.data(), size, first, columns, strip);
    for (int c = 0; c < columns; ++c) {
      int left = size.rows;
      for (const std::uint64_t word : strip.column(c)) {
        runs.append(word, std::min(left, 64));
        left -= 64;
      }
    }
  }
  return {size, runs.finish()};
}

std::vector<std::uint8_t> decodeRuns(const RunMask& mask) {
  std::vector<std::uint8_t> pixels(static_cast<std::size_t>(mask.size.pixels()));
  ColumnStrip strip(mask.size.rows);
  int firstColumn = 0;
  bool used = false;
  const auto flush = [&] {
    if (!used) return;
    writeStrip(strip, mask.size, firstColumn, std::min(kStrip, mask.size.columns - firstColumn), pixels.data());
    std::ranges::fill(strip.words, 0);
    used = false;
  };
  forEachColumnPiece(mask, [&](int column, int firstRow, int endRow) {
    if (column >= firstColumn + kStrip) {
      flush();
      firstColumn = column / kStrip * kStrip;
    }
    setBits(strip.column(column - firstColumn), firstRow, endRow);
    used = true;
  });
  flush();
  return pixels;
}

std::int64_t area(const RunMask& mask) {
  std::int64_t sum = 0;
  for (std::size_t n = 1; n < mask.counts.size(); n += 2) sum += mask.counts[n];
  return sum;
}

std::optional<PixelRect> bounds(const RunMask& mask) {
  std::optional<PixelRect> rect;
  forEachColumnPiece(mask, [&](int column, int firstRow, int endRow) {
    if (!rect) rect = PixelRect{column, firstRow, column + 1, endRow};
    rect->right = column + 1;
    rect->top = std::min(rect->top, firstRow);
    rect->bottom = std::max(rect->bottom, endRow);
  });
  return rect;
}

bool contains(const RunMask& mask, ImagePoint point) {
  if (!mask.size.contains(point)) return false;
  const std::int64_t wanted = std::int64_t{static_cast<int>(point.x)} * mask.size.rows + static_cast<int>(point.y);
  std::int64_t end = 0;
  for (std::size_t n = 0; n < mask.counts.size(); ++n) {
    end += mask.counts[n];
    if (wanted < end) return n % 2 == 1;
  }
  return false;
}

}  // namespace fiducial
