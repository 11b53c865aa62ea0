// Media into a project: found, hashed, named, grouped by subject and study, as one edit.
#include <algorithm>
#include <future>
#include <map>
#include <optional>
#include <set>
#include <system_error>
#include <utility>

#include "fiducial/exchange/project_media.h"
#include "media/media_index.h"
#include "media/media_path.h"
#include "media/waiting_series.h"

namespace fiducial::exchange {
namespace {

namespace fs = std::filesystem;

struct Candidate {
  media::FoundMedium found;
  media::MediumIdentity identity;
  std::vector<std::byte> packetIndex;
};

Error cancelled() { return {ErrorCode::Cancelled, "stopped", {}, {}}; }

// What the packets of a video say: its frames, and the index that is kept for later openings.
struct IndexedVideo {
  MediumInfo info;
  std::vector<std::byte> packetIndex;
};
Result<IndexedVideo> indexVideo(const media::MediumLocation& location, std::stop_token stop) {
  auto frames = media::openFrames(location, {}, std::move(stop));
  if (!frames) return frames.error();
  return IndexedVideo{(*frames)->info(), (*frames)->serialisedIndex()};
}

class Addition {
 public:
  Addition(project::Project& project, MediaIndex index, const runtime::Progress& progress, std::stop_token stop)
      : project_(project), index_(std::move(index)), progress_(progress), stop_(std::move(stop)) {}

  // A failure here ends the whole addition; a medium that cannot be read is only skipped.
  Status find(const fs::path& path, bool isOnlyPath) {
    auto listing = media::findMedia(path, {progress_}, stop_);
    if (!listing) {
      if (stop_.stop_requested()) return cancelled();
      if (isOnlyPath) return listing.error();
      report_.skipped.push_back({path, listing.error().text()});
      return {};
    }
    for (auto& skipped : listing->skipped) report_.skipped.push_back(std::move(skipped));
    if (listing->media.empty() && listing->skipped.empty()) {
      report_.skipped.push_back({path, "there are no media in this folder"});
    }
    for (auto& found : listing->media) {
      if (auto status = take(std::move(found)); !status) return status;
    }
    return {};
  }

  Result<AddReport> commit() {
    if (!changes_.empty()) {
      auto applied = project_.apply(Edit{editName(), changes_, {}});
      if (!applied) return applied.error();
      resolveIds(*applied);
    }
    return std::move(report_);
  }

 private:
  Status take(media::FoundMedium found) {
    if (stop_.stop_requested()) return cancelled();
    Candidate candidate{std::move(found), {}, {}};
    const media::MediumLocation& location = candidate.found.location;
    // Both read the whole file, each as fast as one core can: together they take no longer than one of them.
    std::future<Result<IndexedVideo>> indexing;
    if (location.info.kind == MediumKind::Video) {
      indexing = std::async(std::launch::async, [&location, stop = stop_] { return indexVideo(location, stop); });
    }
    auto identity = media::identify(location, stop_, progress_);
    std::optional<Result<IndexedVideo>> indexed;
    if (indexing.valid()) indexed = indexing.get();
    if (!identity) return skip(candidate, identity.error());
    candidate.identity = *identity;
    const auto& selector = location.info.selector;
    if (!taken_.insert({identity->hash, selector}).second) {
      report_.warnings.push_back(location.path.string() + " is the same medium as one added with it");
      return {};
    }
    if (const Stored<Medium>* known = index_.find(identity->hash, selector)) return takeKnown(*known, candidate);
    const Stored<Medium>* waiting = index_.findWaiting(location.info);
    if (waiting != nullptr && located_.insert(waiting->id).second) return takeKnown(*waiting, candidate);
    if (indexed) {
      if (!*indexed) return skip(candidate, indexed->error());
      candidate.found.location.info = std::move((*indexed)->info);
      candidate.packetIndex = std::move((*indexed)->packetIndex);
    }
    add(std::move(candidate));
    return {};
  }

  Status skip(const Candidate& candidate, const Error& error) {
    if (stop_.stop_requested()) return cancelled();
    report_.skipped.push_back({candidate.found.location.path, error.text()});
    return {};
  }

  Status takeKnown(const Stored<Medium>& known, const Candidate& candidate) {
    report_.media.push_back(MediumId{known.id});
    report_.names.push_back(known.value.name);
    if (locationOf(project_, known.value)) return {};
    return appendLocated(project_, known, candidate.found.location, candidate.identity, changes_);  // missing, or moved
  }

  void add(Candidate candidate) {
    Medium medium;
    medium.study = index_.studyFor(candidate.found.location.info, changes_, nextId_);
    medium.name = index_.uniqueName(candidate.found.name);
    medium.info = candidate.found.location.info;
    medium.hash = candidate.identity.hash;
    medium.sizeBytes = candidate.identity.sizeBytes;
    storePaths(candidate.found.location, project_.folder(), medium);
    report_.media.push_back(MediumId{nextId_});
    report_.names.push_back(medium.name);
    if (!candidate.packetIndex.empty()) indexes_.emplace_back(nextId_, std::move(candidate.packetIndex));
    changes_.push_back(create(std::move(medium), nextId_--));
    ++added_;
  }

  [[nodiscard]] std::string editName() const {
    if (added_ == 1) return "Add " + report_.names.back();
    return added_ == 0 ? "Locate media" : "Add " + std::to_string(added_) + " media";
  }

  // Temporary ids become the real ones: creations come back in the order of the edit's changes.
  void resolveIds(const AppliedEdit& applied) {
    std::map<RawId, RawId> real;
    std::size_t next = 0;
    for (const Change& change : changes_) {
      if (change.id < 0 && next < applied.created.size()) real[change.id] = applied.created[next++];
    }
    for (MediumId& id : report_.media) {
      if (raw(id) < 0) id = MediumId{real[raw(id)]};
    }
    for (auto& [id, blob] : indexes_) project_.storeBlob(MediumId{real[id]}, kPacketIndexBlob, std::move(blob));
    project_.waitIdle();
  }

  project::Project& project_;
  MediaIndex index_;
  const runtime::Progress& progress_;
  std::stop_token stop_;
  AddReport report_;
  std::vector<Change> changes_;
  std::set<std::pair<std::string, std::string>> taken_;
  std::set<RawId> located_;  // of those that waited for their pictures
  std::vector<std::pair<RawId, std::vector<std::byte>>> indexes_;
  RawId nextId_ = -1;
  int added_ = 0;
};

}  // namespace

Result<AddReport> addMedia(project::Project& project, std::span<const fs::path> paths,
                           const runtime::Progress& progress, std::stop_token stop) {
  auto index = MediaIndex::read(project);
  if (!index) return index.error();
  Addition addition(project, std::move(*index), progress, stop);
  for (const fs::path& path : paths) {
    if (auto status = addition.find(path, paths.size() == 1); !status) return status.error();
  }
  return addition.commit();
}

Result<AddReport> locateMedia(project::Project& project, const fs::path& path, std::stop_token stop) {
  auto media = project.media();
  if (!media) return media.error();
  auto listing = media::findMedia(path, {}, stop);
  if (!listing) return listing.error();
  std::vector<const Stored<Medium>*> wanted;
  for (const auto& medium : *media) {
    if (!locationOf(project, medium.value)) wanted.push_back(&medium);
  }
  AddReport report;
  std::vector<Change> changes;
  for (const auto& found : listing->media) {
    const auto identity = media::identify(found.location, stop);
    if (stop.stop_requested()) return cancelled();
    if (!identity) continue;
    const auto match = std::find_if(wanted.begin(), wanted.end(), [&](const Stored<Medium>* medium) {
      if (firstSliceIn(found.location.info, medium->value)) return true;
      return medium->value.hash == identity->hash &&
             (medium->value.info.selector == found.location.info.selector || medium->value.missing);
    });
    if (match == wanted.end()) continue;
    report.media.push_back(MediumId{(*match)->id});
    report.names.push_back((*match)->value.name);
    if (Status moved = appendLocated(project, **match, found.location, *identity, changes); !moved)
      return moved.error();
    wanted.erase(match);
  }
  if (changes.empty()) {
    return Error{ErrorCode::NotFound, "none of the missing media is there", path.string(),
                 "the file must have the same contents as when it was added; its name does not matter"};
  }
  if (auto applied = project.apply(Edit{"Locate media", std::move(changes), {}}); !applied) return applied.error();
  return report;
}

}  // namespace fiducial::exchange
