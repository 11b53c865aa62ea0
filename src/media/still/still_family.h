// Pictures: PNG, JPEG, TIFF (a page or a stack of them), BMP, WebP.
#pragma once

#include "../family.h"

namespace fiducial::media {

[[nodiscard]] const Family& stillFamily();

}  // namespace fiducial::media
