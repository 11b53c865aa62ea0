// Names in the one Unicode form in which they are stored and compared: NFC.
#pragma once

#include <string>
#include <string_view>

namespace fiducial::project {

/// Text that is not UTF-8 comes back as it was.
[[nodiscard]] std::string toNfc(std::string_view text);
[[nodiscard]] bool isUtf8(std::string_view text);

}  // namespace fiducial::project
