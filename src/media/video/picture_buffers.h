// Memory for decoded pictures: slabs of huge pages, cut into pictures and used again, so that a cache of hundreds of
// pictures does not pay for the first touch of its pages over and over (docs/architecture.md, "How a frame travels").
#pragma once

#include <cstddef>
#include <memory>

#include "ffmpeg_handles.h"

namespace fiducial::media::video {

/// Shared by a decoder and all pictures it has made; lives until the last of them is gone. Thread: any.
class PictureBuffers : public std::enable_shared_from_this<PictureBuffers> {
 public:
  static std::shared_ptr<PictureBuffers> make();
  ~PictureBuffers();
  PictureBuffers(const PictureBuffers&) = delete;
  PictureBuffers& operator=(const PictureBuffers&) = delete;

  /// Makes `codec` take its picture memory here. Call before avcodec_open2.
  void serve(AVCodecContext* codec);

 private:
  struct State;
  PictureBuffers();
  static int getBuffer(AVCodecContext* codec, AVFrame* frame, int flags);
  static void giveBack(void* piece, std::uint8_t* data);
  [[nodiscard]] AVBufferRef* take(std::size_t sizeBytes);

  std::unique_ptr<State> state_;
};

/// Bytes that a decoded picture keeps in memory.
[[nodiscard]] std::size_t bytesOf(const AVFrame& frame);

}  // namespace fiducial::media::video
