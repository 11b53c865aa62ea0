#include "fiducial/core/records.h"

#include <array>
#include <type_traits>

namespace fiducial {

std::string_view nameOf(RecordKind kind) {
  constexpr std::array<std::string_view, 18> kNames = {
      // in the order of RecordKind
      "subject",  "study",        "medium", "class", "skeleton", "layer",       "question", "annotation", "track",
      "keyframe", "segmentation", "brick",  "event", "tag",      "measurement", "mark",     "annotator",  "reading"};
  static_assert(kNames.size() == std::variant_size_v<Record>);
  const auto index = static_cast<std::size_t>(kind);
  return index < kNames.size() ? kNames[index] : "unknown";
}

MediumId mediumOf(const Record& record) {
  return visitRecord(
      []<class T>(const T& value) -> MediumId {
        if constexpr (requires { value.medium; }) {
          return value.medium;
        } else {
          return MediumId{};
        }
      },
      record);
}

}  // namespace fiducial
