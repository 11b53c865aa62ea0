// A video stream as a sequence of pictures, each with the ordinal of the packet it comes from.
#pragma once

#include <cstdint>
#include <optional>

#include "video/packet_reader.h"
#include "video/picture_buffers.h"

namespace fiducial::media::video {

struct DecodedPicture {
  FrameHandle frame;         ///< pts is the packet's ordinal, not a time
  std::uint32_t packet = 0;  ///< ordinal
  int repeat = 0;            ///< 0 for the first picture of that packet
};

/// Owner: borrows input and index, which must outlive it. Thread: one at a time; decodes on two threads of its own.
class StreamDecoder {
 public:
  /// Errors: Unsupported, Damaged.
  static Result<std::unique_ptr<StreamDecoder>> open(VideoInput& input, const PacketIndex& index);

  /// The next picture comes from packet `ordinal` (a key packet) or later. Errors: Damaged, Cancelled.
  [[nodiscard]] Status start(std::uint32_t ordinal);
  /// In the order shown; nothing at the end. Errors: Cancelled. Damaged packets are left out.
  [[nodiscard]] Result<std::optional<DecodedPicture>> next();
  /// Packets given to the decoder since start(): all before this ordinal.
  [[nodiscard]] std::uint32_t fedUpTo() const { return fed_; }
  /// Packets and pictures that the decoder has complained of since it was opened.
  [[nodiscard]] int damaged() const { return damaged_; }

 private:
  StreamDecoder(VideoInput& input, const PacketIndex& index) : reader_(input, index), packet_(av_packet_alloc()) {}
  [[nodiscard]] Status feed();
  [[nodiscard]] DecodedPicture numbered(FrameHandle frame);

  PacketReader reader_;
  std::shared_ptr<PictureBuffers> buffers_ = PictureBuffers::make();
  CodecHandle codec_;
  PacketHandle packet_;
  std::uint32_t fed_ = 0;
  std::optional<std::uint32_t> lastPacket_;
  int repeat_ = 0;
  int damaged_ = 0;
  bool draining_ = false;
};

}  // namespace fiducial::media::video
