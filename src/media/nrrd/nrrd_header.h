// The text header of a NRRD file. Source: the NRRD format definition (teem), sections 3 to 6.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "../plain_volume/plain_volume.h"
#include "fiducial/core/result.h"

namespace fiducial::media::nrrd {

/// The volume such a header describes. `headerBytes`: where the data of an attached header begin. A detached data file
/// must lie in the header's own folder. Errors: Damaged, Unsupported.
[[nodiscard]] Result<PlainVolume> volumeOf(std::string_view header, std::size_t headerBytes,
                                           const std::filesystem::path& path);

}  // namespace fiducial::media::nrrd
