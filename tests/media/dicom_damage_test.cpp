// Files cut at many places and with bytes flipped: an answer, a warning or an error, never a crash or a hang. Seeded.
#include <random>

#include "fiducial/media/frame_source.h"
#include "fiducial/runtime/atomic_file.h"
#include "media_opening.h"
#include "support/shared_data.h"
#include "support/temporary_folder.h"

namespace fiducial::media {
namespace {

using fiducial::test::sharedData;
using fiducial::test::TemporaryFolder;

constexpr const char* kSamples[] = {
    "dicom/syntaxes/explicit_le_mr.dcm",       "dicom/syntaxes/implicit_le_mr.dcm",
    "dicom/syntaxes/explicit_be_mr.dcm",       "dicom/syntaxes/rle_mr16.dcm",
    "dicom/syntaxes/jpeg_baseline_rgb.dcm",    "dicom/syntaxes/jpeg_lossless_p14_mr16.dcm",
    "dicom/syntaxes/jpegls_lossless_mr16.dcm", "dicom/syntaxes/j2k_lossless_mr16.dcm",
    "dicom/syntaxes/deflated_ot8.dcm",         "dicom/enhanced/legacy_converted_ct_3frames.dcm",
};

/// Opens and loads whatever is found; only that it comes back matters.
void tryAll(const std::filesystem::path& path) {
  auto listing = findMedia(path);
  if (!listing) {
    EXPECT_FALSE(listing.error().message.empty());
    return;
  }
  for (const FoundMedium& medium : listing->media) {
    auto source = openVolume(medium.location);
    if (!source) continue;
    auto loaded = (*source)->load({}, {});
    EXPECT_TRUE(loaded || !loaded.error().message.empty());
  }
}

TEST(DicomDamage, CutAtManyPlacesEveryFileIsAnsweredFor) {
  const TemporaryFolder folder;
  for (const char* sample : kSamples) {
    FIDUCIAL_REQUIRE_SHARED(sharedData(sample));
    auto bytes = runtime::readFile(sharedData(sample));
    ASSERT_TRUE(bytes);
    for (int n = 0; n < 24; ++n) {
      const std::size_t size = bytes->size() * std::size_t(n) / 24;
      ASSERT_TRUE(runtime::writeFile(folder / "cut.dcm", std::span<const std::byte>(*bytes).first(size)));
      SCOPED_TRACE(std::string(sample) + " cut to " + std::to_string(size));
      tryAll(folder / "cut.dcm");
    }
  }
}

TEST(DicomDamage, WithBytesFlippedEveryFileIsAnsweredFor) {
  const TemporaryFolder folder;
  constexpr unsigned kSeed = 20240611;
  std::mt19937 random(kSeed);
  for (const char* sample : kSamples) {
    FIDUCIAL_REQUIRE_SHARED(sharedData(sample));
    auto bytes = runtime::readFile(sharedData(sample));
    ASSERT_TRUE(bytes);
    for (int n = 0; n < 40; ++n) {
      std::vector<std::byte> flipped = *bytes;
      for (int flips = 0; flips < 8; ++flips) {
        // Half of them in the header, where they do most.
        const std::size_t range = flips % 2 == 0 ? std::min<std::size_t>(flipped.size(), 2048) : flipped.size();
        flipped[random() % range] = std::byte(random() & 0xFFu);
      }
      ASSERT_TRUE(runtime::writeFile(folder / "flipped.dcm", std::span<const std::byte>(flipped)));
      SCOPED_TRACE(std::string(sample) + " round " + std::to_string(n) + " of seed " + std::to_string(kSeed));
      tryAll(folder / "flipped.dcm");
    }
  }
}

}  // namespace
}  // namespace fiducial::media
