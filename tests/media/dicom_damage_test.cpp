// Every DICOM file of the shared data cut at many places and with bytes flipped: an answer, a warning or an error,
// never a crash, a hang over 5 s or memory that its bytes do not justify. Seeded. A run of all tests takes a sample of
// the damage; FIDUCIAL_DAMAGE=whole makes it 64 cuts and 200 flips a file (hours under the sanitizers).
#include <chrono>
#include <cstdlib>
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

constexpr auto kLongestAnswer = std::chrono::seconds(5);
constexpr std::uintmax_t kLargestSample = 400'000;  ///< larger files only in the whole run: decoding them is the cost

struct Damage {
  int cuts;
  int flips;
};

bool isWholeRun() {
  const char* asked = std::getenv("FIDUCIAL_DAMAGE");
  return asked != nullptr && std::string_view(asked) == "whole";
}

Damage damageToDo() { return isWholeRun() ? Damage{64, 200} : Damage{3, 4}; }

/// Opens and loads whatever is found; only that it comes back, in time and with a sentence, matters.
void expectAnswer(const std::filesystem::path& path) {
  const auto begin = std::chrono::steady_clock::now();
  auto listing = findMedia(path);
  if (!listing) {
    EXPECT_FALSE(listing.error().message.empty());
    return;
  }
  for (const FoundMedium& medium : listing->media) {
    if (medium.location.info.kind == MediumKind::Video) {
      auto frames = openFrames(medium.location);
      if (frames && (*frames)->frameCount() > 0) (void)(*frames)->frame((*frames)->frameCount() - 1);
      continue;
    }
    auto source = openVolume(medium.location);
    if (!source) continue;
    auto loaded = (*source)->load({}, {});
    EXPECT_TRUE(loaded || !loaded.error().message.empty());
  }
  EXPECT_LT(std::chrono::steady_clock::now() - begin, kLongestAnswer);
}

/// One file of each series, every other file by itself: slices of one series differ in nothing that damage could meet.
std::vector<std::filesystem::path> samplesOf(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> samples;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    const auto& path = entry.path();
    if (!entry.is_regular_file() || path.extension() == ".json" || path.extension() == ".png") continue;
    if (!isWholeRun() && entry.file_size() > kLargestSample) continue;
    if (entry.file_size() > 8'000'000) continue;  // those of malformed/ that only claim to be large are small
    samples.push_back(path);
  }
  std::sort(samples.begin(), samples.end());
  const auto isSliceOfTheOneBefore = [](const auto& a, const auto& b) {
    const std::string series = a.parent_path().filename().string();
    return a.parent_path() == b.parent_path() &&
           (series.starts_with("series_") || series.starts_with("head_") || series.starts_with("slicer_") ||
            series.starts_with("T1_") || series.starts_with("SE0"));
  };
  samples.erase(std::unique(samples.begin(), samples.end(), isSliceOfTheOneBefore), samples.end());
  return samples;
}

class DicomDamage : public testing::TestWithParam<const char*> {};

TEST_P(DicomDamage, CutAtManyPlacesEveryFileIsAnsweredFor) {
  FIDUCIAL_REQUIRE_SHARED(sharedData(GetParam()));
  const TemporaryFolder folder;
  for (const auto& sample : samplesOf(sharedData(GetParam()))) {
    auto bytes = runtime::readFile(sample);
    ASSERT_TRUE(bytes);
    const auto cuts = std::size_t(damageToDo().cuts);
    for (std::size_t n = 0; n < cuts; ++n) {
      // Half of the places are within the header, where cuts do most.
      const std::size_t range = n % 2 == 0 ? std::min<std::size_t>(bytes->size(), 4096) : bytes->size();
      const std::size_t size = range * (n + 1) / (cuts + 1);
      ASSERT_TRUE(runtime::writeFile(folder / "cut.dcm", std::span<const std::byte>(*bytes).first(size)));
      SCOPED_TRACE(sample.string() + " cut to " + std::to_string(size));
      expectAnswer(folder / "cut.dcm");
    }
  }
}

TEST_P(DicomDamage, WithBytesFlippedEveryFileIsAnsweredFor) {
  FIDUCIAL_REQUIRE_SHARED(sharedData(GetParam()));
  const TemporaryFolder folder;
  constexpr unsigned kSeed = 20240611;
  for (const auto& sample : samplesOf(sharedData(GetParam()))) {
    auto bytes = runtime::readFile(sample);
    ASSERT_TRUE(bytes);
    if (bytes->empty()) continue;
    std::mt19937 random(kSeed);
    for (int n = 0; n < damageToDo().flips; ++n) {
      std::vector<std::byte> flipped = *bytes;
      for (int flips = 0; flips < 8; ++flips) {
        const std::size_t range = flips % 2 == 0 ? std::min<std::size_t>(flipped.size(), 2048) : flipped.size();
        flipped[random() % range] = std::byte(random() & 0xFFu);
      }
      ASSERT_TRUE(runtime::writeFile(folder / "flipped.dcm", std::span<const std::byte>(flipped)));
      SCOPED_TRACE(sample.string() + " round " + std::to_string(n) + " of seed " + std::to_string(kSeed));
      expectAnswer(folder / "flipped.dcm");
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Shared, DicomDamage,
                         testing::Values("dicom/charsets", "dicom/ct", "dicom/dicomdir_tiny", "dicom/enhanced",
                                         "dicom/gsps", "dicom/luts", "dicom/malformed", "dicom/mr", "dicom/rtstruct",
                                         "dicom/seg", "dicom/sr", "dicom/syntaxes", "dicom/us", "dicom/xray"),
                         [](const auto& info) { return std::string(info.param).substr(6); });

}  // namespace
}  // namespace fiducial::media
