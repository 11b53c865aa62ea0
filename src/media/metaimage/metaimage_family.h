// MetaImage volumes: .mha, and .mhd with its data files beside it.
#pragma once

#include "../family.h"

namespace fiducial::media {

[[nodiscard]] const Family& metaimageFamily();

}  // namespace fiducial::media
