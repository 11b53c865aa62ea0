// Single frames of a video, cine or image by exact number.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "fiducial/core/medium.h"
#include "fiducial/core/overlay_plane.h"
#include "fiducial/core/rational.h"
#include "fiducial/core/result.h"
#include "fiducial/core/scalar_buffer.h"
#include "fiducial/media/find_media.h"
#include "fiducial/runtime/progress.h"

namespace fiducial::media {

/// One picture, upright. Pixels: 1 component (gray, stored values), 3 (RGB) or 4 (RGBX, the fourth ignored); colour is
/// 8 or 16 bits a component.
struct Frame {
  int index = 0;
  Timestamp pts = 0;
  ScalarBuffer pixels;
  std::string planeHash;               ///< hash of the decoder's planes (32 hex digits) where asked for, else empty
  std::vector<OverlayPlane> graphics;  ///< of the file, over this picture
};

struct FrameOptions {
  bool wantPlaneHash = false;
  /// Pictures that a video decodes on the way to this one stay in its cache, for stepping back. Not worth their memory
  /// where frames are read once, or upwards.
  bool keepOnTheWay = true;
};

/// Thread: frame() from any thread, one call at a time (it locks); the rest is immutable.
class FrameSource {
 public:
  virtual ~FrameSource() = default;
  [[nodiscard]] virtual const MediumInfo& info() const = 0;
  [[nodiscard]] virtual int frameCount() const = 0;
  /// Frame n in display order. Errors: OutOfRange, Damaged (that frame cannot be decoded), Cancelled.
  [[nodiscard]] virtual Result<std::shared_ptr<const Frame>> frame(int n, std::stop_token stop = {},
                                                                   FrameOptions options = {}) = 0;
  /// Presentation time in info().timeBase; for cines built from frame times in milliseconds.
  [[nodiscard]] virtual Timestamp pts(int n) const = 0;
  /// The frame to decode from to reach n.
  [[nodiscard]] virtual int keyframeAtOrBefore(int n) const { return n; }
  /// True when frame(n) would answer without decoding.
  [[nodiscard]] virtual bool isCached(int) const { return true; }
  /// The packet index, for storing in the project; empty for families without one.
  [[nodiscard]] virtual std::vector<std::byte> serialisedIndex() const { return {}; }
};

/// Opens a video, cine or image (an index saved earlier spares the demux pass; one that does not fit is ignored).
[[nodiscard]] Result<std::unique_ptr<FrameSource>> openFrames(const MediumLocation& location,
                                                              std::span<const std::byte> savedIndex = {},
                                                              std::stop_token stop = {},
                                                              const runtime::Progress& progress = {});

}  // namespace fiducial::media
