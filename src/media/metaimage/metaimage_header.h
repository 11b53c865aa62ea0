// The text header of a MetaImage file. Source: the MetaIO documentation (Kitware), "MetaImage" and its reference.
#pragma once

#include <filesystem>
#include <string_view>

#include "../plain_volume/plain_volume.h"
#include "fiducial/core/result.h"

namespace fiducial::media::metaimage {

/// True where the text begins with a field that a MetaImage header begins with.
[[nodiscard]] bool looksLikeHeader(std::string_view text);

/// `text`: the beginning of the file. Errors: NotMedia, Damaged, Unsupported.
[[nodiscard]] Result<PlainVolume> volumeOf(std::string_view text, const std::filesystem::path& path);

}  // namespace fiducial::media::metaimage
