// The media that a DICOM label object refers to, found in the project or beside the object, and where each referenced
// instance and frame is in them.
#pragma once

#include <deque>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "fiducial/core/edit.h"
#include "fiducial/core/result.h"
#include "fiducial/exchange/format.h"
#include "fiducial/media/dicom_dataset.h"
#include "media/media_index.h"

namespace fiducial::exchange {

/// What a label object says it belongs to.
struct References {
  std::set<std::string> instances;  ///< SOP Instance UIDs
  std::set<std::string> series;
  std::string study;
  std::string frameOfReference;

  void add(media::DicomItem sopReference);
  /// The images of a sequence, which may be empty.
  void addAll(media::DicomItem item, media::DicomTag sequence);
  void addSeries(media::DicomItem series);
};

struct TargetMedium {
  MediumId id{};
  MediumInfo info;
  std::string name;
  std::string frameOfReference;
  std::unordered_map<std::string, int> fileOfInstance;
  int files = 0;
  std::vector<int> sliceOfFrame;  ///< of a volume in one file: the slice of each of its frames; empty where not known
};

/// One frame of a medium.
struct MediumFrame {
  const TargetMedium* medium = nullptr;
  int frame = 0;
  int time = 0;
  friend bool operator==(const MediumFrame&, const MediumFrame&) = default;
};

/// Thread: one. Targets stay where they are.
class ReferencedMedia {
 public:
  /// Errors: NotFound where `options.medium` is not there.
  static Result<ReferencedMedia> read(const project::Project& project, const ImportOptions& options);

  /// Fills targets(); a medium the project lacks is added if it lies in the folder of the object.
  /// Errors: NotFound where nothing fits, Cancelled.
  Status match(const References& wanted, RawId& nextId, std::stop_token stop);

  /// A medium that waits for the pictures that match() did not find. The answer is a sentence for the user.
  [[nodiscard]] std::string addMissing(MediumInfo info, RawId& nextId);

  /// Such a medium of an earlier import, where it is all that match() found. Null: it is not.
  [[nodiscard]] const Stored<Medium>* findWaiting() const;
  /// It gets the slices that `info` has beyond its own, if both are one stack.
  Status growWaiting(const project::Project& project, const MediumInfo& info);

  [[nodiscard]] const std::deque<TargetMedium>& targets() const { return targets_; }
  /// Where an instance is; `frameNumber` (from 1) tells frames of one file apart.
  [[nodiscard]] std::optional<MediumFrame> find(const std::string& instance, std::optional<int> frameNumber) const;
  /// All frames that a reference of an image with its frame numbers names.
  [[nodiscard]] std::vector<MediumFrame> framesOf(media::DicomItem sopReference) const;
  /// Creations of media, to stand before all labels.
  [[nodiscard]] std::vector<Change>& changes() { return changes_; }
  [[nodiscard]] std::int64_t added() const { return added_; }

 private:
  explicit ReferencedMedia(MediaIndex index) : index_(std::move(index)) {}
  void choose(const References& wanted, const std::vector<const Stored<Medium>*>& from, std::stop_token stop);
  [[nodiscard]] TargetMedium examine(const Stored<Medium>& medium, std::stop_token stop) const;
  Status addBeside(const References& wanted, RawId& nextId, std::stop_token stop);

  MediaIndex index_;
  std::optional<MediumId> only_;
  std::filesystem::path path_;
  std::filesystem::path projectFolder_;
  std::deque<TargetMedium> targets_;
  std::vector<Change> changes_;
  std::int64_t added_ = 0;
};

}  // namespace fiducial::exchange
