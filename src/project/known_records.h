// Small records that every check asks for, kept in memory: media, classes and the rest of the schema, annotators,
// readings. Thread: the project's own.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "database.h"
#include "fiducial/core/records.h"
#include "record_fields.h"

namespace fiducial::project {

/// What checks need of a medium.
struct MediumFacts {
  std::string name;
  MediumKind kind = MediumKind::Image;
  ImageSize size;
  int frames = 0;  ///< 0: not known (a missing medium)
  int times = 1;
  [[nodiscard]] VolumeSize volumeSize() const { return {size.columns, size.rows, frames}; }
};

class KnownRecords {
 public:
  explicit KnownRecords(Database& database) : database_(database) {}

  /// Null: there is none. Pointers stay good until note() or forget().
  const MediumFacts* medium(MediumId id);
  template <class R>
  const R* find(RawId id) {
    const auto& records = all<R>();
    const auto found = records.find(id);
    return found == records.end() ? nullptr : &found->second;
  }
  /// LabelClass, SkeletonTemplate, Layer, Question, Annotator, Reading.
  template <class R>
  const std::map<RawId, R>& all();
  /// By name; names are NFC.
  template <class R>
  std::optional<RawId> named(std::string_view name) {
    for (const auto& [id, record] : all<R>()) {
      if (record.name == name) return id;
    }
    return std::nullopt;
  }
  /// The track of a key frame, the segmentation of a brick: the last ones asked for are remembered.
  const Track* trackOf(TrackId id);
  const Segmentation* segmentationOf(SegmentationId id);
  [[nodiscard]] std::optional<ReadingId> draftReading(MediumId medium, AnnotatorId annotator);
  /// Empty for an unknown reading.
  [[nodiscard]] std::string annotatorOf(ReadingId reading);

  /// A row was written (null: erased).
  void note(RecordKind kind, RawId id, const Record* after);
  /// After a rollback: everything is read again when it is asked for.
  void forget();
  /// The first failure of reading; then answers are not to be trusted.
  [[nodiscard]] const Status& status() const { return status_; }

 private:
  template <class R>
  struct Loaded {
    bool done = false;
    std::map<RawId, R> records;
  };
  template <class R>
  const R* lastOf(std::pair<RawId, std::optional<R>>& last, RawId id);
  template <class R>
  void noteAs(RawId id, const Record* after);

  Database& database_;
  std::map<RawId, MediumFacts> media_;
  std::tuple<Loaded<LabelClass>, Loaded<SkeletonTemplate>, Loaded<Layer>, Loaded<Question>, Loaded<Annotator>,
             Loaded<Reading>>
      schema_;
  std::map<std::pair<MediumId, AnnotatorId>, ReadingId> drafts_;  // of the loaded readings
  std::pair<RawId, std::optional<Track>> lastTrack_;
  std::pair<RawId, std::optional<Segmentation>> lastSegmentation_;
  Status status_;
};

}  // namespace fiducial::project
