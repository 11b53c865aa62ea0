// A decoded picture as the pixels a frame has: upright, RGBX or 8-bit gray. And the hash of its planes.
#pragma once

#include <memory>
#include <string>

#include "ffmpeg_handles.h"
#include "fiducial/core/geometry.h"
#include "fiducial/core/result.h"
#include "fiducial/core/scalar_buffer.h"

struct SwsContext;

namespace fiducial::media::video {

/// How decoded pictures of a stream stand in the medium.
struct Presentation {
  ImageSize decoded;  ///< of the stream, before rotation; a picture of another size is scaled to it
  int rotation = 0;   ///< clockwise, 0, 90, 180 or 270
  bool gray = false;
};

class PictureConverter {
 public:
  explicit PictureConverter(Presentation presentation);
  ~PictureConverter();
  /// Errors: TooLarge, Unsupported. Thread: one at a time.
  [[nodiscard]] Result<ScalarBuffer> convert(const AVFrame& picture);

 private:
  [[nodiscard]] Status scale(const AVFrame& picture, std::uint8_t* pixels);
  Presentation presentation_;
  SwsContext* scaler_ = nullptr;
};

/// XXH3-128 of the visible samples of all planes, as decoded: 32 hex digits.
[[nodiscard]] std::string planeHash(const AVFrame& picture);
/// The first 64 bits of it.
[[nodiscard]] std::uint64_t shortHash(const std::string& planeHash);

/// True where the format has one plane of gray only.
[[nodiscard]] bool isGray(int pixelFormat);

}  // namespace fiducial::media::video
