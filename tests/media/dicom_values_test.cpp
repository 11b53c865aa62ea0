// Windows, tables, values of frames, overlays and SUV of made files against pydicom and against what was put in
// (tests/data/dicom/make_values.py).
#include "fiducial/media/frame_source.h"
#include "media_opening.h"
#include "support/shared_data.h"

namespace fiducial::media {
namespace {

std::filesystem::path fixture(const std::string& name) {
  return fiducial::test::sourceFolder() / "tests/data/dicom" / name;
}

nlohmann::json expectedOf(const char* part) { return test::jsonAt(fixture("values.json"))[part]; }

std::filesystem::path made(const std::string& name) { return fixture("values/" + name + ".dcm"); }

VoiFunction functionOf(const std::string& name) {
  if (name == "TABLE") return VoiFunction::Table;
  if (name == "LINEAR_EXACT") return VoiFunction::LinearExact;
  return name == "SIGMOID" ? VoiFunction::Sigmoid : VoiFunction::Linear;
}

TEST(DicomValues, WindowsAndTablesAreOfferedByNameWithTheirFunctions) {
  const nlohmann::json all = expectedOf("light");
  for (const auto& [name, expected] : all.items()) {
    const MediumInfo info = test::onlyMediumAt(made(name)).info;
    ASSERT_EQ(info.windows.size(), expected["rows"].size()) << name;
    for (std::size_t n = 0; n < info.windows.size(); ++n) {
      const WindowLevel& window = info.windows[n];
      const auto& row = expected["rows"][n];
      EXPECT_EQ(window.name, row["name"].get<std::string>()) << name;
      ASSERT_EQ(window.function, functionOf(row["function"])) << name;
      if (window.function == VoiFunction::Table) {
        ASSERT_TRUE(window.table) << name;
        EXPECT_EQ(window.table->first, row["first"].get<double>()) << name;
        EXPECT_EQ(window.table->top, row["top"].get<double>()) << name;
        EXPECT_EQ(window.table->entries, row["entries"].get<std::vector<std::uint16_t>>()) << name;
      } else {
        EXPECT_EQ(window.center, row["center"].get<double>()) << name;
        EXPECT_EQ(window.width, row["width"].get<double>()) << name;
      }
    }
  }
}

TEST(DicomValues, NamesOfWindowsAreInTheirCharacterSet) {
  const nlohmann::json all = expectedOf("windows");
  for (const auto& [name, expected] : all.items()) {
    const MediumInfo info = test::onlyMediumAt(made(name)).info;
    std::vector<std::string> names;
    for (const WindowLevel& window : info.windows) names.push_back(window.name);
    EXPECT_EQ(names, expected.get<std::vector<std::string>>()) << name;
  }
}

TEST(DicomValues, OfTheSharedModalityTableAreThoseOfPydicom) {
  FIDUCIAL_REQUIRE_SHARED(fiducial::test::sharedData("dicom/luts/modality_lut.dcm"));
  const auto volume = test::loadedVolumeAt(fiducial::test::sharedData("dicom/luts/modality_lut.dcm"));
  ASSERT_TRUE(volume);
  const auto expected = expectedOf("sharedModalityLut").get<std::vector<double>>();
  std::size_t n = 0;
  for (int j = 0; j < volume->values().size().rows; j += 37) {
    for (int i = 0; i < volume->values().size().columns; i += 41) {
      ASSERT_EQ(volume->output({i, j, 0}), expected.at(n++)) << i << "," << j;
    }
  }
  EXPECT_EQ(n, expected.size());
}

TEST(DicomValues, OfTheSharedVoiTableAreThoseOfPydicom) {
  FIDUCIAL_REQUIRE_SHARED(fiducial::test::sharedData("dicom/luts/voi_lut.dcm"));
  const MediumInfo info = test::onlyMediumAt(fiducial::test::sharedData("dicom/luts/voi_lut.dcm")).info;
  ASSERT_EQ(info.windows.size(), 1U);
  ASSERT_TRUE(info.windows[0].table);
  const VoiTable& table = *info.windows[0].table;
  const auto expected = expectedOf("sharedVoiLut").get<std::vector<double>>();
  for (std::size_t n = 0; n < expected.size(); ++n) {
    const double at = std::clamp(double(n) - table.first, 0.0, double(table.entries.size() - 1));
    EXPECT_NEAR(table.entries[std::size_t(at)] / table.top * 255, expected[n], 1e-9) << n;
  }
}

TEST(DicomValues, OfFramesFollowTheirOwnRescale) {
  const nlohmann::json all = expectedOf("frames");
  for (const auto& [name, expected] : all.items()) {
    const auto volume = test::loadedVolumeAt(made(name));
    ASSERT_TRUE(volume) << name;
    const ScalarBuffer& values = volume->values();
    const auto wanted = expected.get<std::vector<double>>();
    ASSERT_EQ(std::size_t(values.size().voxels()), wanted.size()) << name;
    const int columns = values.size().columns;
    const int rows = values.size().rows;
    for (int n = 0; n < int(wanted.size()); ++n) {
      const Voxel voxel{n % columns, n / columns % rows, n / columns / rows};
      ASSERT_EQ(volume->output(voxel), wanted[std::size_t(n)]) << name << " " << n;
    }
  }
  const MediumInfo info = test::onlyMediumAt(made("enhanced_ct_2_frames")).info;
  ASSERT_EQ(info.windows.size(), 2U);
  EXPECT_EQ(info.windows[1].name, "Größe");
  EXPECT_EQ(info.windows[1].function, VoiFunction::LinearExact);
  EXPECT_EQ(info.unit, "HU");
}

std::vector<int> pixelsOf(const OverlayPlane& plane) {
  const std::vector<std::uint8_t> bits = decodeRuns(plane.mask);
  return {bits.begin(), bits.end()};
}

TEST(DicomValues, OverlaysLieOnThePictureAndNotInItsValues) {
  const nlohmann::json all = expectedOf("overlays");
  for (const auto& [name, expected] : all.items()) {
    const auto volume = test::loadedVolumeAt(made(name));
    ASSERT_TRUE(volume) << name;
    auto frames = openFrames(test::onlyMediumAt(made(name)));
    ASSERT_TRUE(frames) << name;
    for (int k = 0; k < int(expected.size()); ++k) {
      auto frame = (*frames)->frame(k);
      ASSERT_TRUE(frame) << name;
      EXPECT_EQ((*frame)->graphics, volume->graphics(k)) << name;
      ASSERT_EQ(volume->graphics(k).size(), expected[std::size_t(k)].size()) << name << " " << k;
      for (std::size_t n = 0; n < volume->graphics(k).size(); ++n) {
        EXPECT_EQ(pixelsOf(volume->graphics(k)[n]), expected[std::size_t(k)][n].get<std::vector<int>>())
            << name << " frame " << k << " plane " << n;
      }
    }
  }
  const auto volume = test::loadedVolumeAt(made("overlay_planes_explicit"));
  ASSERT_TRUE(volume);
  EXPECT_EQ(volume->graphics(0)[0].label, "CHECKER");
  EXPECT_FALSE(volume->graphics(0)[0].isRegion);
  EXPECT_TRUE(volume->graphics(0)[1].isRegion);
}

TEST(DicomValues, TheSharedOverlayHasAsManyPixelsAsPydicomCounts) {
  FIDUCIAL_REQUIRE_SHARED(fiducial::test::sharedData("dicom/luts/mr_overlay.dcm"));
  const auto volume = test::loadedVolumeAt(fiducial::test::sharedData("dicom/luts/mr_overlay.dcm"));
  ASSERT_TRUE(volume);
  ASSERT_EQ(volume->graphics(0).size(), 1U);
  EXPECT_EQ(area(volume->graphics(0)[0].mask), expectedOf("sharedOverlayPixels").get<std::int64_t>());
  EXPECT_EQ(volume->graphics(0)[0].description, "Siemens MedCom Object Graphics");
}

TEST(DicomValues, SuvIsThatOfTheQibaFormulaOrThereIsAReason) {
  const nlohmann::json all = expectedOf("suv");
  for (const auto& [name, expected] : all.items()) {
    const SecondUnit suv = test::onlyMediumAt(made(name)).info.extras.secondUnit;
    if (expected.is_string()) {
      EXPECT_EQ(suv.unit, "") << name;
      EXPECT_NE(suv.reason.find(expected.get<std::string>()), std::string::npos) << name << ": " << suv.reason;
    } else {
      EXPECT_EQ(suv.unit, "SUVbw") << name << ": " << suv.reason;
      EXPECT_NEAR(suv.factor / expected.get<double>(), 1, 1e-6) << name;
    }
  }
}

TEST(DicomValues, AColourProfileIsKept) {
  const MediumInfo info = test::onlyMediumAt(made("rgb_with_icc_profile")).info;
  ASSERT_TRUE(info.extras.iccProfile);
  EXPECT_EQ(info.extras.iccProfile->size(), 132U);
  EXPECT_EQ(std::to_integer<int>((*info.extras.iccProfile)[36]), 'a');  // "acsp"
}

}  // namespace
}  // namespace fiducial::media
