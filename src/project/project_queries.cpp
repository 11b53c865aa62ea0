// The questions a Project answers (project.h). All run on its thread.
#include <algorithm>
#include <limits>

#include "compression.h"
#include "fiducial/project/project.h"
#include "project_state.h"
#include "record_table.h"
#include "text_form.h"

namespace fiducial::project {
namespace {

constexpr std::size_t kLargestBlobBytes = std::size_t{1} << 32;

template <class R>
Result<std::vector<Stored<R>>> stored(Store& store, Statement& select) {
  auto rows = rowsOf<R>(store.database, select);
  if (!rows) return rows.error();
  std::vector<Stored<R>> result;
  result.reserve(rows->size());
  for (Row<R>& row : *rows) {
    std::string by = kIsLabel<R> ? store.known.annotatorOf(row.reading) : std::string();
    result.push_back({row.id, unpackUid(row.uid), std::move(by), row.reading, std::move(row.value)});
  }
  return result;
}

template <class R>
std::string selectFrom(std::string_view where) {
  return "SELECT " + tableOf(kKindOf<R>).columns + " FROM " + tableOf(kKindOf<R>).name + " " + std::string(where);
}

template <class R>
Result<std::vector<Stored<R>>> everything(Store& store) {
  static const std::string sql = selectFrom<R>("ORDER BY id");
  return stored<R>(store, store.database.prepared(sql));
}

/// The frames asked for; ?2 and ?3 of the conditions below.
struct FrameRange {
  int first = std::numeric_limits<int>::min();
  int last = std::numeric_limits<int>::max();
  explicit FrameRange(const LabelQuery& query) {
    if (query.firstFrame) first = *query.firstFrame;
    if (query.endFrame)
      last = *query.endFrame == std::numeric_limits<int>::min() ? *query.endFrame : *query.endFrame - 1;
  }
};

/// How a kind of label lies on frames: a condition on ?2 (first) and ?3 (last frame).
template <class R>
constexpr const char* kOnFrames = "frame BETWEEN ?2 AND ?3";
template <>
constexpr const char* kOnFrames<Event> = "first_frame <= ?3 AND last_frame >= ?2";
template <>
constexpr const char* kOnFrames<Tag> = "scope = 1 AND frame BETWEEN ?2 AND ?3";
// A track is there from its first key frame on, but for where it is outside.
template <>
constexpr const char* kOnFrames<Track> =
    "EXISTS (SELECT 1 FROM keyframe k WHERE k.track = track.id AND k.frame <= ?3 AND (k.frame >= ?2 OR k.outside = 0 "
    "AND "
    "k.frame = (SELECT max(l.frame) FROM keyframe l WHERE l.track = track.id AND l.frame <= ?2)))";
template <>
constexpr const char* kOnFrames<Segmentation> = "?2 <= ?3";

// `+id`: sorted after the index on medium and frame has found the rows, instead of walking all rows in order of id.
template <class R>
Result<std::vector<Stored<R>>> labels(Store& store, const LabelQuery& query) {
  static const std::string ofMedium = selectFrom<R>("WHERE medium = ?1 ORDER BY +id");
  static const std::string ofFrames =
      selectFrom<R>(std::string("WHERE medium = ?1 AND ") + kOnFrames<R> + " ORDER BY +id");
  static const std::string ofAnyMedium =
      selectFrom<R>(std::string("WHERE ?1 IS NULL AND ") + kOnFrames<R> + " ORDER BY id");
  const bool hasFrames = query.firstFrame || query.endFrame;
  if (!query.medium && !hasFrames) return everything<R>(store);
  if (!hasFrames) return stored<R>(store, store.database.prepared(ofMedium).bind(raw(*query.medium)));
  const FrameRange range(query);
  Statement& select = store.database.prepared(query.medium ? ofFrames : ofAnyMedium);
  query.medium ? select.bind(raw(*query.medium)) : select.bindNull();
  return stored<R>(store, select.bind(range.first).bind(range.last));
}

Error notFound(std::string_view what, RawId id) {
  return {ErrorCode::NotFound, "there is no " + std::string(what) + " with id " + std::to_string(id), {}, {}};
}

constexpr std::size_t kUidLetters = 36;

std::string_view selectByUid(RecordKind kind) {
  switch (kind) {
    case RecordKind::LabelClass:
      return "SELECT id FROM class WHERE uid = ?";
    case RecordKind::SkeletonTemplate:
      return "SELECT id FROM skeleton WHERE uid = ?";
    case RecordKind::Layer:
      return "SELECT id FROM layer WHERE uid = ?";
    case RecordKind::Question:
      return "SELECT id FROM question WHERE uid = ?";
    case RecordKind::Annotator:
      return "SELECT id FROM annotator WHERE uid = ?";
    default:
      return "SELECT id FROM medium WHERE uid = ?";
  }
}

/// By name or uid, of media and of kinds that are not kept in memory.
std::optional<RawId> idOf(Database& database, RecordKind kind, std::string_view column, std::string_view value) {
  if (kind != RecordKind::Medium && column == "name") return std::nullopt;
  Statement& select = database.prepared(column == "name" ? "SELECT id FROM medium WHERE name = ?" : selectByUid(kind));
  column == "name" ? select.bindText(value) : select.bindUid(packUid(value));
  std::optional<RawId> id;
  if (select.step()) id = select.number(0);
  select.reset();
  return id;
}

}  // namespace

Result<std::vector<Stored<Subject>>> Project::subjects() const {
  return state_->ask([&] { return everything<Subject>(*state_->store); });
}
Result<std::vector<Stored<Study>>> Project::studies() const {
  return state_->ask([&] { return everything<Study>(*state_->store); });
}
Result<std::vector<Stored<Medium>>> Project::media() const {
  return state_->ask([&] { return everything<Medium>(*state_->store); });
}
Result<std::vector<Stored<LabelClass>>> Project::classes() const {
  return state_->ask([&] { return everything<LabelClass>(*state_->store); });
}
Result<std::vector<Stored<SkeletonTemplate>>> Project::skeletons() const {
  return state_->ask([&] { return everything<SkeletonTemplate>(*state_->store); });
}
Result<std::vector<Stored<Layer>>> Project::layers() const {
  return state_->ask([&] { return everything<Layer>(*state_->store); });
}
Result<std::vector<Stored<Question>>> Project::questions() const {
  return state_->ask([&] { return everything<Question>(*state_->store); });
}
Result<std::vector<Stored<Annotation>>> Project::annotations(const LabelQuery& query) const {
  return state_->ask([&] { return labels<Annotation>(*state_->store, query); });
}
Result<std::vector<Stored<Track>>> Project::tracks(const LabelQuery& query) const {
  return state_->ask([&] { return labels<Track>(*state_->store, query); });
}
Result<std::vector<Stored<Segmentation>>> Project::segmentations(const LabelQuery& query) const {
  return state_->ask([&] { return labels<Segmentation>(*state_->store, query); });
}
Result<std::vector<Stored<Event>>> Project::events(const LabelQuery& query) const {
  return state_->ask([&] { return labels<Event>(*state_->store, query); });
}
Result<std::vector<Stored<Tag>>> Project::tags(const LabelQuery& query) const {
  return state_->ask([&] { return labels<Tag>(*state_->store, query); });
}
Result<std::vector<Stored<Measurement>>> Project::measurements(const LabelQuery& query) const {
  return state_->ask([&] { return labels<Measurement>(*state_->store, query); });
}
Result<std::vector<Stored<Mark>>> Project::marks(const LabelQuery& query) const {
  return state_->ask([&] { return labels<Mark>(*state_->store, query); });
}

Result<Stored<Medium>> Project::medium(MediumId id) const {
  return state_->ask([&]() -> Result<Stored<Medium>> {
    static const std::string sql = selectFrom<Medium>("WHERE id = ?");
    auto rows = stored<Medium>(*state_->store, state_->store->database.prepared(sql).bind(raw(id)));
    if (!rows) return rows.error();
    if (rows->empty()) return notFound("medium", raw(id));
    return std::move(rows->front());
  });
}

Result<std::vector<Stored<Keyframe>>> Project::keyframes(TrackId track) const {
  return state_->ask([&] {
    static const std::string sql = selectFrom<Keyframe>("WHERE track = ? ORDER BY frame");
    return stored<Keyframe>(*state_->store, state_->store->database.prepared(sql).bind(raw(track)));
  });
}

Result<std::vector<Stored<Keyframe>>> Project::keyframes(MediumId medium) const {
  return state_->ask([&] {
    static const std::string sql =
        selectFrom<Keyframe>("WHERE track IN (SELECT id FROM track WHERE medium = ?) ORDER BY track, frame");
    return stored<Keyframe>(*state_->store, state_->store->database.prepared(sql).bind(raw(medium)));
  });
}

Result<BrickVolume> Project::voxels(SegmentationId segmentation, int time) const {
  return state_->ask([&]() -> Result<BrickVolume> {
    Store& store = *state_->store;
    const Segmentation* record = store.known.segmentationOf(segmentation);
    if (record == nullptr) return notFound("segmentation", raw(segmentation));
    const MediumFacts* facts = store.known.medium(record->medium);
    if (facts == nullptr) return notFound("medium", raw(record->medium));
    auto bricks = bricksOf(store.database, segmentation, time);
    if (!bricks) return bricks.error();
    BrickVolume volume(facts->volumeSize());
    for (BrickContent& content : *bricks) volume.setBrick(content.index, std::move(content.brick));
    return volume;
  });
}

Result<Project::Overview> Project::overview() const {
  return state_->ask([&]() -> Result<Overview> {
    Database& database = state_->store->database;
    Overview overview;
    for (const RecordKind kind : {RecordKind::Annotation, RecordKind::Track, RecordKind::Segmentation,
                                  RecordKind::Event, RecordKind::Tag, RecordKind::Measurement}) {
      Statement& count = database.prepared(tableOf(kind).countByMedium);
      while (count.step()) overview.labels[MediumId{count.number(0)}] += count.number(1);
      if (count.failed()) return database.lastError("read the project");
    }
    Statement& marks = database.prepared("SELECT medium FROM mark WHERE frame IS NULL");
    while (marks.step()) overview.done.insert(MediumId{marks.number(0)});
    if (marks.failed()) return database.lastError("read the project");
    Statement& last = database.prepared("SELECT time_ms FROM edit ORDER BY id DESC LIMIT 1");
    if (last.step()) overview.lastEditMs = last.number(0);
    if (last.failed()) return database.lastError("read the history");
    last.reset();
    return overview;
  });
}

Result<std::vector<HistoryEntry>> Project::history() const {
  return state_->ask([&]() -> Result<std::vector<HistoryEntry>> {
    Database& database = state_->store->database;
    Statement& select = database.prepared(
        "SELECT e.id, e.uid, e.name, a.name, e.time_ms, e.undone IS NOT NULL FROM edit e "
        "JOIN annotator a ON a.id = e.annotator ORDER BY e.id");
    std::vector<HistoryEntry> entries;
    while (select.step()) {
      entries.push_back({EditId{select.number(0)}, unpackUid(select.uid(1)), select.text(2), select.text(3),
                         select.number(4), select.number(5) != 0});
    }
    if (select.failed()) return database.lastError("read the history");
    return entries;
  });
}

Result<std::optional<RawId>> Project::findNamed(RecordKind kind, std::string_view nameOrUid) const {
  return state_->ask([&]() -> Result<std::optional<RawId>> {
    const std::string name = toNfc(nameOrUid);
    KnownRecords& known = state_->store->known;
    std::optional<RawId> id;
    switch (kind) {
      case RecordKind::LabelClass:
        id = known.named<LabelClass>(name);
        break;
      case RecordKind::SkeletonTemplate:
        id = known.named<SkeletonTemplate>(name);
        break;
      case RecordKind::Layer:
        id = known.named<Layer>(name);
        break;
      case RecordKind::Question:
        id = known.named<Question>(name);
        break;
      case RecordKind::Annotator:
        id = known.named<Annotator>(name);
        break;
      default:
        id = idOf(state_->store->database, kind, "name", name);
    }
    if (!id && nameOrUid.size() == kUidLetters) id = idOf(state_->store->database, kind, "uid", nameOrUid);
    if (!known.status()) return known.status().error();
    return id;
  });
}

Result<Record> Project::record(RawId id) const {
  return state_->ask([&]() -> Result<Record> {
    for (int i = 0; i < kRecordKinds; ++i) {
      const auto kind = static_cast<RecordKind>(i);
      if (kind == RecordKind::BrickContent) continue;
      auto found = findRecord(state_->store->database, kind, id);
      if (!found) return found.error();
      if (*found) return std::move((*found)->value);
    }
    return notFound("record", id);
  });
}

Result<std::vector<std::byte>> Project::cachedBlob(MediumId medium, std::string_view kind) const {
  return state_->ask([&]() -> Result<std::vector<std::byte>> {
    Database& database = state_->store->database;
    Statement& select = database.prepared("SELECT content FROM cache WHERE medium = ? AND kind = ?");
    std::vector<std::byte> blob;
    if (select.bind(raw(medium)).bindText(kind).step()) {
      const auto bytes = decompress(select.blob(0), kLargestBlobBytes);  // damaged: as if it were not there
      if (bytes) {
        const auto* first = reinterpret_cast<const std::byte*>(bytes->data());
        blob.assign(first, first + bytes->size());
      }
    }
    if (select.failed()) return database.lastError("read the project");
    select.reset();
    return blob;
  });
}

void Project::storeBlob(MediumId medium, std::string_view kind, std::vector<std::byte> blob) {
  state_->worker->post(Worker::Task([state = state_.get(), medium, kind = std::string(kind), blob = std::move(blob)] {
    if (!state->reason().empty()) return;
    const std::string content = compress({reinterpret_cast<const char*>(blob.data()), blob.size()});
    Statement& insert =
        state->store->database.prepared("INSERT OR REPLACE INTO cache (medium, kind, content) VALUES (?, ?, ?)");
    (void)insert.bind(raw(medium)).bindText(kind).bindBlob(content).run();  // it can be derived again
  }));
}

void Project::storeFrameIdentity(MediumId medium, FrameIdentity identity) {
  state_->worker->post(Worker::Task([state = state_.get(), medium, identity = std::move(identity)] {
    if (!state->reason().empty()) return;
    Statement& insert = state->store->database.prepared(
        "INSERT OR REPLACE INTO frame_identity (medium, frame, pts, plane_hash) VALUES (?, ?, ?, ?)");
    (void)insert.bind(raw(medium)).bind(identity.frame).bind(identity.pts).bindText(identity.planeHash).run();
  }));
}

Result<std::vector<Project::FrameIdentity>> Project::frameIdentities(MediumId medium) const {
  return state_->ask([&]() -> Result<std::vector<FrameIdentity>> {
    Database& database = state_->store->database;
    Statement& select =
        database.prepared("SELECT frame, pts, plane_hash FROM frame_identity WHERE medium = ? ORDER BY frame");
    std::vector<FrameIdentity> identities;
    select.bind(raw(medium));
    while (select.step()) {
      identities.push_back({static_cast<int>(select.number(0)), select.number(1), select.text(2)});
    }
    if (select.failed()) return database.lastError("read the project");
    return identities;
  });
}

}  // namespace fiducial::project
