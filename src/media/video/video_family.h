// Video files: every container FFmpeg reads.
#pragma once

#include "family.h"

namespace fiducial::media {

[[nodiscard]] const Family& videoFamily();

}  // namespace fiducial::media
