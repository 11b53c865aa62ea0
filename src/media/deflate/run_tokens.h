// Bytes as literals and runs: what label maps and the filtered rows of pictures are made of. A search for any other
// match is what deflate's time goes into, and there it finds little more.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace fiducial::media {

/// A token below it is a byte as it is, one above it a run of so many bytes more than it says.
inline constexpr std::uint32_t kRunToken = 256;

/// What counts as a run.
struct RunRule {
  std::size_t period = 1;    ///< a run repeats what stands so many bytes before it: the bytes of a sample, 1 to 8
  std::size_t shortest = 3;  ///< bytes; deflate knows none below 3
};

/// The tokens of bytes[first..end), whose runs may refer to what stands before `first`; it stops after `most` of them.
[[nodiscard]] std::vector<std::uint32_t> runTokens(std::span<const std::byte> bytes, std::size_t first, std::size_t end,
                                                   RunRule rule, std::size_t most);

/// How many there are in all of `bytes`, counted up to `most`.
[[nodiscard]] std::size_t countRunTokens(std::span<const std::byte> bytes, RunRule rule, std::size_t most);

}  // namespace fiducial::media
