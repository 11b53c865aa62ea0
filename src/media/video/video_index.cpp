#include "fiducial/media/video_index.h"

#include "video/confirm_pictures.h"
#include "video/video_family.h"

namespace fiducial::media {

using namespace video;

Result<std::vector<std::byte>> confirmVideoIndex(const MediumLocation& location, std::span<const std::byte> savedIndex,
                                                 std::stop_token stop, const runtime::Progress& progress) {
  const std::filesystem::path path = location.files.empty() ? location.path : location.files.front();
  if (!videoFamily().opens(location.info)) {
    return Error{ErrorCode::Unsupported, "it is not a video file, so there is nothing to count", path.string(), ""};
  }
  auto input = VideoInput::open({path, {}, nullptr}, stop);
  if (!input) return input.error();
  auto sampleHash = (*input)->bytes().sampleHash();
  if (!sampleHash) return sampleHash.error();
  auto known = unpackIndex(savedIndex, *sampleHash);
  if (known && known->pictures.isConfirmed()) return std::vector<std::byte>(savedIndex.begin(), savedIndex.end());
  if (!known) {
    auto packets = indexPackets(**input, stop, progress);
    if (!packets) return packets.error();
    known = VideoIndex{std::move(*packets), PictureTable::provisional({}), 0};
  }
  auto confirmed = confirmPictures(**input, std::move(known->packets), stop, progress);
  if (!confirmed) return confirmed.error();
  return packIndex(*confirmed, *sampleHash);
}

bool isConfirmedIndex(std::span<const std::byte> index) { return saysConfirmed(index); }

}  // namespace fiducial::media
