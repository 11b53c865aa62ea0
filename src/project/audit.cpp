#include "audit.h"

namespace fiducial::project {
namespace {

constexpr std::string_view kFormName = "fiducial audit 1\n";

void appendDigest(std::string& to, const Side& side) {
  const runtime::Sha256 digest = side ? runtime::sha256(*side) : runtime::Sha256{};
  to.append(reinterpret_cast<const char*>(digest.data()), digest.size());
}

}  // namespace

void ChangeDigests::add(const KeptChange& change, const Side& before, const Side& after) {
  ByteWriter key;
  key.byte(static_cast<std::uint8_t>(change.kind));
  key.unsignedNumber(static_cast<std::uint64_t>(change.id));
  if (change.kind == RecordKind::BrickContent) {
    key.signedNumber(change.place.time);
    key.signedNumber(change.place.index.bi);
    key.signedNumber(change.place.index.bj);
    key.signedNumber(change.place.index.bk);
  }
  starts_.push_back(bytes_.size());
  bytes_ += key.bytes();
  appendDigest(bytes_, before);
  appendDigest(bytes_, after);
  ++count_;
}

void ChangeDigests::reverse() {
  std::string reversed;
  reversed.reserve(bytes_.size());
  std::size_t end = bytes_.size();
  for (std::size_t i = starts_.size(); i-- > 0; end = starts_[i]) reversed.append(bytes_, starts_[i], end - starts_[i]);
  bytes_ = std::move(reversed);
  starts_.clear();
}

std::string ChangeDigests::bytes() const { return bytes_; }

runtime::Sha256 auditHash(const runtime::Sha256& previous, const AuditRow& row, const ChangeDigests& changes) {
  ByteWriter form;
  form.raw({reinterpret_cast<const char*>(previous.data()), previous.size()});
  form.raw(kFormName);
  form.unsignedNumber(static_cast<std::uint64_t>(row.seq));
  form.unsignedNumber(static_cast<std::uint64_t>(raw(row.edit)));
  form.raw({reinterpret_cast<const char*>(row.editUid.data()), row.editUid.size()});
  form.sized(row.editName);
  form.unsignedNumber(static_cast<std::uint64_t>(raw(row.author)));
  form.byte(static_cast<std::uint8_t>(row.direction));
  form.sized(row.madeBy);
  form.signedNumber(row.timeMs);
  form.unsignedNumber(changes.count());
  form.raw(changes.bytes());
  return runtime::sha256(form.bytes());
}

Status appendAudit(Database& database, const AuditRow& row, const runtime::Sha256& hash) {
  Statement& insert =
      database.prepared("INSERT INTO audit (seq, edit, direction, made_by, time_ms, hash) VALUES (?, ?, ?, ?, ?, ?)");
  insert.bind(row.seq).bind(raw(row.edit)).bind(static_cast<int>(row.direction)).bindText(row.madeBy).bind(row.timeMs);
  insert.bindBlob({reinterpret_cast<const char*>(hash.data()), hash.size()});
  if (!insert.run()) return database.lastError("write the audit chain");
  return {};
}

}  // namespace fiducial::project
