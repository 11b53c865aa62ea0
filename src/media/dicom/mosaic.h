// Siemens mosaics: the slices of a volume as tiles of one picture.
// Source: Siemens MR DICOM conformance statements (private group 0019, CSA header 0029,1010); the place of the first
// tile as dcm2niix computes it.
#pragma once

#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "frame_values.h"

namespace fiducial::media::dicom {

/// Where the file is a mosaic: sets header.mosaic and a frame header with its own position for every tile.
void readMosaic(const DataSet& data, ImageHeader& header);

/// Reads frames and tiles. The tiles of one picture are cut from one decoded copy, which is kept until another picture
/// is asked for. Errors: as readFrame(). Thread: any; the others wait while a picture is decoded.
class TileReader {
 public:
  [[nodiscard]] Status read(const FrameRef& ref, const ValuePlan& plan, std::span<std::byte> out);

 private:
  using Picture = std::vector<std::byte>;
  [[nodiscard]] Result<std::shared_ptr<const Picture>> pictureOf(const FrameRef& ref, const ValuePlan& plan);

  std::mutex mutex_;
  std::shared_ptr<const ImageFile> file_;   // guarded by mutex_: whose picture it is
  std::shared_ptr<const Picture> picture_;  // guarded by mutex_
};

/// Columns and rows of the picture that `ref` is.
[[nodiscard]] ImageSize pictureSize(const FrameRef& ref);

}  // namespace fiducial::media::dicom
