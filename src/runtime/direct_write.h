// Large writes past the page cache: a file that is synced before it is renamed gains nothing from a second copy of its
// bytes in memory, and the first touch of that memory costs more than the disk does.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>

namespace fiducial::runtime {

inline constexpr std::size_t kDirectFromBytes = std::size_t{16} << 20;  ///< below, the page cache is as fast
inline constexpr std::size_t kDirectAlignment = 4096;                   ///< of offsets, sizes and memory

/// Writes the whole blocks of `bytes` into the existing file at `offset` (a multiple of kDirectAlignment), on all
/// cores. The answer is how many bytes from the front were written: a multiple of kDirectAlignment, and 0 where the
/// file system cannot or does not want to; the caller writes the rest as usual and meets the reason there.
[[nodiscard]] std::size_t writeDirect(const std::filesystem::path& path, std::int64_t offset,
                                      std::span<const std::byte> bytes);

}  // namespace fiducial::runtime
