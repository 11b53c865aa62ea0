// What a format cannot hold, counted by kind, and said at the end: nothing is dropped silently.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "fiducial/core/result.h"
#include "fiducial/exchange/format.h"
#include "selection.h"

namespace fiducial::exchange {

class LeftOut {
 public:
  /// `kind` as in the command line ("polyline"), `why` a half sentence ("coco does not hold them").
  void add(std::string_view kind, std::string_view why, std::int64_t count = 1);
  [[nodiscard]] std::int64_t count() const { return total_; }
  /// One a kind and reason: `2 polylines left out: coco does not hold them`.
  [[nodiscard]] std::vector<std::string> warnings() const;
  /// Errors: Invalid, naming all, when something was left out.
  [[nodiscard]] Status asError() const;

 private:
  std::map<std::pair<std::string, std::string>, std::int64_t> counts_;
  std::int64_t total_ = 0;
};

/// Counts the labels of one medium that are of a whole kind the format does not hold: events, tags, measurements,
/// segmentations, tracks (shapes are looked at one by one by the exporter).
[[nodiscard]] Status countUnheld(const project::Project& project, const Selection& selection, MediumId medium,
                                 const Format& format, LeftOut& leftOut);
/// The kind of a shape as a member of Kinds.
[[nodiscard]] Kinds kindOf(const Shape& shape);
/// "coco does not hold them".
[[nodiscard]] std::string notHeldBy(const Format& format);

}  // namespace fiducial::exchange
