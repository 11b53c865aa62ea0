#include "dicom/referenced_media.h"

#include <algorithm>
#include <cmath>
#include <system_error>

#include "fiducial/media/dicom_tags.h"
#include "fiducial/runtime/thread_pool.h"
#include "media/media_path.h"
#include "media/waiting_series.h"

namespace fiducial::exchange {
namespace {

namespace fs = std::filesystem;
namespace tag = media::dicom::tag;
using media::DicomDataset;
using media::DicomItem;

bool isHit(const TargetMedium& target, const References& wanted) {
  return std::any_of(wanted.instances.begin(), wanted.instances.end(),
                     [&](const std::string& uid) { return target.fileOfInstance.contains(uid); });
}

/// Slices of the frames of a file that is a whole volume, by their positions; none where one is not on a slice.
std::vector<int> slicesOf(const DicomDataset& dataset, const MediumInfo& info) {
  std::vector<int> slices;
  if (!info.hasGeometry || info.times != 1) return slices;
  for (const DicomItem& groups : dataset.root().items(tag::PerFrameGroups)) {
    const auto position = groups.item(tag::PlanePosition).numbers(tag::ImagePosition);
    if (position.size() != 3) return {};
    const auto voxel = info.affine.patientToVoxel({position[0], position[1], position[2]});
    if (!voxel) return {};
    const int slice = int(std::lround(voxel->k));
    if (slice < 0 || slice >= info.frames || std::abs(voxel->k - slice) > 0.1) return {};
    slices.push_back(slice);
  }
  return slices;
}

}  // namespace

void References::add(DicomItem sopReference) {
  const std::string uid = sopReference.text(tag::ReferencedInstance);
  if (!uid.empty()) instances.insert(uid);
}

void References::addAll(DicomItem item, media::DicomTag sequence) {
  for (const DicomItem& reference : item.items(sequence)) add(reference);
}

void References::addSeries(DicomItem item) {
  if (const std::string uid = item.text(tag::SeriesUid); !uid.empty()) series.insert(uid);
}

Result<ReferencedMedia> ReferencedMedia::read(const project::Project& project, const ImportOptions& options) {
  auto index = MediaIndex::read(project);
  if (!index) return index.error();
  ReferencedMedia media(std::move(*index));
  media.only_ = options.medium;
  media.path_ = options.path;
  media.projectFolder_ = project.folder();
  const auto& all = media.index_.media();
  const bool isThere = !options.medium || std::any_of(all.begin(), all.end(), [&](const auto& medium) {
    return MediumId{medium.id} == *options.medium;
  });
  if (!isThere) {
    return Error{ErrorCode::NotFound, "there is no medium " + std::to_string(raw(*options.medium)) + " in this project",
                 project.path().string(), "`list` shows the ids of the media"};
  }
  return media;
}

TargetMedium ReferencedMedia::examine(const Stored<Medium>& medium, std::stop_token stop) const {
  TargetMedium target;
  target.id = MediumId{medium.id};
  target.info = medium.value.info;
  target.name = medium.value.name;
  if (medium.value.info.format != "dicom" || medium.value.path.empty()) return target;
  const media::MediumLocation location = storedLocation(medium.value, projectFolder_);
  target.files = int(location.files.size());
  std::vector<std::string> instances(location.files.size());
  runtime::parallelFor(
      location.files.size(),
      [&](std::size_t n) {
        auto header = DicomDataset::open(location.files[n], {.lastTag = tag::SopInstance});
        if (header) instances[n] = (*header)->root().text(tag::SopInstance);
      },
      stop);
  for (std::size_t n = 0; n < instances.size(); ++n) {
    if (!instances[n].empty()) target.fileOfInstance.emplace(std::move(instances[n]), int(n));
  }
  if (location.files.empty()) return target;
  const bool isWhole = location.files.size() == 1 && target.info.kind == MediumKind::Volume && target.info.frames > 1;
  const media::DicomReadOptions options{.lastTag = isWhole ? 0xFFFFFFFFu : tag::FrameOfReference};
  if (auto header = DicomDataset::open(location.files.front(), options)) {
    target.frameOfReference = (*header)->root().text(tag::FrameOfReference);
    if (isWhole) target.sliceOfFrame = slicesOf(**header, target.info);
  }
  return target;
}

/// Those that hold a referenced instance; else those of a referenced series; else those of the same frame of reference.
void ReferencedMedia::choose(const References& wanted, const std::vector<const Stored<Medium>*>& from,
                             std::stop_token stop) {
  std::vector<TargetMedium> ofSeries, hits, ofFrame;
  for (const bool isSeriesPass : {true, false}) {
    for (const Stored<Medium>* medium : from) {
      const MediumInfo& info = medium->value.info;
      const bool isOfSeries = wanted.series.contains(info.seriesUid);
      if (isOfSeries != isSeriesPass || info.format != "dicom") continue;
      if (!isOfSeries && (wanted.study.empty() || info.studyUid != wanted.study)) continue;
      TargetMedium target = examine(*medium, stop);
      if (isHit(target, wanted)) {
        hits.push_back(std::move(target));
      } else if (isOfSeries) {
        ofSeries.push_back(std::move(target));
      } else if (!wanted.frameOfReference.empty() && target.frameOfReference == wanted.frameOfReference) {
        ofFrame.push_back(std::move(target));
      }
    }
    if (!hits.empty()) break;
  }
  auto& best = !hits.empty() ? hits : !ofSeries.empty() ? ofSeries : ofFrame;
  for (TargetMedium& target : best) targets_.push_back(std::move(target));
}

Status ReferencedMedia::match(const References& wanted, RawId& nextId, std::stop_token stop) {
  std::vector<const Stored<Medium>*> all;
  for (const Stored<Medium>& medium : index_.media()) {
    if (!only_) all.push_back(&medium);
    if (only_ == MediumId{medium.id}) targets_.push_back(examine(medium, stop));
  }
  choose(wanted, all, stop);
  if (targets_.empty()) {
    if (auto added = addBeside(wanted, nextId, stop); !added) return added;
  }
  if (stop.stop_requested()) return Error{ErrorCode::Cancelled, "stopped", {}, {}};
  if (!targets_.empty()) return {};
  const std::string series = wanted.series.empty() ? "what it refers to" : "series " + *wanted.series.begin();
  return Error{
      ErrorCode::NotFound, series + ", which its labels belong to, is neither in this project nor beside it",
      path_.string(),
      "add the pictures to the project first, or say which of its media the labels are for (fiducial-cli: --medium)"};
}

Status ReferencedMedia::addBeside(const References& wanted, RawId& nextId, std::stop_token stop) {
  if (wanted.series.empty() && wanted.instances.empty()) return {};
  auto listing = media::findMedia(fs::absolute(path_).parent_path(), {}, stop);
  if (!listing) return {};
  std::deque<Stored<Medium>> found;
  std::vector<const Stored<Medium>*> candidates;
  std::unordered_map<RawId, const media::FoundMedium*> origin;
  RawId temporary = nextId;
  for (const media::FoundMedium& medium : listing->media) {
    if (medium.location.info.format != "dicom") continue;
    Stored<Medium>& stored = found.emplace_back();
    stored.id = temporary--;
    stored.value.name = medium.name;
    stored.value.info = medium.location.info;
    storePaths(medium.location, projectFolder_, stored.value);
    candidates.push_back(&stored);
    origin[stored.id] = &medium;
  }
  choose(wanted, candidates, stop);
  nextId = temporary;
  for (TargetMedium& target : targets_) {
    const media::FoundMedium& medium = *origin.at(raw(target.id));
    const auto identity = media::identify(medium.location, stop);
    if (!identity) return identity.error();
    Medium record;
    record.study = index_.studyFor(medium.location.info, changes_, nextId);
    record.name = index_.uniqueName(medium.name);
    record.info = medium.location.info;
    record.hash = identity->hash;
    record.sizeBytes = identity->sizeBytes;
    storePaths(medium.location, projectFolder_, record);
    target.name = record.name;
    changes_.push_back(create(std::move(record), raw(target.id)));
    ++added_;
  }
  return {};
}

std::string ReferencedMedia::addMissing(MediumInfo info, RawId& nextId) {
  Medium record;
  record.study = index_.studyFor(info, changes_, nextId);
  record.name = index_.uniqueName("pictures of " + path_.stem().string());
  record.info = std::move(info);
  record.missing = true;
  TargetMedium& target = targets_.emplace_back();
  target.id = MediumId{nextId};
  target.info = record.info;
  target.name = record.name;
  changes_.push_back(create(std::move(record), nextId--));
  ++added_;
  return "the pictures are neither in this project nor beside the file; the labels are kept on the missing medium \"" +
         target.name + "\" until the pictures are added";
}

const Stored<Medium>* ReferencedMedia::findWaiting() const {
  if (targets_.size() != 1) return nullptr;
  const auto& all = index_.media();
  const auto stored = std::find_if(all.begin(), all.end(),
                                   [&](const auto& medium) { return MediumId{medium.id} == targets_.front().id; });
  return stored != all.end() && isWaiting(stored->value) ? &*stored : nullptr;
}

Status ReferencedMedia::growWaiting(const project::Project& project, const MediumInfo& info) {
  const Stored<Medium>* waiting = findWaiting();
  const auto grown = waiting == nullptr ? std::nullopt : grownBy(waiting->value.info, info);
  if (!grown || grown->info.frames == waiting->value.info.frames) return {};
  targets_.front().info = grown->info;
  return appendGrown(project, *waiting, *grown, changes_);
}

std::optional<MediumFrame> ReferencedMedia::find(const std::string& instance, std::optional<int> frameNumber) const {
  for (const TargetMedium& target : targets_) {
    const auto file = target.fileOfInstance.find(instance);
    if (file == target.fileOfInstance.end()) continue;
    const MediumInfo& info = target.info;
    if (target.files == info.frames * info.times) {
      if (frameNumber.value_or(1) != 1) return std::nullopt;
      return MediumFrame{&target, file->second % info.frames, file->second / info.frames};
    }
    if (target.files != 1) return std::nullopt;
    const int number = frameNumber.value_or(0) - 1;
    if (info.kind != MediumKind::Volume && number >= 0 && number < info.frames) return MediumFrame{&target, number, 0};
    if (number >= 0 && number < int(target.sliceOfFrame.size())) {
      return MediumFrame{&target, target.sliceOfFrame[std::size_t(number)], 0};
    }
    return std::nullopt;
  }
  return std::nullopt;
}

std::vector<MediumFrame> ReferencedMedia::framesOf(DicomItem sopReference) const {
  const std::string instance = sopReference.text(tag::ReferencedInstance);
  std::vector<MediumFrame> frames;
  const auto numbers = sopReference.numbers(tag::ReferencedFrame);
  if (numbers.empty()) {
    if (auto frame = find(instance, std::nullopt)) frames.push_back(*frame);
    return frames;
  }
  for (const double number : numbers) {
    if (number < 1 || number > 1e8) continue;
    if (auto frame = find(instance, int(number))) frames.push_back(*frame);
  }
  return frames;
}

}  // namespace fiducial::exchange
