#include "history.h"

#include <ranges>

#include "compression.h"
#include "mask_difference.h"

namespace fiducial::project {
namespace {

constexpr std::size_t kPartBytes = 256 * 1024;  // before compression; a part ends at the first entry beyond
constexpr std::size_t kLargestPartBytes = std::size_t{1} << 31;  // one entry may be a long mask

enum class Form : std::uint8_t {  // in every project file: numbers never change
  Absent = 0,                     ///< the other side is no record
  Whole = 1,                      ///< the other side as it is
  MaskDifference = 2,             ///< as it is, but its mask is the pixels that differ
  BrickDifference = 3,            ///< the voxels that differ
};

std::string brickDifference(const std::string& a, const Side& b) {
  std::string result = a;
  if (b && b->size() == result.size()) {
    for (std::size_t i = 0; i < result.size(); ++i) result[i] = static_cast<char>(result[i] ^ (*b)[i]);
  }
  return result;
}

}  // namespace

bool staysWhenUndone(const KeptChange& change, bool otherIsAbsent) {
  return change.kind == RecordKind::Annotator && otherIsAbsent;
}

Status HistoryWriter::add(const KeptChange& change, const Side& now, const Side& other) {
  Form form = Form::Absent;
  std::string difference;
  const std::string* content = nullptr;
  if (other) {
    form = Form::Whole;
    content = &*other;
    if (change.kind == RecordKind::BrickContent) {
      form = Form::BrickDifference;
      difference = brickDifference(*other, now);
      content = &difference;
    } else if (auto smaller = now ? maskDifference(change.kind, *other, *now) : std::nullopt) {
      form = Form::MaskDifference;
      difference = std::move(*smaller);
      content = &difference;
    }
  }
  part_.byte(static_cast<std::uint8_t>(change.kind));
  part_.unsignedNumber(static_cast<std::uint64_t>(change.id));
  part_.byte(static_cast<std::uint8_t>(form));
  if (change.kind == RecordKind::BrickContent) {
    part_.signedNumber(change.place.time);
    part_.signedNumber(change.place.index.bi);
    part_.signedNumber(change.place.index.bj);
    part_.signedNumber(change.place.index.bk);
  }
  if (content != nullptr) part_.sized(*content);
  return part_.size() >= kPartBytes ? finish() : Status{};
}

Status HistoryWriter::finish() {
  if (part_.size() == 0) return {};
  const std::string content = compress(part_.bytes());
  part_.clear();
  Statement& insert = database_.prepared("INSERT INTO edit_part (edit, part, content) VALUES (?, ?, ?)");
  if (!insert.bind(raw(edit_)).bind(parts_++).bindBlob(content).run()) return database_.lastError("write the history");
  return {};
}

std::optional<Side> HistoryReader::Entry::other(const Side& now) const {
  switch (static_cast<Form>(form)) {
    case Form::Absent:
      return Side();
    case Form::Whole:
      return Side(content);
    case Form::MaskDifference: {
      auto whole = now ? maskDifference(change.kind, content, *now) : std::nullopt;
      if (!whole) return std::nullopt;
      return Side(std::move(*whole));
    }
    case Form::BrickDifference:
      break;
  }
  if (content.size() != kBrickBytes) return std::nullopt;
  return Side(brickDifference(content, now));
}

Result<HistoryReader> HistoryReader::open(Database& database, EditId edit) {
  HistoryReader reader(edit);
  Statement& select = database.prepared("SELECT content FROM edit_part WHERE edit = ? ORDER BY part").bind(raw(edit));
  while (select.step()) reader.parts_.emplace_back(select.blob(0));
  if (select.failed()) return database.lastError("read the history");
  return reader;
}

namespace {

std::optional<std::vector<HistoryReader::Entry>> entriesOf(std::string_view part) {
  const auto bytes = decompress(part, kLargestPartBytes);
  if (!bytes) return std::nullopt;
  ByteReader in(*bytes);
  std::vector<HistoryReader::Entry> entries;
  while (!in.atEnd()) {
    HistoryReader::Entry& entry = entries.emplace_back();
    const std::uint8_t kind = in.byte();
    entry.change.kind = static_cast<RecordKind>(kind);
    entry.change.id = static_cast<RawId>(in.unsignedNumber());
    entry.form = in.byte();
    if (entry.change.kind == RecordKind::BrickContent) {
      const auto coordinate = [&] { return static_cast<int>(in.signedNumber()); };
      entry.change.place.segmentation = SegmentationId{entry.change.id};
      entry.change.place.time = coordinate();
      entry.change.place.index.bi = coordinate();
      entry.change.place.index.bj = coordinate();
      entry.change.place.index.bk = coordinate();
    }
    if (entry.form != 0) entry.content = in.sized();
    if (kind > static_cast<std::uint8_t>(RecordKind::Reading) || entry.form > 3) in.fail();
  }
  if (!in.ok()) return std::nullopt;
  return entries;
}

}  // namespace

Status HistoryReader::forEachReversed(const std::function<Status(const Entry&)>& visit) const {
  for (const std::string& part : parts_ | std::views::reverse) {
    const auto entries = entriesOf(part);
    if (!entries) {
      return Error{ErrorCode::Damaged,
                   "the history of edit " + std::to_string(raw(edit_)) + " does not decode",
                   {},
                   "run verify, or go back to a backup"};
    }
    for (const Entry& entry : *entries | std::views::reverse) {
      if (Status done = visit(entry); !done) return done;
    }
  }
  return {};
}

Status eraseParts(Database& database, EditId edit) {
  if (!database.prepared("DELETE FROM edit_part WHERE edit = ?").bind(raw(edit)).run()) {
    return database.lastError("write the history");
  }
  return {};
}

}  // namespace fiducial::project
