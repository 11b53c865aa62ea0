// Deflate for label maps: what repeats becomes matches at once, and nothing else is looked for. A search for matches is
// what deflate's time goes into, and in labels there is little to be found but runs. Source: RFC 1951.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace fiducial::media {

/// What a run-length code is worth it for: at most a token for this many bytes.
inline constexpr std::size_t kBytesAToken = 8;

/// Tokens (literals and runs) that deflateRuns() would need, counted up to `limit`. `period`: bytes of a voxel, 1 to 8.
[[nodiscard]] std::size_t countRunTokens(std::span<const std::byte> bytes, std::size_t period, std::size_t limit);

/// One deflate block and an empty one that fills the last byte; not the last of a stream, so that pieces made on
/// several threads stand one behind the other. Nothing where there are more tokens than kBytesAToken allows.
[[nodiscard]] std::optional<std::vector<std::byte>> deflateRuns(std::span<const std::byte> bytes, std::size_t period);

}  // namespace fiducial::media
