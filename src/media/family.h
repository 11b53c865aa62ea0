// A media family: how one group of file formats is recognised, listed and opened. One folder and one line in
// registry.cpp each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <stop_token>
#include <string_view>
#include <vector>

#include "fiducial/core/result.h"
#include "fiducial/media/find_media.h"
#include "fiducial/media/frame_source.h"
#include "fiducial/media/volume_source.h"
#include "fiducial/runtime/progress.h"

namespace fiducial::media {

/// The beginning of a file: at most kHeadBytes of it.
struct FileHead {
  std::filesystem::path path;
  std::int64_t sizeBytes = 0;
  std::span<const std::byte> bytes;

  [[nodiscard]] bool startsWith(std::string_view magic, std::size_t at = 0) const;
  /// The extension in lower case with its dot: ".dcm"; ".nii.gz" and ".seg.nrrd" count as ".gz" and ".nrrd".
  [[nodiscard]] std::string extension() const;
};
inline constexpr std::size_t kHeadBytes = 8192;

/// How sure a family is that a file is its own. The surest family is asked first.
enum class Certainty : std::uint8_t {
  No,
  Extension,  ///< only the name says so
  Likely,     ///< the bytes fit, but other formats begin like this too
  Certain,    ///< a signature
};

/// What a family keeps of one file between the two passes over a folder.
struct Examined {
  virtual ~Examined() = default;
};
/// The usual case: each file is its own media, whatever lies beside it.
struct OwnMedia final : Examined {
  std::vector<FoundMedium> media;
};

struct ExaminedFile {
  std::filesystem::path path;
  std::int64_t sizeBytes = 0;
  std::shared_ptr<const Examined> examined;
};

struct Family {
  std::string_view name;

  /// From the head alone, without reading. Thread: any.
  Certainty (*sniff)(const FileHead& head) = nullptr;

  /// Describes one file; runs in parallel over a folder's files. An error becomes a skipped file (or the answer, where
  /// the file was named). `alone` is true where this one file was asked for. FoundMedium::name is the file's stem.
  Result<std::shared_ptr<const Examined>> (*examine)(const FileHead& head, bool alone, std::stop_token stop) = nullptr;

  /// Groups all examined files of a folder into media. Null: every Examined is an OwnMedia.
  void (*list)(std::span<const ExaminedFile> files, MediaListing& listing) = nullptr;

  /// True for media that this family found (by info().format, or kind).
  bool (*opens)(const MediumInfo& info) = nullptr;

  /// Null: opened through openFrames as one slice or a stack over time.
  Result<std::unique_ptr<VolumeSource>> (*openVolume)(const MediumLocation& location) = nullptr;

  /// Null: opened through openVolume, a slice a frame.
  Result<std::unique_ptr<FrameSource>> (*openFrames)(const MediumLocation& location,
                                                     std::span<const std::byte> savedIndex, std::stop_token stop,
                                                     const runtime::Progress& progress) = nullptr;

  /// Null: the hash of each file's bytes (docs/architecture.md, "Medium identity").
  Result<MediumIdentity> (*identify)(const MediumLocation& location, std::stop_token stop,
                                     const runtime::Progress& progress) = nullptr;
};

}  // namespace fiducial::media
