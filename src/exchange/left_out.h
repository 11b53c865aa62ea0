// What a format cannot hold, counted by kind, and said at the end with where it stands: nothing is dropped silently.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fiducial/core/result.h"
#include "fiducial/exchange/format.h"
#include "selection.h"

namespace fiducial::exchange {

/// Where a thing stands that is left out.
struct Place {
  std::string_view name;                 ///< of its medium, or of the file it was read from; empty: not known
  std::optional<std::int64_t> number{};  ///< its frame in the medium, or its annotation's id in the file
};

class LeftOut {
 public:
  /// `numbered`: what the number of a place is.
  explicit LeftOut(std::string_view numbered = "frame") : numbered_(numbered) {}

  /// `kind` as in the command line ("polyline"), `why` a half sentence ("coco does not hold them").
  void add(std::string_view kind, std::string_view why, const Place& place, std::int64_t count = 1);
  [[nodiscard]] std::int64_t count() const { return total_; }
  /// One a kind and reason: `2 polylines left out: coco does not hold them (frames 3, 7 of "echo")`.
  [[nodiscard]] std::vector<std::string> warnings() const;
  /// Errors: Invalid, naming all, when something was left out.
  [[nodiscard]] Status asError() const;

 private:
  struct Where {
    std::string name;
    std::vector<std::int64_t> numbers;  // the first few
    bool hasMore = false;
  };
  struct Entry {
    std::int64_t count = 0;
    std::vector<Where> places;  // the first few
    std::string lastName;
    std::int64_t others = 0;  // places beyond them
  };
  static void note(Entry& entry, const Place& place);
  [[nodiscard]] std::string placesText(const Entry& entry) const;
  [[nodiscard]] std::string placeText(const Where& where) const;

  std::string_view numbered_;
  std::map<std::pair<std::string, std::string>, Entry, std::less<>> entries_;
  std::int64_t total_ = 0;
};

/// Counts the labels of one medium that are of a whole kind the format does not hold: events, tags, measurements,
/// segmentations, tracks (shapes are looked at one by one by the exporter). Labels that the options do not take anyway
/// are not counted.
[[nodiscard]] Status countUnheld(const project::Project& project, const Selection& selection,
                                 const Stored<Medium>& medium, const DoneFrames& done, const Format& format,
                                 LeftOut& leftOut);
/// The kind of a shape as a member of Kinds.
[[nodiscard]] Kinds kindOf(const Shape& shape);
/// "coco does not hold them".
[[nodiscard]] std::string notHeldBy(const Format& format);

}  // namespace fiducial::exchange
