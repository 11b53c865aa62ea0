// zstd over whole small pieces: masks, bricks, parts of history, caches.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace fiducial::project {

[[nodiscard]] std::string compress(std::string_view bytes);
/// Nothing if it is not zstd, is damaged, or would be larger than `limitBytes`.
[[nodiscard]] std::optional<std::string> decompress(std::string_view bytes, std::size_t limitBytes);

}  // namespace fiducial::project
