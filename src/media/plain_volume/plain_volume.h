// A volume whose voxels lie one after the other in a file or several, plain or packed: what NIfTI, NRRD and MetaImage
// have in common.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "../family.h"
#include "../streams/byte_stream.h"
#include "fiducial/core/medium.h"
#include "fiducial/media/volume_source.h"

namespace fiducial::media {

struct PlainVolume {
  MediumInfo info;  ///< size, times, components and scalar say how many bytes there are
  std::filesystem::path path;
  std::int64_t offset = 0;  ///< of the first voxel, in the unpacked bytes
  Packing packing = Packing::Plain;
  std::int64_t packedStart = 0;  ///< where the packed bytes begin (NRRD: behind the text header)
  bool isSwapped = false;        ///< the file's byte order is not ours
  /// Where not empty: the files that hold the voxels one after the other, in place of `path`; `offset` is in each.
  std::vector<std::filesystem::path> parts;
  bool timeIsFastest = false;  ///< all times of a voxel lie together
};

/// Three or four values a voxel that nobody calls colours are, where they are unsigned bytes or words; others are
/// vectors.
[[nodiscard]] bool mayBeColour(ScalarType type);
/// Bytes of all time points; nothing where the number is absurd (over 2^60).
[[nodiscard]] std::int64_t dataBytes(const MediumInfo& info);
/// Refuses what the file cannot hold: plain data longer than the file, packed data that cannot become so many.
[[nodiscard]] Status checkPlainVolume(const PlainVolume& volume);
[[nodiscard]] std::unique_ptr<VolumeSource> plainVolumeSource(PlainVolume volume);

/// The volume as its family's one medium: `headerFile` and the files of its voxels.
[[nodiscard]] std::shared_ptr<const Examined> examinedVolume(std::string name, const std::filesystem::path& headerFile,
                                                             const PlainVolume& volume);

/// Of a text header in front of the voxels: the first bytes of the file, 1 MB at most (headers list slices, segments).
[[nodiscard]] Result<std::string> headerText(const std::filesystem::path& path);

/// Up to `limit` unpacked bytes from the beginning of a gzip file. Errors: Damaged, Unreadable.
[[nodiscard]] Result<std::vector<std::byte>> gzipHead(const std::filesystem::path& path, std::size_t limit);

}  // namespace fiducial::media
