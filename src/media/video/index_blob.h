// A video's index as the bytes a project stores: versioned, compressed, bound to the file it was made from.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "video/packet_index.h"
#include "video/picture_table.h"

namespace fiducial::media::video {

struct VideoIndex {
  PacketIndex packets;
  PictureTable pictures;
  int damaged = 0;  ///< packets and pictures the decoder complained of while confirming
};

/// `sampleHash` as of VideoBytes.
[[nodiscard]] std::vector<std::byte> packIndex(const VideoIndex& index, std::string_view sampleHash);
/// Nothing where the bytes are damaged, of another version or of another file. Never fails on any input.
[[nodiscard]] std::optional<VideoIndex> unpackIndex(std::span<const std::byte> blob, std::string_view sampleHash);
/// True where the blob says that its pictures were confirmed by decoding (its contents are not checked).
[[nodiscard]] bool saysConfirmed(std::span<const std::byte> blob);

}  // namespace fiducial::media::video
