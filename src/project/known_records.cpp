#include "known_records.h"

#include "record_table.h"

namespace fiducial::project {
namespace {

template <class R>
const std::string& selectAll() {
  static const std::string sql = "SELECT " + tableOf(kKindOf<R>).columns + " FROM " + tableOf(kKindOf<R>).name;
  return sql;
}

MediumFacts factsOf(const Medium& medium) {
  return {medium.name, medium.info.kind, medium.info.imageSize(), medium.info.frames, medium.info.times};
}

}  // namespace

const MediumFacts* KnownRecords::medium(MediumId id) {
  const auto known = media_.find(raw(id));
  if (known != media_.end()) return &known->second;
  auto record = findRecord(database_, RecordKind::Medium, raw(id));
  if (!record) status_ = record.error();
  if (!record || !*record) return nullptr;
  return &media_.emplace(raw(id), factsOf(*recordAs<Medium>((*record)->value))).first->second;
}

template <class R>
const std::map<RawId, R>& KnownRecords::all() {
  auto& loaded = std::get<Loaded<R>>(schema_);
  if (loaded.done) return loaded.records;
  loaded.done = true;
  auto rows = rowsOf<R>(database_, database_.prepared(selectAll<R>()));
  if (!rows) {
    status_ = rows.error();
    return loaded.records;
  }
  for (Row<R>& row : *rows) {
    const Record record(std::move(row.value));
    noteAs<R>(row.id, &record);
  }
  return loaded.records;
}

template const std::map<RawId, LabelClass>& KnownRecords::all<LabelClass>();
template const std::map<RawId, SkeletonTemplate>& KnownRecords::all<SkeletonTemplate>();
template const std::map<RawId, Layer>& KnownRecords::all<Layer>();
template const std::map<RawId, Question>& KnownRecords::all<Question>();
template const std::map<RawId, Annotator>& KnownRecords::all<Annotator>();
template const std::map<RawId, Reading>& KnownRecords::all<Reading>();

const Track* KnownRecords::trackOf(TrackId id) { return lastOf(lastTrack_, raw(id)); }

const Segmentation* KnownRecords::segmentationOf(SegmentationId id) { return lastOf(lastSegmentation_, raw(id)); }

template <class R>
const R* KnownRecords::lastOf(std::pair<RawId, std::optional<R>>& last, RawId id) {
  if (last.first != id || !last.second) {
    last = {id, std::nullopt};
    auto record = findRecord(database_, kKindOf<R>, id);
    if (!record) status_ = record.error();
    if (record && *record) last.second = *recordAs<R>((*record)->value);
  }
  return last.second ? &*last.second : nullptr;
}

std::optional<ReadingId> KnownRecords::draftReading(MediumId medium, AnnotatorId annotator) {
  (void)all<Reading>();
  const auto found = drafts_.find({medium, annotator});
  if (found == drafts_.end()) return std::nullopt;
  return found->second;
}

std::string KnownRecords::annotatorOf(ReadingId reading) {
  const Reading* record = find<Reading>(raw(reading));
  const Annotator* annotator = record != nullptr ? find<Annotator>(raw(record->annotator)) : nullptr;
  return annotator != nullptr ? annotator->name : std::string();
}

template <class R>
void KnownRecords::noteAs(RawId id, const Record* after) {
  auto& loaded = std::get<Loaded<R>>(schema_);
  if (!loaded.done) return;
  if constexpr (std::is_same_v<R, Reading>) {
    const auto old = loaded.records.find(id);
    if (old != loaded.records.end()) drafts_.erase({old->second.medium, old->second.annotator});
    const auto* reading = after != nullptr ? std::get_if<Reading>(after) : nullptr;
    if (reading != nullptr && reading->state == ReadingState::Draft) {
      drafts_[{reading->medium, reading->annotator}] = ReadingId{id};
    }
  }
  if (after != nullptr) {
    loaded.records.insert_or_assign(id, *recordAs<R>(*after));
  } else {
    loaded.records.erase(id);
  }
}

void KnownRecords::note(RecordKind kind, RawId id, const Record* after) {
  switch (kind) {
    case RecordKind::Medium:
      media_.erase(id);
      if (after != nullptr) media_.emplace(id, factsOf(*recordAs<Medium>(*after)));
      return;
    case RecordKind::LabelClass:
      return noteAs<LabelClass>(id, after);
    case RecordKind::SkeletonTemplate:
      return noteAs<SkeletonTemplate>(id, after);
    case RecordKind::Layer:
      return noteAs<Layer>(id, after);
    case RecordKind::Question:
      return noteAs<Question>(id, after);
    case RecordKind::Annotator:
      return noteAs<Annotator>(id, after);
    case RecordKind::Reading:
      return noteAs<Reading>(id, after);
    case RecordKind::Track:
      return void(lastTrack_.second.reset());
    case RecordKind::Segmentation:
      return void(lastSegmentation_.second.reset());
    default:
      return;
  }
}

void KnownRecords::forget() {
  media_.clear();
  schema_ = {};
  drafts_.clear();
  lastTrack_.second.reset();
  lastSegmentation_.second.reset();
  status_ = {};
}

}  // namespace fiducial::project
