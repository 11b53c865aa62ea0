// One .fiducial file: every label and the index of the media; edits, history, audit chain. The only way to change a
// label. Source: docs/architecture.md, "How an edit travels"; the file itself: docs/project-file.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "fiducial/core/edit.h"
#include "fiducial/core/records.h"
#include "fiducial/core/result.h"

namespace fiducial::project {

struct OpenOptions {
  bool readOnly = false;  ///< takes no lock
  std::string annotator;  ///< who makes edits that name nobody; empty: the user's login name
};

/// What a query is restricted to; frames half-open.
struct LabelQuery {
  std::optional<MediumId> medium;
  std::optional<int> firstFrame;
  std::optional<int> endFrame;
};

struct HistoryEntry {
  EditId id{};
  Uid uid;
  std::string name;
  std::string by;
  std::int64_t timeMs = 0;  ///< Unix milliseconds
  bool undone = false;
};

struct VerifyReport {
  std::vector<std::string> problems;  ///< empty: sound
  std::int64_t auditRows = 0;
};

/// Thread: every member from any thread. One thread owned by the project holds the one writing connection; edits and
/// queries queue there in order, so a query sees all edits posted before it. Callbacks come on that thread and must not
/// call the blocking members.
class Project {
 public:
  /// Refuses to overwrite. `schemaJson` (may be empty) as in `new --labels`; it becomes the first edit.
  /// Errors: Conflict if the file exists, Unwritable, Invalid schema (nothing is left behind).
  static Result<std::unique_ptr<Project>> create(const std::filesystem::path& path, std::string_view schemaJson = {},
                                                 const OpenOptions& options = {});
  /// Errors: NotFound, Locked (message names the holder; open again with readOnly), NewerVersion, Damaged, NotMedia
  /// (not a project). A file on a read-only place opens read-only by itself.
  static Result<std::unique_ptr<Project>> open(const std::filesystem::path& path, const OpenOptions& options = {});
  ~Project();
  Project(const Project&) = delete;
  Project& operator=(const Project&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const;
  [[nodiscard]] std::filesystem::path folder() const;
  [[nodiscard]] const Uid& uid() const;
  [[nodiscard]] bool isReadOnly() const;
  /// Why it is read-only, for people; empty when it is not.
  [[nodiscard]] std::string readOnlyReason() const;
  [[nodiscard]] std::string annotator() const;

  using Done = std::function<void(Result<AppliedEdit>)>;
  /// Checks the edit, then one durable transaction. What has no life of its own is erased with its owner (key frames,
  /// bricks). `done` is called after it is on disk, or refused (nothing changed).
  void post(Edit edit, Done done = {});
  void postUndo(Done done = {});
  void postRedo(Done done = {});
  /// The same, waiting.
  Result<AppliedEdit> apply(Edit edit);
  /// Newest first, whoever made it; with `by` the newest of that annotator, refused (Conflict) where somebody else's
  /// later edit touched the same record. NotFound: nothing to undo.
  Result<AppliedEdit> undo(std::string_view by = {});
  Result<AppliedEdit> redo(std::string_view by = {});
  /// Names of what undo and redo would do; empty: nothing.
  struct UndoState {
    std::string undoName;
    std::string redoName;
  };
  [[nodiscard]] UndoState undoState() const;

  /// Called on the project's thread after every durable change, in order, before the edit's own `done`.
  using Observer = std::function<void(const AppliedEdit&)>;
  class Subscription;
  [[nodiscard]] std::shared_ptr<Subscription> subscribe(Observer observer);  ///< ends when the last copy dies

  [[nodiscard]] Result<std::vector<Stored<Subject>>> subjects() const;
  [[nodiscard]] Result<std::vector<Stored<Study>>> studies() const;
  [[nodiscard]] Result<std::vector<Stored<Medium>>> media() const;
  [[nodiscard]] Result<Stored<Medium>> medium(MediumId id) const;
  [[nodiscard]] Result<std::vector<Stored<LabelClass>>> classes() const;
  [[nodiscard]] Result<std::vector<Stored<SkeletonTemplate>>> skeletons() const;
  [[nodiscard]] Result<std::vector<Stored<Layer>>> layers() const;
  [[nodiscard]] Result<std::vector<Stored<Question>>> questions() const;
  [[nodiscard]] Result<std::vector<Stored<Annotation>>> annotations(const LabelQuery& query = {}) const;
  [[nodiscard]] Result<std::vector<Stored<Track>>> tracks(const LabelQuery& query = {}) const;
  /// Of one track, sorted by frame.
  [[nodiscard]] Result<std::vector<Stored<Keyframe>>> keyframes(TrackId track) const;
  /// Of all tracks of a medium, sorted by track, then frame.
  [[nodiscard]] Result<std::vector<Stored<Keyframe>>> keyframes(MediumId medium) const;
  [[nodiscard]] Result<std::vector<Stored<Segmentation>>> segmentations(const LabelQuery& query = {}) const;
  [[nodiscard]] Result<BrickVolume> voxels(SegmentationId segmentation, int time = 0) const;
  [[nodiscard]] Result<std::vector<Stored<Event>>> events(const LabelQuery& query = {}) const;
  [[nodiscard]] Result<std::vector<Stored<Tag>>> tags(const LabelQuery& query = {}) const;
  [[nodiscard]] Result<std::vector<Stored<Measurement>>> measurements(const LabelQuery& query = {}) const;
  [[nodiscard]] Result<std::vector<Stored<Mark>>> marks(const LabelQuery& query = {}) const;
  /// What a list of media shows of each, counted in the indices: no label is read.
  struct Overview {
    std::map<MediumId, std::int64_t> labels;  ///< of every kind but marks; media without any are not there
    std::set<MediumId> done;                  ///< marked as a whole
    std::int64_t lastEditMs = 0;              ///< Unix milliseconds; 0: no edit
  };
  [[nodiscard]] Result<Overview> overview() const;
  /// Oldest first.
  [[nodiscard]] Result<std::vector<HistoryEntry>> history() const;
  /// The medium, class, skeleton, layer, question or annotator of this name or uid; nothing where there is none.
  [[nodiscard]] Result<std::optional<RawId>> findNamed(RecordKind kind, std::string_view nameOrUid) const;
  /// Any one record by id: its kind and value.
  [[nodiscard]] Result<Record> record(RawId id) const;

  /// Derived data kept for speed (a video's packet index, thumbnails): not edits, not in history. Empty: none.
  [[nodiscard]] Result<std::vector<std::byte>> cachedBlob(MediumId medium, std::string_view kind) const;
  void storeBlob(MediumId medium, std::string_view kind, std::vector<std::byte> blob);
  /// The picture a label stands on (docs/architecture.md): pts and hash of the decoder's planes, kept per medium and
  /// frame.
  struct FrameIdentity {
    int frame = 0;
    Timestamp pts = 0;
    std::string planeHash;
  };
  void storeFrameIdentity(MediumId medium, FrameIdentity identity);
  [[nodiscard]] Result<std::vector<FrameIdentity>> frameIdentities(MediumId medium) const;

  /// Database integrity, records against each other, bricks, history and the audit chain. (Referenced files are checked
  /// by exchange::verifyMedia.)
  [[nodiscard]] Result<VerifyReport> verify() const;
  /// When commits fail (disk full, share gone) the project is read-only and keeps what was not written: the number of
  /// edits, and a way to put project and edits elsewhere.
  [[nodiscard]] std::size_t unwrittenEdits() const;
  [[nodiscard]] Status saveCopy(const std::filesystem::path& path) const;
  /// Returns when everything posted so far is done.
  void waitIdle() const;

 private:
  struct State;
  explicit Project(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace fiducial::project
