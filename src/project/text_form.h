// The form of text in a project: UTF-8, names in NFC.
#pragma once

#include <string_view>

#include "fiducial/project/unicode.h"

namespace fiducial::project {

[[nodiscard]] bool isUtf8(std::string_view text);

}  // namespace fiducial::project
