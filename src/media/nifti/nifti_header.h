// The NIfTI-1 and NIfTI-2 header, read into one form and written from ours. Source: nifti1.h, nifti2.h (NIH).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "fiducial/core/affine.h"
#include "fiducial/core/result.h"
#include "fiducial/core/scalar_buffer.h"
#include "fiducial/media/write_image.h"

namespace fiducial::media::nifti {

inline constexpr std::size_t kHeaderBytes1 = 348;
inline constexpr std::size_t kHeaderBytes2 = 540;

struct Header {
  int version = 1;
  bool isSwapped = false;  ///< the file's byte order is not ours
  bool isPair = false;     ///< values are in the .img beside it
  ScalarType scalar = ScalarType::UInt8;
  int components = 1;  ///< 3 for RGB24, 4 for RGBA32
  VolumeSize size;
  int times = 1;
  std::int64_t dataOffset = 0;
  double slope = 1;
  double intercept = 0;
  double low = 0;  ///< cal_min and cal_max; equal where not set
  double high = 0;
  double frameSeconds = 0;
  bool hasGeometry = false;
  Affine affine;  ///< voxel to LPS
  std::string description;
  std::vector<std::string> warnings;
};

/// True where the bytes begin like a NIfTI header, of either version and byte order.
[[nodiscard]] bool looksLikeHeader(std::span<const std::byte> bytes);

/// From at least kHeaderBytes1 bytes (kHeaderBytes2 for version 2). Errors: NotMedia, Damaged, Unsupported.
[[nodiscard]] Result<Header> parseHeader(std::span<const std::byte> bytes);

/// 352 bytes: header and empty extension flag. RAS is made here. Errors: Unsupported beyond 32767 voxels an axis.
[[nodiscard]] Result<std::vector<std::byte>> makeHeader(const ScalarBuffer& values, const Affine& lps,
                                                        const VolumeFileOptions& options);

}  // namespace fiducial::media::nifti
