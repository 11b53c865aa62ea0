// What media are at a file or folder: series grouped and sorted by geometry, videos, images, volumes; no pixels read.
// Source of DICOM grouping and order: PS3.3 C.7.6.2.1.1 (Image Position and Orientation (Patient)).
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "fiducial/core/medium.h"
#include "fiducial/core/result.h"
#include "fiducial/runtime/progress.h"

namespace fiducial::media {

/// Enough to open a medium: its description and where its bytes are.
struct MediumLocation {
  MediumInfo info;
  std::filesystem::path path;                ///< the file, or the folder that holds `files`
  std::vector<std::filesystem::path> files;  ///< absolute; in stored order (slices ascending); one for single files
};
struct FoundMedium {
  std::string name;  ///< file stem, or the series description / folder name; unique within one listing
  MediumLocation location;
};
struct SkippedFile {
  std::filesystem::path path;
  std::string reason;  ///< a sentence a user understands
};
struct MediaListing {
  std::vector<FoundMedium> media;    ///< ordered by path, then series
  std::vector<SkippedFile> skipped;  ///< files that looked like media or were named, and why they cannot be used
};
struct FindOptions {
  runtime::Progress progress;
};

/// A folder is searched with its subfolders. Errors: NotFound, Unreadable, NotMedia (a single file that is nothing we
/// read), Damaged; a folder without media gives an empty listing. Thread: any; looks at `stop` once a file.
[[nodiscard]] Result<MediaListing> findMedia(const std::filesystem::path& path, const FindOptions& options = {},
                                             std::stop_token stop = {});

/// Identity (docs/architecture.md): XXH3-128 and size of a file's bytes; of a DICOM series the hash of its sorted
/// (SOP Instance UID, size) pairs.
struct MediumIdentity {
  std::string hash;
  std::int64_t sizeBytes = 0;
};
[[nodiscard]] Result<MediumIdentity> identify(const MediumLocation& location, std::stop_token stop = {},
                                              const runtime::Progress& progress = {});

}  // namespace fiducial::media
