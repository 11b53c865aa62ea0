// A 2D mask as run lengths down the columns, background first: what projects store and datasets exchange.
// Source: COCO mask API run-length encoding, shared in docs (formats: COCO, "RLE object").
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "fiducial/core/geometry.h"
#include "fiducial/core/result.h"

namespace fiducial {

/// Shape: `counts` alternate background and foreground runs, column-major (down each column, columns left to right),
/// background first (may be 0); they sum to size.pixels().
struct RunMask {
  ImageSize size;
  std::vector<std::uint32_t> counts;
  friend bool operator==(const RunMask&, const RunMask&) = default;
};

/// Errors: Invalid unless size is positive and the runs add up to it.
[[nodiscard]] Status check(const RunMask& mask);
/// `pixels` is row-major, one byte a pixel, non-zero is foreground; size().pixels() of them.
[[nodiscard]] RunMask encodeRuns(std::span<const std::uint8_t> pixels, ImageSize size);
/// Row-major, one byte a pixel, 0 or 1. The mask must have passed check().
[[nodiscard]] std::vector<std::uint8_t> decodeRuns(const RunMask& mask);
/// Number of foreground pixels.
[[nodiscard]] std::int64_t area(const RunMask& mask);
/// Smallest pixel rectangle that holds the foreground; nothing if there is none.
[[nodiscard]] std::optional<PixelRect> bounds(const RunMask& mask);
[[nodiscard]] bool contains(const RunMask& mask, ImagePoint point);

}  // namespace fiducial
