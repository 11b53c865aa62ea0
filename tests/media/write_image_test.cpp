// Written files: read back by our readers value for value, and by nibabel (python3-nibabel) where it is installed.
#include "fiducial/media/write_image.h"

#include <cstdio>
#include <random>

#include "fiducial/media/frame_source.h"
#include "fiducial/runtime/atomic_file.h"
#include "fiducial/runtime/buffer_allocator.h"
#include "media_opening.h"
#include "support/shared_data.h"
#include "support/temporary_folder.h"

namespace fiducial::media {
namespace {

using fiducial::test::TemporaryFolder;

ScalarBuffer ramp(ScalarType type, int components, VolumeSize size) {
  auto buffer = runtime::allocateScalars(type, components, size);
  EXPECT_TRUE(buffer);
  withScalarType(type, [&](auto typed) {
    using T = decltype(typed);
    int n = 0;
    for (T& value : buffer->mutableValues<T>()) value = T((n++ * 7) % 251 - (isSigned(type) ? 100 : 0));
  });
  return *buffer;
}

Affine oblique() {
  return Affine({{{0.69931, -0.01768, -0.023394, -28.3},
                  {-0.015252, -0.660943, 0.085955, 7.1},
                  {0.026746, 0.085363, 0.660686, -48.3},
                  {0, 0, 0, 1}}});
}

std::string bytesOf(const std::filesystem::path& path) {
  auto text = runtime::readText(path);
  EXPECT_TRUE(text);
  return text ? *text : std::string();
}

TEST(WriteVolume, ReadsBackWithTheSameValuesAndAffineInEveryFormatAndType) {
  const TemporaryFolder folder;
  for (const char* ending : {".nii", ".nii.gz", ".nrrd"}) {
    for (const ScalarType type : {ScalarType::UInt8, ScalarType::Int8, ScalarType::UInt16, ScalarType::Int16,
                                  ScalarType::UInt32, ScalarType::Int32, ScalarType::Float32, ScalarType::Float64}) {
      SCOPED_TRACE(std::string(nameOf(type)) + ending);
      const auto path = folder / (std::string(nameOf(type)) + ending);
      const ScalarBuffer values = ramp(type, 1, {7, 5, 3});
      ASSERT_TRUE(writeVolume(path, values, oblique(), {.slope = 0.5, .intercept = -3}));
      const auto back = test::loadedVolumeAt(path);
      ASSERT_TRUE(back);
      EXPECT_EQ(back->values().type(), type);
      EXPECT_TRUE(std::ranges::equal(back->values().bytes(), values.bytes()));
      EXPECT_EQ(back->info().slope, 0.5);
      EXPECT_EQ(back->info().intercept, -3);
      EXPECT_TRUE(back->info().hasGeometry);
      for (std::size_t r = 0; r < 3; ++r) {
        for (std::size_t c = 0; c < 4; ++c) {
          EXPECT_NEAR(back->info().affine.rows()[r][c], oblique().rows()[r][c], 2e-6);
        }
      }
    }
  }
}

TEST(WriteVolume, TimePointsAndColourReadBack) {
  const TemporaryFolder folder;
  for (const char* ending : {".nii.gz", ".nrrd"}) {
    const auto timed = folder / (std::string("timed") + ending);
    const ScalarBuffer values = ramp(ScalarType::Int16, 1, {4, 3, 10});
    ASSERT_TRUE(writeVolume(timed, values, oblique(), {.times = 5, .frameSeconds = 0.04}));
    const auto third = test::loadedVolumeAt(timed, 3);
    ASSERT_TRUE(third);
    EXPECT_EQ(third->info().times, 5);
    EXPECT_EQ(third->values().at({1, 2, 1}), values.at({1, 2, 7}));
    const auto colour = folder / (std::string("colour") + ending);
    const ScalarBuffer rgb = ramp(ScalarType::UInt8, 3, {4, 3, 2});
    ASSERT_TRUE(writeVolume(colour, rgb, oblique()));
    const auto back = test::loadedVolumeAt(colour);
    ASSERT_TRUE(back);
    EXPECT_EQ(back->values().components(), 3);
    EXPECT_TRUE(std::ranges::equal(back->values().bytes(), rgb.bytes()));
  }
}

TEST(WriteVolume, WithoutAPlaceInThePatientNrrdSaysSpacingsOnly) {
  const TemporaryFolder folder;
  const Affine apart({{{0.5, 0, 0, 0}, {0, 0.25, 0, 0}, {0, 0, 3, 0}, {0, 0, 0, 1}}});
  const VolumeFileOptions options{.hasGeometry = false, .times = 2, .frameSeconds = 0.04};
  ASSERT_TRUE(writeVolume(folder / "a.nrrd", ramp(ScalarType::UInt8, 1, {4, 3, 2}), apart, options));
  ASSERT_TRUE(writeVolume(folder / "rgb.nrrd", ramp(ScalarType::UInt8, 3, {4, 3, 1}), apart, {.hasGeometry = false}));
  const std::string text = bytesOf(folder / "a.nrrd");
  const std::string header = text.substr(0, text.find("\n\n"));
  EXPECT_EQ(header.find("space"), std::string::npos) << header;  // as in "space:", "space directions:"
  EXPECT_NE(header.find("\nspacings: 0.5 0.25 3 0.04\n"), std::string::npos) << header;
  EXPECT_NE(bytesOf(folder / "rgb.nrrd").find("\nspacings: nan 0.5 0.25 3\n"), std::string::npos);
  const auto back = test::loadedVolumeAt(folder / "a.nrrd");
  ASSERT_TRUE(back);
  EXPECT_FALSE(back->info().hasGeometry);
  EXPECT_EQ(back->info().spacing, (std::vector<double>{0.5, 0.25, 3}));
}

TEST(WriteVolume, TheSameVolumeGivesTheSameBytes) {
  const TemporaryFolder folder;
  const ScalarBuffer values = ramp(ScalarType::Int16, 1, {20, 20, 5});
  for (const char* ending : {".nii.gz", ".nrrd"}) {
    ASSERT_TRUE(writeVolume(folder / (std::string("a") + ending), values, oblique()));
    ASSERT_TRUE(writeVolume(folder / (std::string("b") + ending), values, oblique()));
    EXPECT_EQ(bytesOf(folder / (std::string("a") + ending)), bytesOf(folder / (std::string("b") + ending)));
  }
}

TEST(WriteVolume, NibabelFindsTheSameMatrixInSformAndQform) {
  if (std::system((fiducial::test::pythonProgram().string() + " -c 'import nibabel' 2>/dev/null").c_str()) != 0) {
    GTEST_SKIP() << "python3-nibabel is not installed";
  }
  const TemporaryFolder folder;
  const auto path = folder / "labels.nii.gz";
  // At right angles and left-handed: the qform must hold it with qfac -1.
  const Affine affine({{{0.8, 0, 0, -10}, {0, 0.9, 0, 20}, {0, 0, -2.5, 30}, {0, 0, 0, 1}}});
  ASSERT_TRUE(writeVolume(path, ramp(ScalarType::UInt8, 1, {6, 5, 4}), affine, {.isLabelMap = true}));
  const std::string script =
      "import nibabel as n, numpy as p\n"
      "i=n.load('" +
      path.string() +
      "'); a=p.diag([-1,-1,1,1])@p.array([[.8,0,0,-10],[0,.9,0,20],[0,0,-2.5,30],[0,0,0,1]])\n"
      "assert i.shape==(6,5,4), i.shape\n"
      "assert abs(i.affine-a).max()<1e-5, i.affine\n"
      "assert abs(i.get_qform()-a).max()<1e-5, i.get_qform()\n"
      "assert int(i.header['sform_code'])==1 and int(i.header['qform_code'])==1\n"
      "assert int(i.header['intent_code'])==1002 and list(i.header['dim'])==[3,6,5,4,1,1,1,1]\n"
      "d=p.asarray(i.dataobj); assert d.dtype==p.uint8 and d[1,0,0]==7 and d[0,1,0]==42, d\n";
  ASSERT_TRUE(runtime::writeFile(folder / "check.py", script));
  EXPECT_EQ(std::system((fiducial::test::pythonProgram().string() + " " + (folder / "check.py").string()).c_str()), 0);
}

TEST(WriteVolume, RefusesOtherEndingsAndLeavesNothingBehind) {
  const TemporaryFolder folder;
  EXPECT_FALSE(writeVolume(folder / "a.mha", ramp(ScalarType::UInt8, 1, {2, 2, 2}), Affine()));
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(WritePng, ReadsBackSampleForSample) {
  const TemporaryFolder folder;
  for (const ScalarType type : {ScalarType::UInt8, ScalarType::UInt16}) {
    for (const int components : {1, 3}) {
      const auto path = folder / (std::string(nameOf(type)) + std::to_string(components) + ".png");
      const ScalarBuffer picture = ramp(type, components, {33, 9, 1});
      ASSERT_TRUE(writePng(path, picture));
      const auto back = test::loadedVolumeAt(path);
      ASSERT_TRUE(back);
      EXPECT_EQ(back->values().type(), type);
      EXPECT_TRUE(std::ranges::equal(back->values().bytes(), picture.bytes()));
    }
  }
}

TEST(WritePng, TheFileEndsAsTheFormatSays) {
  const TemporaryFolder folder;
  ASSERT_TRUE(writePng(folder / "a.png", ramp(ScalarType::UInt8, 3, {5, 4, 1})));
  const std::string bytes = bytesOf(folder / "a.png");
  const std::string_view end("\x00\x00\x00\x00IEND\xAE\x42\x60\x82", 12);  // PNG specification, 11.2.5; its CRC
  EXPECT_TRUE(bytes.ends_with(end));
}

TEST(WritePng, NoiseRunsAndSlopesReadBackAtEverySize) {  // by libpng, which knows nothing of our compression
  const TemporaryFolder folder;
  std::mt19937 random(20261123);
  for (int round = 0; round < 60; ++round) {
    SCOPED_TRACE("seed 20261123, round " + std::to_string(round));
    const VolumeSize size{1 + int(random() % (round % 10 == 0 ? 700 : 40)), 1 + int(random() % 150), 1};
    auto picture = runtime::allocateScalars(ScalarType::UInt8, round % 2 == 0 ? 1 : 3, size);
    ASSERT_TRUE(picture);
    unsigned last = 0;
    for (std::uint8_t& value : picture->mutableValues<std::uint8_t>()) {
      const unsigned kind = unsigned(round) % 5;
      if (kind == 0 || (kind < 3 && random() % (kind == 1 ? 20 : 2000) == 0)) last = unsigned(random() % 256);
      if (kind == 3) last += unsigned(random() % 3);
      value = std::uint8_t(last);
    }
    ASSERT_TRUE(writePng(folder / "a.png", *picture));
    const auto back = test::loadedVolumeAt(folder / "a.png");
    ASSERT_TRUE(back);
    EXPECT_TRUE(std::ranges::equal(back->values().bytes(), picture->bytes()));
  }
}

TEST(WritePng, SignedValuesAreWrittenPlusHalfTheRangeAndTheFourthComponentIsLeftOut) {
  const TemporaryFolder folder;
  const ScalarBuffer picture = ramp(ScalarType::Int16, 1, {5, 4, 1});
  ASSERT_TRUE(writePng(folder / "signed.png", picture, {.text = {{"Comment", "stored values plus 32768"}}}));
  const auto back = test::loadedVolumeAt(folder / "signed.png");
  ASSERT_TRUE(back);
  EXPECT_EQ(back->values().at({3, 2, 0}), picture.at({3, 2, 0}) + 32768);
  EXPECT_NE(bytesOf(folder / "signed.png").find("stored values plus 32768"), std::string::npos);
  ASSERT_TRUE(writePng(folder / "rgbx.png", ramp(ScalarType::UInt8, 4, {5, 4, 1})));
  const auto rgb = test::loadedVolumeAt(folder / "rgbx.png");
  ASSERT_TRUE(rgb);
  EXPECT_EQ(rgb->values().components(), 3);
  EXPECT_EQ(rgb->values().at({1, 0, 0}, 0), 28);  // the fifth sample of the ramp
}

}  // namespace
}  // namespace fiducial::media
