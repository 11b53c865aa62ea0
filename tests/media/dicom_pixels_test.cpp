// Decoded samples, byte for byte, against what pydicom, GDCM, Pillow, DCMTK and OpenJPEG gave for the same files
// (shared/data/dicom/reference/pixels.json says which of them agree).
#include "dicom/frame_values.h"
#include "media_opening.h"
#include "support/shared_data.h"

namespace fiducial::media::dicom {
namespace {

using fiducial::test::sharedData;

/// Of all frames, as the references have them: the chroma of each pair of pixels repeated.
std::string hashOfSamples(const std::filesystem::path& path) {
  auto file = ImageFile::open(path);
  if (!file) return file.error().text();
  std::vector<std::byte> all;
  for (int n = 0; n < (*file)->header().frames; ++n) {
    auto samples = readSamples({*file, n});
    if (!samples) return samples.error().text();
    std::vector<std::byte> bytes = std::move(samples->bytes);
    if (samples->isSubsampled) {
      std::vector<std::byte> full;
      for (std::size_t at = 0; at + 3 < bytes.size(); at += 4) {
        for (const std::size_t y : {at, at + 1}) full.insert(full.end(), {bytes[y], bytes[at + 2], bytes[at + 3]});
      }
      bytes = std::move(full);
    }
    all.insert(all.end(), bytes.begin(), bytes.end());
  }
  return test::sha256Of(all);
}

TEST(DicomPixels, OfEveryTransferSyntaxAreThoseOfOtherDecoders) {
  FIDUCIAL_REQUIRE_SHARED(sharedData("dicom/reference/pixels.json"));
  int compared = 0;
  const nlohmann::json reference = test::jsonAt(sharedData("dicom/reference/pixels.json"));
  for (const auto& [name, expected] : reference["files"].items()) {
    if (!expected.contains("sha256")) continue;  // a video
    EXPECT_EQ(hashOfSamples(sharedData("dicom/syntaxes/" + name)), expected["sha256"].get<std::string>()) << name;
    ++compared;
  }
  EXPECT_GE(compared, 35);
}

TEST(DicomPixels, OfTheOtherSharedPicturesAreThoseOfPydicomAndGdcm) {
  FIDUCIAL_REQUIRE_SHARED(sharedData("dicom/us"));
  const nlohmann::json reference =
      test::jsonAt(fiducial::test::sourceFolder() / "tests/data/dicom/shared_samples.json");
  ASSERT_GE(reference["files"].size(), 25u);
  for (const auto& [name, expected] : reference["files"].items()) {
    EXPECT_EQ(hashOfSamples(sharedData("dicom/" + name)), expected["sha256"].get<std::string>()) << name;
  }
}

TEST(DicomPixels, YbrBecomesRgbAsOtherDecodersConvertIt) {
  // The picture is one and the same, written as RGB and as YBR: only rounding may differ.
  const auto ybr = sharedData("dicom/syntaxes/jpeg_baseline_ybr444.dcm");
  const auto rgb = sharedData("dicom/syntaxes/jpeg_lossless_sv1_rgb.dcm");
  FIDUCIAL_REQUIRE_SHARED(ybr);
  const auto a = test::loadedVolumeAt(ybr);
  const auto b = test::loadedVolumeAt(rgb);
  ASSERT_TRUE(a && b);
  const auto left = a->values().values<std::uint8_t>();
  const auto right = b->values().values<std::uint8_t>();
  ASSERT_EQ(left.size(), right.size());
  double sum = 0;
  for (std::size_t n = 0; n < left.size(); ++n) sum += std::abs(int(left[n]) - int(right[n]));
  EXPECT_LT(sum / double(left.size()), 4.0);
}

TEST(DicomPixels, PlanarAndInterleavedColourAreTheSamePicture) {
  FIDUCIAL_REQUIRE_SHARED(sharedData("dicom/us/rgb_planar.dcm"));
  const auto planar = test::loadedVolumeAt(sharedData("dicom/us/rgb_planar.dcm"));
  const auto interleaved = test::loadedVolumeAt(sharedData("dicom/us/rgb_interleaved.dcm"));
  ASSERT_TRUE(planar && interleaved);
  EXPECT_TRUE(std::ranges::equal(planar->values().bytes(), interleaved->values().bytes()));
}

TEST(DicomPixels, BitsAboveHighBitAreClearedAndTheSignIsCarriedUp) {
  std::vector<std::uint16_t> values{0xF7FF, 0x0800, 0x0FFF, 0x1001};
  const auto bytes = std::as_writable_bytes(std::span(values));
  maskInPlace({.bitsAllocated = 16, .bitsStored = 12, .highBit = 11, .isSigned = false}, bytes);
  EXPECT_EQ(values, (std::vector<std::uint16_t>{0x07FF, 0x0800, 0x0FFF, 0x0001}));
  maskInPlace({.bitsAllocated = 16, .bitsStored = 12, .highBit = 11, .isSigned = true}, bytes);
  EXPECT_EQ(std::int16_t(values[0]), 2047);
  EXPECT_EQ(std::int16_t(values[1]), -2048);
  EXPECT_EQ(std::int16_t(values[2]), -1);
}

}  // namespace
}  // namespace fiducial::media::dicom
