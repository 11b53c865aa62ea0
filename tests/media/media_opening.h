// Opening shared test data in one line.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>

#include "fiducial/media/find_media.h"
#include "fiducial/media/volume_source.h"
#include "nlohmann/json.hpp"

namespace fiducial::media::test {

/// The only medium at `path`; a failed expectation and an empty location where it is not the only one.
[[nodiscard]] MediumLocation onlyMediumAt(const std::filesystem::path& path);
/// Its voxels; a failed expectation and null where it does not load.
[[nodiscard]] std::shared_ptr<const Volume> loadedVolumeAt(const std::filesystem::path& path, int time = 0);
[[nodiscard]] std::shared_ptr<const Volume> loadedVolume(const MediumLocation& location, int time = 0);
[[nodiscard]] nlohmann::json jsonAt(const std::filesystem::path& path);
[[nodiscard]] std::string sha256Of(std::span<const std::byte> bytes);

}  // namespace fiducial::media::test
