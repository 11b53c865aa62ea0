#include "dicom_family.h"

#include <algorithm>
#include <set>

#include "../file_bytes.h"
#include "../frames_as_volume.h"
#include "dicom_sources.h"
#include "dicom_video.h"
#include "dicomdir.h"
#include "fiducial/runtime/content_hash.h"
#include "fiducial/runtime/thread_pool.h"
#include "group_series.h"

namespace fiducial::media {
namespace {

using dicom::ImageFile;
using FilePointer = std::shared_ptr<const ImageFile>;

struct ExaminedDicom final : Examined {
  FilePointer file;                   // null for a DICOMDIR
  std::optional<MediumInfo> video;    // where a video is inside
  dicom::FileSet set;                 // of a DICOMDIR
  std::vector<ExaminedFile> members;  // its files, where it was opened by itself
  std::vector<SkippedFile> skipped;
};

Certainty sniff(const FileHead& head) {
  if (head.startsWith("DICM", 128)) return Certainty::Certain;
  const std::string extension = head.extension();
  if (extension == ".dcm" || extension == ".dicom" || extension == ".ima") return Certainty::Extension;
  if (head.bytes.size() < 8) return Certainty::No;
  // Without a preamble: group 0002 or 0008, a low element number, and a type or a short length.
  const auto byte = [&](std::size_t at) { return std::to_integer<unsigned>(head.bytes[at]); };
  const bool isGroup = (byte(0) == 2 || byte(0) == 8) && byte(1) == 0 && byte(3) == 0;
  const bool isTyped = byte(4) >= 'A' && byte(4) <= 'Z' && byte(5) >= 'A' && byte(5) <= 'Z';
  const bool isShort = byte(5) < 2 && byte(6) == 0 && byte(7) == 0;
  const bool isBigGroup = byte(0) == 0 && byte(1) == 8 && byte(2) == 0;  // explicit big endian
  return (isGroup && (isTyped || isShort)) || (isBigGroup && isTyped) ? Certainty::Likely : Certainty::No;
}

Result<std::shared_ptr<const Examined>> examine(const FileHead& head, bool alone, std::stop_token stop);

/// One file of a DICOMDIR, as if it had been found in the folder.
Result<ExaminedFile> examineMember(const std::filesystem::path& path, std::stop_token stop) {
  auto file = FileBytes::open(path);
  if (!file) return file.error();
  std::vector<std::byte> bytes(kHeadBytes);
  auto got = file->read(0, bytes);
  if (!got) return got.error();
  auto examined = examine({path, file->sizeBytes(), std::span(bytes).first(*got)}, false, std::move(stop));
  if (!examined) return examined.error();
  return ExaminedFile{path, file->sizeBytes(), std::move(*examined)};
}

/// Found in a folder, its files are found there too: then only what is missing counts.
Result<std::shared_ptr<const Examined>> examineDirectory(const FileHead& head, bool alone, std::stop_token stop) {
  auto set = dicom::readFileSet(head.path);
  if (!set) return set.error();
  auto examined = std::make_shared<ExaminedDicom>();
  for (const std::string& name : set->missing) {
    examined->skipped.push_back({head.path.parent_path() / name, "the DICOMDIR lists it, but it is not there"});
  }
  if (alone) {
    std::vector<std::optional<Result<ExaminedFile>>> members(set->files.size());
    runtime::parallelFor(
        members.size(), [&](std::size_t n) { members[n].emplace(examineMember(set->files[n], stop)); }, stop);
    for (std::size_t n = 0; n < members.size(); ++n) {
      if (!members[n]) continue;
      if (*members[n]) {
        examined->members.push_back(std::move(**members[n]));
      } else {
        examined->skipped.push_back({set->files[n], members[n]->error().message});
      }
    }
  }
  examined->set = std::move(*set);
  return std::shared_ptr<const Examined>(std::move(examined));
}

Result<std::shared_ptr<const Examined>> examine(const FileHead& head, bool alone, std::stop_token stop) {
  if (dicom::isDirectory(head)) return examineDirectory(head, alone, std::move(stop));
  auto file = ImageFile::fromHead(head.path, head.sizeBytes, head.bytes);
  if (!file) return file.error();
  auto examined = std::make_shared<ExaminedDicom>();
  if (dicom::isVideo(**file)) {
    auto video = dicom::openVideo(*file, {}, std::move(stop), {});
    if (!video) return video.error();
    examined->video = (*video)->info();
  }
  examined->file = std::move(*file);
  return std::shared_ptr<const Examined>(std::move(examined));
}

std::string nameOf(const dicom::SliceStack& stack) {
  const ImageFile& first = *stack.frames.front().file;
  const bool isSeries = stack.frames.back().file.get() != &first;
  std::string name = isSeries ? first.header().seriesDescription : first.path().stem().string();
  if (name.empty()) name = first.path().parent_path().filename().string();
  const std::string& part = stack.part.empty() ? stack.selector : stack.part;
  if (!part.empty()) name += " (" + part + ")";
  return name;
}

FoundMedium foundOf(const dicom::SliceStack& stack) {
  FoundMedium found;
  found.name = nameOf(stack);
  MediumLocation& location = found.location;
  std::set<const ImageFile*> known;
  for (const dicom::FrameRef& ref : stack.frames) {
    if (known.insert(ref.file.get()).second) location.files.push_back(ref.file->path());
  }
  location.path = location.files.size() == 1 ? location.files.front() : location.files.front().parent_path();
  dicom::ValuePlan plan;
  location.info = dicom::describe(stack, plan);
  location.info.files = int(location.files.size());
  return found;
}

void list(std::span<const ExaminedFile> files, MediaListing& listing) {
  std::vector<FilePointer> images;
  std::vector<ExaminedFile> all(files.begin(), files.end());
  for (const ExaminedFile& file : files) {
    const auto& examined = static_cast<const ExaminedDicom&>(*file.examined);
    all.insert(all.end(), examined.members.begin(), examined.members.end());
    listing.skipped.insert(listing.skipped.end(), examined.skipped.begin(), examined.skipped.end());
  }
  for (const ExaminedFile& file : all) {
    const auto& examined = static_cast<const ExaminedDicom&>(*file.examined);
    if (!examined.file) continue;
    if (examined.video) {
      listing.media.push_back({file.path.stem().string(), {*examined.video, file.path, {file.path}}});
      continue;
    }
    images.push_back(examined.file);
  }
  for (const dicom::SliceStack& stack : dicom::groupFiles(images, listing.skipped)) {
    listing.media.push_back(foundOf(stack));
  }
}

bool opens(const MediumInfo& info) { return info.format == "dicom"; }

Result<std::vector<FilePointer>> openFiles(const MediumLocation& location) {
  std::vector<FilePointer> files(location.files.size());
  std::vector<std::optional<Error>> errors(files.size());
  runtime::parallelFor(files.size(), [&](std::size_t n) {
    auto file = ImageFile::open(location.files[n]);
    file ? void(files[n] = std::move(*file)) : void(errors[n] = file.error());
  });
  for (const auto& error : errors) {
    if (error) return *error;
  }
  if (files.empty()) return Error{ErrorCode::NotFound, "the series has no files", location.path.string(), ""};
  return files;
}

Result<std::unique_ptr<VolumeSource>> openVolumeOf(const MediumLocation& location) {
  auto files = openFiles(location);
  if (!files) return files.error();
  if (dicom::isVideo(*files->front())) {
    auto video = dicom::openVideo(files->front(), {}, {}, {});
    if (!video) return video.error();
    return framesAsVolume(std::move(*video));
  }
  return dicom::volumeOver(dicom::stackInOrder(*files, location.info));
}

Result<std::unique_ptr<FrameSource>> openFramesOf(const MediumLocation& location, std::span<const std::byte> savedIndex,
                                                  std::stop_token stop, const runtime::Progress& progress) {
  auto files = openFiles(location);
  if (!files) return files.error();
  if (dicom::isVideo(*files->front())) return dicom::openVideo(files->front(), savedIndex, std::move(stop), progress);
  return dicom::framesOver(dicom::stackInOrder(*files, location.info));
}

/// The hash of the sorted (SOP Instance UID, size) pairs: the same whatever the files are called.
Result<MediumIdentity> identifyOf(const MediumLocation& location, std::stop_token, const runtime::Progress&) {
  auto files = openFiles(location);
  if (!files) return files.error();
  MediumIdentity identity;
  std::vector<std::string> lines;
  for (const FilePointer& file : *files) {
    lines.push_back(file->header().sopInstance + ' ' + std::to_string(file->header().sizeBytes) + '\n');
    identity.sizeBytes += file->header().sizeBytes;
  }
  std::sort(lines.begin(), lines.end());
  runtime::ContentHash hash;
  for (const std::string& line : lines) hash.update(line);
  if (!location.info.selector.empty()) hash.update(location.info.selector);
  identity.hash = hash.hex();
  return identity;
}

}  // namespace

const Family& dicomFamily() {
  static const Family family{.name = "dicom",
                             .sniff = sniff,
                             .examine = examine,
                             .list = list,
                             .opens = opens,
                             .openVolume = openVolumeOf,
                             .openFrames = openFramesOf,
                             .identify = identifyOf};
  return family;
}

}  // namespace fiducial::media
