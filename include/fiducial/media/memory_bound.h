// How much memory the voxels of a volume may take; those beyond it lie in a file and are read again when looked at.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace fiducial::media {

/// Bytes. A volume (one time point) larger than this lies in a temporary file that is mapped: its slices are dropped
/// from memory beyond the bound and come back when they are read. Readers notice nothing but the time that takes.
/// At the start: the environment variable FIDUCIAL_MEMORY_BOUND ("3G", "800M", bytes), else 40 % of the machine's
/// memory. Thread: any; holds for volumes loaded afterwards.
[[nodiscard]] std::int64_t memoryBound();
void setMemoryBound(std::int64_t bytes);

/// "800M", "3G", "1000000": nothing where it is no positive size.
[[nodiscard]] std::optional<std::int64_t> parseSize(std::string_view text);

}  // namespace fiducial::media
