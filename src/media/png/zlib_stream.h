// A zlib stream made of prefix codes and runs of one byte: what the filtered rows of pictures need and no more,
// several times faster than a search for matches and about as small. The same bytes on every machine, whatever zlib it
// has. Source: RFC 1950 and RFC 1951.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace fiducial::media::png {

/// The whole stream, header and checksum included. Thread: any; pure.
[[nodiscard]] std::vector<std::byte> zlibStream(std::span<const std::byte> bytes);

}  // namespace fiducial::media::png
