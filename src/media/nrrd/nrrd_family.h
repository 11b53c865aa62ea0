// NRRD volumes, plain or gzipped, in one file or with a detached header.
#pragma once

#include "../family.h"

namespace fiducial::media {

[[nodiscard]] const Family& nrrdFamily();

}  // namespace fiducial::media
