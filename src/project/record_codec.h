// A record as bytes (docs/project-file.md, "Encoded records"): what history keeps and what the audit chain is made
// from. Fields that are zero or empty are left out, so that a field added later changes no older record's bytes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "bytes.h"
#include "fiducial/core/records.h"

namespace fiducial::project {

/// A row of any table but `brick`.
struct StoredRecord {
  RawId id = 0;
  UidBytes uid{};
  ReadingId reading{};  ///< labels only
  Record value;
};

void encodeRecord(ByteWriter& out, const Record& record);
[[nodiscard]] std::optional<Record> decodeRecord(RecordKind kind, std::string_view bytes);

/// Uid, reading and record; not the id, which stands beside it.
[[nodiscard]] std::string encodeStored(const StoredRecord& record);
[[nodiscard]] std::optional<StoredRecord> decodeStored(RecordKind kind, RawId id, std::string_view bytes);

}  // namespace fiducial::project
