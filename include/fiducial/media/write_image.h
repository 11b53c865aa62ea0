// Pictures and volumes to files: PNG and NIfTI / NRRD.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "fiducial/core/affine.h"
#include "fiducial/core/result.h"
#include "fiducial/core/scalar_buffer.h"

namespace fiducial::media {

struct PngOptions {
  int compression = 1;                                    ///< level, 0 to 9; the same bytes for the same picture
  std::vector<std::pair<std::string, std::string>> text;  ///< tEXt chunks
};
/// A whole file: gray 8 or 16 bits (signed 16: plus 2^15), RGB or RGBX 8 or 16 bits (X is left out). The same bytes for
/// the same picture, on every machine. Errors: Invalid for other pictures. Thread: any; pure.
[[nodiscard]] Result<std::vector<std::byte>> encodePng(const ScalarBuffer& picture, const PngOptions& options = {});
/// The same at `path`. Atomic.
[[nodiscard]] Status writePng(const std::filesystem::path& path, const ScalarBuffer& picture,
                              const PngOptions& options = {});

struct VolumeFileOptions {
  double slope = 1;  ///< written as scl_slope / scl_inter; 1 and 0 for values that need none
  double intercept = 0;
  bool hasGeometry = true;
  int times = 1;            ///< slices of `values` are times * (slices / times), time slowest
  double frameSeconds = 0;  ///< pixdim[4]
  bool isLabelMap = false;  ///< intent 1002, never scaled
  std::string description{};
};
/// By the extension of `path`: .nii, .nii.gz or .nrrd. `affine` is voxel to LPS; RAS is made here and nowhere else.
/// Gray in its own type, 3 components as RGB24. Deterministic (gzip mtime 0). Atomic.
[[nodiscard]] Status writeVolume(const std::filesystem::path& path, const ScalarBuffer& values, const Affine& affine,
                                 const VolumeFileOptions& options = {});

}  // namespace fiducial::media
