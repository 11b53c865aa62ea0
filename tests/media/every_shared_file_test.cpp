// Every file of the shared data's media families opens, or is refused with a sentence; none crashes, hangs or takes
// memory that its bytes do not justify. The families are those of MANIFEST.md.
#include <chrono>
#include <set>

#include "fiducial/media/frame_source.h"
#include "media_opening.h"
#include "support/shared_data.h"

namespace fiducial::media {
namespace {

using fiducial::test::sharedData;

struct Family {
  const char* folder;
  std::size_t leastFiles;
};

class EverySharedFile : public testing::TestWithParam<Family> {};

/// A sentence: some words, no bare code of a library.
void expectSentence(const std::string& text, const std::filesystem::path& path) {
  EXPECT_GT(text.size(), 12u) << path;
  EXPECT_NE(text.find(' '), std::string::npos) << path << ": " << text;
}

void openAll(const MediaListing& listing, const std::filesystem::path& path) {
  for (const FoundMedium& medium : listing.media) {
    EXPECT_FALSE(medium.name.empty()) << path;
    if (medium.location.info.kind == MediumKind::Video) continue;  // tests/media/video_frames_test.cpp
    auto source = openVolume(medium.location);
    if (!source) {
      expectSentence(source.error().text(), path);
      continue;
    }
    auto loaded = (*source)->load({}, {});
    if (!loaded) {
      expectSentence(loaded.error().message, path);
      continue;
    }
    EXPECT_EQ(loaded->volume->values().size(), loaded->volume->info().volumeSize()) << path;
    for (const std::string& warning : loaded->warnings) expectSentence(warning, path);
  }
  for (const SkippedFile& skipped : listing.skipped) expectSentence(skipped.reason, skipped.path);
}

TEST_P(EverySharedFile, OpensOrIsRefusedWithASentence) {
  const auto folder = sharedData(GetParam().folder);
  FIDUCIAL_REQUIRE_SHARED(folder);
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    ++files;
    const auto begin = std::chrono::steady_clock::now();
    auto listing = findMedia(entry.path());
    if (listing) {
      EXPECT_FALSE(listing->media.empty()) << entry.path();
      openAll(*listing, entry.path());
    } else {
      EXPECT_NE(listing.error().code, ErrorCode::Invalid) << entry.path();
      expectSentence(listing.error().message, entry.path());
    }
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10)) << entry.path();
  }
  EXPECT_GE(files, GetParam().leastFiles);
}

TEST_P(EverySharedFile, IsAccountedForWhenTheWholeFolderIsSearched) {
  const auto folder = sharedData(GetParam().folder);
  FIDUCIAL_REQUIRE_SHARED(folder);
  auto listing = findMedia(folder);
  ASSERT_TRUE(listing) << listing.error().text();
  std::set<std::string> names;
  std::set<std::filesystem::path> seen;
  for (const FoundMedium& medium : listing->media) {
    EXPECT_TRUE(names.insert(medium.name).second) << medium.name;
    EXPECT_EQ(std::size_t(medium.location.info.files), medium.location.files.size()) << medium.name;
    for (const auto& file : medium.location.files) {
      EXPECT_TRUE(seen.insert(file).second) << file << " is part of two media, the second " << medium.name;
    }
  }
  for (const SkippedFile& skipped : listing->skipped) {
    EXPECT_FALSE(seen.contains(skipped.path)) << skipped.path;
    expectSentence(skipped.reason, skipped.path);
  }
}

INSTANTIATE_TEST_SUITE_P(Manifest, EverySharedFile,
                         testing::Values(Family{"dicom/ct", 150}, Family{"dicom/mr", 80}, Family{"dicom/us", 7},
                                         Family{"dicom/xray", 3}, Family{"dicom/enhanced", 5}, Family{"dicom/luts", 4},
                                         Family{"dicom/syntaxes", 38}, Family{"dicom/charsets", 17},
                                         Family{"dicom/seg", 15}, Family{"dicom/rtstruct", 7}, Family{"dicom/sr", 7},
                                         Family{"dicom/gsps", 10}, Family{"dicom/dicomdir_tiny", 51},
                                         Family{"dicom/malformed", 160}, Family{"volumes", 60}, Family{"images", 36}),
                         [](const auto& each) {
                           std::string name = each.param.folder;
                           for (char& c : name) c = c == '/' ? '_' : c;
                           return name;
                         });

}  // namespace
}  // namespace fiducial::media
