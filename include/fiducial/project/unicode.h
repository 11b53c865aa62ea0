// Names in the one Unicode form in which projects keep and compare them: NFC.
// Source: Unicode Standard Annex #15, "Unicode Normalization Forms".
#pragma once

#include <string>
#include <string_view>

namespace fiducial::project {

/// Text that is not UTF-8 comes back as it was. Thread: any; pure.
[[nodiscard]] std::string toNfc(std::string_view text);

}  // namespace fiducial::project
