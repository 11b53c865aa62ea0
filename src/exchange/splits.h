// Train, validation and test: which media go where. A subject's media stay together, so that no patient is in two
// splits.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "fiducial/core/result.h"
#include "left_out.h"
#include "selection.h"

namespace fiducial::exchange {

struct Splits {
  std::vector<std::string> names;           ///< in the order asked for; "default" alone where none was
  std::map<MediumId, std::size_t> indexOf;  ///< of the media that are in one
};
/// Media that a split file does not name are in none. Errors: Invalid shares or names; NotFound for a medium that a
/// split file names and the project does not have; Conflict where it puts one in two.
[[nodiscard]] Result<Splits> makeSplits(const Selection& selection);

}  // namespace fiducial::exchange
