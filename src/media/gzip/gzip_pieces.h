// One gzip member made on all cores. Source: RFC 1952.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "fiducial/core/result.h"

namespace fiducial::media {

/// Shape:  the pieces, one behind the other, are one gzip member of `head` and then `samples`; modification time 0, and
///         the same bytes for the same input, however many cores there are.
/// Owner:  `head` and `samples` are only read; `sampleBytes` (1 to 8) is the size of a voxel of theirs.
/// Errors: TooLarge where memory is refused.
/// Thread: any; works on all cores where the samples are mostly runs, else on one.
[[nodiscard]] Result<std::vector<std::vector<std::byte>>> gzipPieces(std::span<const std::byte> head,
                                                                     std::span<const std::byte> samples,
                                                                     std::size_t sampleBytes);

}  // namespace fiducial::media
