// Media of a project: adding files and folders to it, opening what it refers to, finding moved ones again.
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "fiducial/core/edit.h"
#include "fiducial/core/result.h"
#include "fiducial/media/find_media.h"
#include "fiducial/media/frame_source.h"
#include "fiducial/project/project.h"
#include "fiducial/runtime/progress.h"

namespace fiducial::exchange {

struct AddReport {
  std::vector<MediumId> media;     ///< added, or already there (same hash)
  std::vector<std::string> names;  ///< of them
  std::vector<media::SkippedFile> skipped;
  std::vector<std::string> warnings;
};
/// Finds media, hashes them, and puts them in with their subjects and studies as one edit. Names are made unique; paths
/// are stored relative to the project's folder where both lie on one file system root.
[[nodiscard]] Result<AddReport> addMedia(project::Project& project, std::span<const std::filesystem::path> paths,
                                         const runtime::Progress& progress = {}, std::stop_token stop = {});

/// Where the bytes of a project's medium are now. Errors: NotFound naming the file and "Locate...".
[[nodiscard]] Result<media::MediumLocation> locationOf(const project::Project& project, const Medium& medium);

/// Points a missing medium at `path` (a file, or a folder to search); the hash must be the same. One edit for all
/// missing media that are found there. Errors: NotFound when none matches.
[[nodiscard]] Result<AddReport> locateMedia(project::Project& project, const std::filesystem::path& path,
                                            std::stop_token stop = {});

/// The kind under which a video's packet index is kept in the project (Project::cachedBlob).
inline constexpr std::string_view kPacketIndexBlob = "packet_index";
/// Frames of a project's video, cine or image, with the packet index stored when it was added. Errors: as locationOf()
/// and media::openFrames().
[[nodiscard]] Result<std::unique_ptr<media::FrameSource>> openProjectFrames(const project::Project& project,
                                                                            const Stored<Medium>& medium,
                                                                            std::stop_token stop = {});

struct MediaCheck {
  std::vector<std::string> problems;  ///< files that vanished, changed or cannot be read
  std::vector<std::string> missing;   ///< media that the project has not located yet: known, no damage
};
/// `verify`'s part on referenced files: they are there, same size and hash.
[[nodiscard]] Result<MediaCheck> verifyMedia(const project::Project& project, std::stop_token stop = {});

}  // namespace fiducial::exchange
