#include "media_opening.h"

#include <fstream>

#include "fiducial/runtime/content_hash.h"

namespace fiducial::media::test {

MediumLocation onlyMediumAt(const std::filesystem::path& path) {
  auto listing = findMedia(path);
  if (!listing) {
    ADD_FAILURE() << listing.error().text();
    return {};
  }
  if (listing->media.size() != 1) {
    ADD_FAILURE() << path << " holds " << listing->media.size() << " media";
    return {};
  }
  return listing->media.front().location;
}

std::shared_ptr<const Volume> loadedVolume(const MediumLocation& location, int time) {
  if (location.files.empty()) return nullptr;
  auto source = openVolume(location);
  if (!source) {
    ADD_FAILURE() << source.error().text();
    return nullptr;
  }
  LoadOptions options;
  options.time = time;
  auto loaded = (*source)->load(options, {});
  if (!loaded) {
    ADD_FAILURE() << loaded.error().text();
    return nullptr;
  }
  EXPECT_TRUE(loaded->volume->isComplete()) << location.path;
  return loaded->volume;
}

std::shared_ptr<const Volume> loadedVolumeAt(const std::filesystem::path& path, int time) {
  return loadedVolume(onlyMediumAt(path), time);
}

nlohmann::json jsonAt(const std::filesystem::path& path) {
  std::ifstream file(path);
  return nlohmann::json::parse(file);
}

std::string sha256Of(std::span<const std::byte> bytes) { return runtime::toHex(runtime::sha256(bytes)); }

}  // namespace fiducial::media::test
