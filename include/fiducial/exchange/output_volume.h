// A volume, image or cine with its gray values in output units: what `convert` and the volume datasets write.
// Source of the modality LUT: DICOM PS3.3 C.11.1.
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "fiducial/core/medium.h"
#include "fiducial/core/result.h"
#include "fiducial/core/scalar_buffer.h"
#include "fiducial/media/find_media.h"
#include "fiducial/runtime/progress.h"

namespace fiducial::exchange {

/// Frame: stored order, i = column, j = row, k ascending along row x column; MONOCHROME1 is not inverted.
/// Shape: `values` has slices * times planes, time slowest. Gray is in output units (an integral rescale of integers
/// stays integer, in the first of own type, int16, uint16, int32, int64 that holds all values; else float32), colour is
/// RGB 8 bits.
struct OutputVolume {
  MediumInfo info;
  ScalarBuffer values;
  int times = 1;  ///< a cine's frames are its times, each of one slice
  double frameSeconds = 0;
  std::vector<std::string> warnings;
};
/// Errors: those of media::openVolume and load; Unsupported for a video. Thread: any; works on all cores.
[[nodiscard]] Result<OutputVolume> readOutputVolume(const media::MediumLocation& location, std::stop_token stop = {},
                                                    const runtime::Progress& progress = {});
/// .nii, .nii.gz or .nrrd by the extension; atomic; the same bytes for the same volume.
[[nodiscard]] Status writeOutputVolume(const std::filesystem::path& path, const OutputVolume& volume);

}  // namespace fiducial::exchange
