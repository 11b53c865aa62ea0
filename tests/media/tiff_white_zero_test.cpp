// TIFF pictures in which 0 is white (PhotometricInterpretation 0, TIFF 6.0 section 8): the samples stay as stored, and
// the medium says that low values are bright.
#include <array>

#include "fiducial/runtime/atomic_file.h"
#include "media_opening.h"
#include "support/temporary_folder.h"

namespace fiducial::media {
namespace {

/// A gray picture of 2 x 1 pixels, 8 bits, one strip, little endian.
std::vector<std::byte> tinyTiff(unsigned photometric) {
  std::vector<std::byte> bytes;
  const auto put = [&](unsigned value, int count) {
    for (int n = 0; n < count; ++n) bytes.push_back(std::byte(value >> (8 * n) & 0xFFU));
  };
  constexpr unsigned kPixelsAt = 8;
  put(0x4949, 2);
  put(42, 2);
  put(kPixelsAt + 2, 4);
  put(10, 1);
  put(200, 1);
  const std::array<std::array<unsigned, 2>, 9> tags{
      {{256, 2}, {257, 1}, {258, 8}, {259, 1}, {262, photometric}, {273, kPixelsAt}, {277, 1}, {278, 1}, {279, 2}}};
  put(unsigned(tags.size()), 2);
  for (const auto& [tag, value] : tags) {
    put(tag, 2);
    put(4, 2);  // LONG
    put(1, 4);
    put(value, 4);
  }
  put(0, 4);
  return bytes;
}

TEST(Tiff, WhereZeroIsWhiteLowValuesAreShownBright) {
  const fiducial::test::TemporaryFolder folder;
  for (const unsigned photometric : {0U, 1U}) {
    const auto path = folder / ("a" + std::to_string(photometric) + ".tif");
    ASSERT_TRUE(runtime::writeFile(path, tinyTiff(photometric)));
    EXPECT_EQ(test::onlyMediumAt(path).info.inverted, photometric == 0);
    const auto volume = test::loadedVolumeAt(path);
    ASSERT_TRUE(volume);
    EXPECT_EQ(volume->info().inverted, photometric == 0);
    EXPECT_EQ(volume->values().at({0, 0, 0}), 10);
    EXPECT_EQ(volume->values().at({1, 0, 0}), 200);
  }
}

}  // namespace
}  // namespace fiducial::media
