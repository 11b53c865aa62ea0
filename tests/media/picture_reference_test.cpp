// Pictures, sample for sample, against Pillow's (shared/data/images/reference.json).
#include <png.h>

#include <cstdio>

#include "fiducial/media/frame_source.h"
#include "media_opening.h"
#include "support/shared_data.h"
#include "support/temporary_folder.h"

namespace fiducial::media {
namespace {

using fiducial::test::sharedData;
using fiducial::test::TemporaryFolder;

ScalarBuffer frameOf(const std::filesystem::path& path, int n = 0) {
  const MediumLocation location = test::onlyMediumAt(path);
  if (location.files.empty()) return {};
  auto source = openFrames(location);
  if (!source) {
    ADD_FAILURE() << source.error().text();
    return {};
  }
  auto frame = (*source)->frame(n);
  if (!frame) {
    ADD_FAILURE() << frame.error().text();
    return {};
  }
  return (*frame)->pixels;
}

/// The samples in the type and meaning of the reference: Pillow gives 16-bit PNG as int32 and single bits as 0 and 1.
std::vector<std::byte> asReference(const ScalarBuffer& picture, const std::string& dtype, const std::string& mode) {
  const auto bytes = picture.bytes();
  std::vector<std::byte> out(bytes.begin(), bytes.end());
  if (dtype == "int32") {
    std::vector<std::int32_t> wide;
    for (const std::uint16_t value : picture.values<std::uint16_t>()) wide.push_back(value);
    const auto all = std::as_bytes(std::span(wide));
    out.assign(all.begin(), all.end());
  }
  if (mode == "1") {
    for (std::byte& value : out) value &= std::byte{1};
  }
  return out;
}

TEST(PictureReference, EveryPictureHasTheSamplesOfTheReference) {
  FIDUCIAL_REQUIRE_SHARED(sharedData("images/reference.json"));
  int compared = 0;
  const nlohmann::json reference = test::jsonAt(sharedData("images/reference.json"));
  for (const auto& [name, expected] : reference["files"].items()) {
    SCOPED_TRACE(name);
    const auto& hashes = expected.contains("sha256") ? expected["sha256"] : nlohmann::json::array();
    for (std::size_t page = 0; page < hashes.size(); ++page) {
      const ScalarBuffer picture = frameOf(sharedData("images/" + name), int(page));
      ASSERT_FALSE(picture.empty());
      EXPECT_EQ(picture.size().columns, expected["size"][0].get<int>());
      EXPECT_EQ(picture.size().rows, expected["size"][1].get<int>());
      const auto samples = asReference(picture, expected["dtype"], expected["mode"]);
      EXPECT_EQ(test::sha256Of(samples), hashes[page].get<std::string>()) << "page " << page;
      ++compared;
    }
  }
  EXPECT_GE(compared, 25);
}

TEST(PictureReference, SixteenBitColourKeepsAllItsBits) {
  FIDUCIAL_REQUIRE_SHARED(sharedData("images/rgb16.png"));
  const ScalarBuffer deep = frameOf(sharedData("images/rgb16.png"));
  const ScalarBuffer flat = frameOf(sharedData("images/exif_upright.png"));
  const auto wide = deep.values<std::uint16_t>();
  const auto narrow = flat.values<std::uint8_t>();
  ASSERT_EQ(wide.size(), narrow.size());
  for (std::size_t n = 0; n < wide.size(); ++n) ASSERT_EQ(int(wide[n]), narrow[n] * 257);  // as the reference says
}

/// 2x1 pixels of a palette of red and half-transparent green.
void writeTransparentPalette(const std::filesystem::path& path) {
  FILE* file = std::fopen(path.c_str(), "wb");
  ASSERT_NE(file, nullptr);
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
  png_infop info = png_create_info_struct(png);
  png_init_io(png, file);
  png_set_IHDR(png, info, 2, 1, 8, PNG_COLOR_TYPE_PALETTE, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
               PNG_FILTER_TYPE_DEFAULT);
  const png_color colors[2] = {{255, 0, 0}, {0, 200, 0}};
  const png_byte alpha[2] = {255, 128};
  png_set_PLTE(png, info, colors, 2);
  png_set_tRNS(png, info, alpha, 2, nullptr);
  png_write_info(png, info);
  const png_byte row[2] = {0, 1};
  png_write_row(png, row);
  png_write_end(png, nullptr);
  png_destroy_write_struct(&png, &info);
  std::fclose(file);
}

TEST(PictureReference, APaletteWithTransparencyIsReadInItsColours) {
  const TemporaryFolder folder;
  writeTransparentPalette(folder / "palette.png");
  auto source = openFrames(test::onlyMediumAt(folder / "palette.png"));
  ASSERT_TRUE(source);
  const auto frame = (*source)->frame(0);
  ASSERT_TRUE(frame) << frame.error().text();
  ASSERT_EQ((*frame)->pixels.components(), 3);
  EXPECT_EQ((*frame)->pixels.at({0, 0, 0}, 0), 255);
  EXPECT_EQ((*frame)->pixels.at({1, 0, 0}, 1), 200);
}

TEST(PictureReference, AllEightExifOrientationsStandUpright) {
  FIDUCIAL_REQUIRE_SHARED(sharedData("images/exif_upright.png"));
  const ScalarBuffer upright = frameOf(sharedData("images/exif_upright.png"));
  for (int orientation = 1; orientation <= 8; ++orientation) {
    const ScalarBuffer turned = frameOf(sharedData("images/exif_orientation_" + std::to_string(orientation) + ".jpg"));
    ASSERT_EQ(turned.size(), upright.size()) << orientation;
    double sum = 0;
    const auto a = turned.values<std::uint8_t>();
    const auto b = upright.values<std::uint8_t>();
    for (std::size_t n = 0; n < a.size(); ++n) sum += std::abs(int(a[n]) - int(b[n]));
    EXPECT_LT(sum / double(a.size()), 6.0) << orientation;  // JPEG's own loss; another way up differs by tens
  }
}

TEST(PictureReference, ACutJpegIsShownAndSaidToBeCut) {
  FIDUCIAL_REQUIRE_SHARED(sharedData("images/malformed/truncated.jpg"));
  const MediumLocation location = test::onlyMediumAt(sharedData("images/malformed/truncated.jpg"));
  ASSERT_FALSE(location.info.warnings.empty());
  EXPECT_NE(location.info.warnings.front().find("ends early"), std::string::npos);
}

}  // namespace
}  // namespace fiducial::media
