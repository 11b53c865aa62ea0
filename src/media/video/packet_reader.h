// Packets by their ordinal in the index: seeks to a key packet, and proves by contents where it landed.
#pragma once

#include <cstdint>
#include <optional>

#include "video/packet_index.h"
#include "video/video_input.h"

namespace fiducial::media::video {

/// Owner: borrows input and index, which must outlive it. Thread: one at a time.
class PacketReader {
 public:
  PacketReader(VideoInput& input, const PacketIndex& index);

  /// The next next() gives packet `ordinal`. Errors: Damaged, Cancelled.
  [[nodiscard]] Status seek(std::uint32_t ordinal);
  /// The ordinal of the packet put into `packet`; nothing at the end. Errors: Cancelled.
  [[nodiscard]] Result<std::optional<std::uint32_t>> next(AVPacket* packet);
  /// The ordinal that next() gives; nothing where it is not known.
  [[nodiscard]] std::optional<std::uint32_t> upcoming() const { return held_ ? held_ : expected_; }

 private:
  enum class Way { ByTime, ByTimeOfEarlierKey, ByPosition, FromStart };
  [[nodiscard]] Result<bool> jump(Way way, std::uint32_t ordinal);
  [[nodiscard]] Result<bool> readUpTo(std::uint32_t ordinal);
  [[nodiscard]] bool seeksByPosition() const;
  bool seekTime(std::uint32_t ordinal);
  bool seekPosition(std::uint32_t ordinal);

  VideoInput& input_;
  const PacketIndex& index_;
  PacketLookup lookup_;
  PacketHandle holding_;                   ///< the packet a seek ended on
  std::optional<std::uint32_t> held_;      ///< its ordinal
  std::optional<std::uint32_t> expected_;  ///< the ordinal the demuxer gives next, where known
  std::uint32_t target_ = 0;
};

}  // namespace fiducial::media::video
