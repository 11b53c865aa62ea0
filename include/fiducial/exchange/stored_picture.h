// One frame as a PNG that keeps the stored values: what `frame` and the picture datasets write.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "fiducial/core/result.h"
#include "fiducial/core/scalar_buffer.h"
#include "fiducial/media/find_media.h"
#include "fiducial/media/frame_source.h"
#include "fiducial/media/volume_source.h"

namespace fiducial::exchange {

/// A PNG. Colour as decoded (8 or 16 bits); gray of 8 bits as it is; deeper gray as 16 bits of the stored values,
/// signed ones plus 2^15; values beyond 16 bits scaled. What was done to them stands in a PNG text chunk, "Stored
/// values". Thread: any; pure.
[[nodiscard]] Result<std::vector<std::byte>> encodeStoredPicture(const ScalarBuffer& picture);
/// The same at `path`. Atomic.
[[nodiscard]] Status writeStoredPicture(const std::filesystem::path& path, const ScalarBuffer& picture);

/// Frames of any medium by number, with their times: slices of a volume (read whole at the first call), else decoded
/// one by one. Thread: one at a time.
class PictureReader {
 public:
  /// `savedIndex`: as in media::openFrames.
  static Result<PictureReader> open(const media::MediumLocation& location, std::span<const std::byte> savedIndex = {},
                                    std::stop_token stop = {});
  [[nodiscard]] const MediumInfo& info() const;
  /// Errors: OutOfRange beyond info().frames, Damaged, Cancelled.
  [[nodiscard]] Result<ScalarBuffer> picture(int frame, std::stop_token stop = {});
  /// In info().timeBase; 0 on volumes and images.
  [[nodiscard]] Timestamp pts(int frame) const;

 private:
  std::unique_ptr<media::FrameSource> frames_;
  std::unique_ptr<media::VolumeSource> slices_;
  std::shared_ptr<const media::Volume> volume_;
};

}  // namespace fiducial::exchange
