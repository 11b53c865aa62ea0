// MPEG-2, H.264 and HEVC inside DICOM: the stream is taken out and read like a video file.
#pragma once

#include <memory>
#include <span>
#include <stop_token>

#include "fiducial/media/frame_source.h"
#include "image_file.h"

namespace fiducial::media::dicom {

[[nodiscard]] bool isVideo(const ImageFile& file);
/// Its info() is the video's with the patient and series of the DICOM header. Errors: Damaged, Unsupported, Cancelled.
[[nodiscard]] Result<std::unique_ptr<FrameSource>> openVideo(const std::shared_ptr<const ImageFile>& file,
                                                             std::span<const std::byte> savedIndex,
                                                             std::stop_token stop, const runtime::Progress& progress);

}  // namespace fiducial::media::dicom
