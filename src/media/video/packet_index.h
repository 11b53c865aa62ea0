// The packets of a video stream in the order of the file, found in one pass without decoding.
#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <vector>

#include "fiducial/core/rational.h"
#include "fiducial/core/result.h"
#include "fiducial/runtime/progress.h"
#include "video/video_input.h"

namespace fiducial::media::video {

/// FFmpeg's AV_NOPTS_VALUE: the file does not say when.
inline constexpr Timestamp kNoTimestamp = AV_NOPTS_VALUE;

struct IndexedPacket {
  Timestamp pts = kNoTimestamp;
  Timestamp dts = kNoTimestamp;
  std::int64_t position = -1;     ///< byte in the file; -1 where the demuxer does not know
  std::int32_t size = 0;          ///< bytes
  std::uint32_t fingerprint = 0;  ///< of the packet's first and last bytes: tells where a seek landed
  bool isKey = false;
  bool isHidden = false;  ///< before the start of an edit list: decoded, not shown
  friend bool operator==(const IndexedPacket&, const IndexedPacket&) = default;
};

struct PacketIndex {
  std::vector<IndexedPacket> packets;
  Timestamp lastDuration = 0;  ///< of the last packet; 0 where the file does not say
  bool endsEarly = false;      ///< reading broke off, or the file's own index points behind its end
  std::int64_t announced = 0;  ///< packets in the file's own index where it ends early; 0 where it does not say
  friend bool operator==(const PacketIndex&, const PacketIndex&) = default;
};

[[nodiscard]] std::uint32_t fingerprintOf(const AVPacket& packet);

/// Reads `input` from where it stands (its beginning) to its end. Errors: Cancelled, Damaged (not one packet).
[[nodiscard]] Result<PacketIndex> indexPackets(VideoInput& input, std::stop_token stop,
                                               const runtime::Progress& progress);

/// Finds packets of the index by their contents, to learn where a seek has landed.
class PacketLookup {
 public:
  explicit PacketLookup(const PacketIndex& index);
  /// The ordinal of the packet in the index; of several alike the one at its position, else the nearest to `expected`.
  [[nodiscard]] std::optional<std::uint32_t> find(const AVPacket& packet, std::uint32_t expected) const;
  [[nodiscard]] bool isAt(const AVPacket& packet, std::uint32_t ordinal) const;

 private:
  struct Entry {
    std::uint64_t key;
    std::uint32_t ordinal;
  };
  const PacketIndex& index_;
  std::vector<Entry> entries_;  ///< sorted by key, then ordinal
};

}  // namespace fiducial::media::video
