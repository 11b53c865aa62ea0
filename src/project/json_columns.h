// Columns that hold JSON text: lists and small structures that a stranger can read with sqlite3's own functions.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fiducial/core/records.h"

namespace fiducial::project {

/// Deterministic. Structures are objects of the fields that are not zero or empty (record_fields.h).
[[nodiscard]] std::string toColumn(const std::vector<std::string>& value);
[[nodiscard]] std::string toColumn(const std::vector<std::pair<int, int>>& value);
[[nodiscard]] std::string toColumn(const std::vector<AttributeSpec>& value);
[[nodiscard]] std::string toColumn(const std::vector<PatientPoint>& value);
[[nodiscard]] std::string toColumn(const Attributes& value);
[[nodiscard]] std::string toColumn(const MediumInfo& value);

/// False: not what toColumn() writes.
[[nodiscard]] bool fromColumn(std::string_view text, std::vector<std::string>& value);
[[nodiscard]] bool fromColumn(std::string_view text, std::vector<std::pair<int, int>>& value);
[[nodiscard]] bool fromColumn(std::string_view text, std::vector<AttributeSpec>& value);
[[nodiscard]] bool fromColumn(std::string_view text, std::vector<PatientPoint>& value);
[[nodiscard]] bool fromColumn(std::string_view text, Attributes& value);
[[nodiscard]] bool fromColumn(std::string_view text, MediumInfo& value);

}  // namespace fiducial::project
