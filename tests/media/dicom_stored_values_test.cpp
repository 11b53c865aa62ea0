// Every way to store a sample: output values of made files against those put in, which pydicom confirms
// (tests/data/dicom/make_pixels.py).
#include "media_opening.h"
#include "support/shared_data.h"

namespace fiducial::media {
namespace {

std::filesystem::path fixture(const std::string& name) {
  return fiducial::test::sourceFolder() / "tests/data/dicom" / name;
}

TEST(DicomStoredValues, AreThoseThatWereWrittenInEveryForm) {
  const nlohmann::json all = test::jsonAt(fixture("pixels.json"));
  EXPECT_GE(all.size(), 58U);
  for (const auto& [name, expected] : all.items()) {
    const auto volume = test::loadedVolumeAt(fixture("pixels/" + name + ".dcm"));
    ASSERT_TRUE(volume) << name;
    const ScalarBuffer& values = volume->values();
    const int components = expected["components"];
    ASSERT_EQ(values.components(), components) << name;
    ASSERT_EQ(values.size(), (VolumeSize{expected["columns"], expected["rows"], expected["frames"]})) << name;
    const auto wanted = expected["values"].get<std::vector<double>>();
    std::size_t n = 0;
    for (int k = 0; k < values.size().slices; ++k) {
      for (int j = 0; j < values.size().rows; ++j) {
        for (int i = 0; i < values.size().columns; ++i) {
          for (int c = 0; c < components; ++c, ++n) {
            const MediumInfo& info = volume->info();
            const double value = values.at({i, j, k}, c) * info.slope + info.intercept;
            ASSERT_LE(std::abs(value - wanted[n]), expected["tolerance"].get<double>())
                << name << " at " << i << "," << j << "," << k << " component " << c << ": " << value << ", not "
                << wanted[n];
          }
        }
      }
    }
  }
}

TEST(DicomStoredValues, ThatArePaddingAreSaid) {
  const nlohmann::json all = test::jsonAt(fixture("pixels.json"));
  for (const auto& [name, expected] : all.items()) {
    if (!expected.contains("padding")) continue;
    const MediumInfo info = test::onlyMediumAt(fixture("pixels/" + name + ".dcm")).info;
    EXPECT_EQ(info.paddingValue, std::optional(expected["padding"].get<double>())) << name;
    const std::optional<double> limit =
        expected["limit"].is_null() ? std::nullopt : std::optional(expected["limit"].get<double>());
    EXPECT_EQ(info.extras.paddingLimit, limit) << name;
  }
}

TEST(DicomStoredValues, OfAFileThatWasReplacedByAnotherKindAreRefused) {
  // As if the first file of a found series had been overwritten since: what opens is not what was listed.
  MediumLocation location = test::onlyMediumAt(fixture("pixels/u16.dcm"));
  location.files = {fixture("pixels/u16.dcm"), fixture("pixels/palette_8_bit_entries.dcm"),
                    fixture("pixels/modality_table_16.dcm"), fixture("pixels/ybr_full_422.dcm")};
  for (int n = 0; n < 4; ++n) {
    auto source = openVolume(location);
    ASSERT_TRUE(source);
    auto loaded = (*source)->load({}, {});
    EXPECT_TRUE(!loaded || !loaded->warnings.empty()) << n;
    std::ranges::rotate(location.files, location.files.begin() + 1);
  }
}

}  // namespace
}  // namespace fiducial::media
