// Frame n of a video is the n-th picture a sequential decode shows, however it is asked for. Expected values:
// FFmpeg 5.1 and the frame codes drawn into the pictures (shared/data/video/reference.json and MANIFEST.md).
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <random>

#include "support/shared_data.h"
#include "support/temporary_folder.h"
#include "video/video_source.h"
#include "video_reference.h"

namespace fiducial::media::video {
namespace {

using test::drawnNumber;
using test::VideoReference;

std::unique_ptr<VideoSource> open(const std::filesystem::path& path, std::span<const std::byte> index = {},
                                  VideoOptions options = {}) {
  auto source = VideoSource::open({path, {}, nullptr}, index, {}, {}, options);
  EXPECT_TRUE(source) << (source ? "" : source.error().text());
  return source ? std::move(*source) : nullptr;
}

class EveryVideo : public ::testing::TestWithParam<VideoReference> {
 protected:
  void SetUp() override {
    path_ = test::sharedData("video/" + GetParam().file);
    FIDUCIAL_REQUIRE_SHARED(path_);
  }
  std::filesystem::path path_;
};
class EveryCodedVideo : public EveryVideo {};

TEST_P(EveryVideo, HasTheFramesTimesKeyFramesAndDescriptionOfTheReference) {
  const auto source = open(path_);
  ASSERT_TRUE(source);
  const VideoReference& expected = GetParam();
  const MediumInfo& info = source->info();
  EXPECT_EQ(info.kind, MediumKind::Video);
  EXPECT_EQ(info.format, expected.container);
  EXPECT_EQ(info.codec, expected.codec);
  EXPECT_EQ(info.timeBase, expected.timeBase);
  EXPECT_EQ(info.rotation, expected.rotation);
  EXPECT_EQ(info.imageSize(), expected.uprightSize);
  EXPECT_NEAR(info.frameRate, expected.averageRate, 0.02 * expected.averageRate);
  EXPECT_EQ(info.variableRate, expected.file == "coded_h264_vfr.mp4");
  EXPECT_TRUE(info.warnings.empty()) << info.warnings.front();
  ASSERT_EQ(source->frameCount(), int(expected.pts.size()));
  for (int n = 0; n < source->frameCount(); ++n) {
    // Where FFmpeg is silent (after the last packet), the steps go on.
    const Timestamp step = n > 1 ? source->pts(n - 1) - source->pts(n - 2) : 0;
    EXPECT_EQ(source->pts(n), expected.pts[std::size_t(n)].value_or(source->pts(std::max(n - 1, 0)) + step)) << n;
  }
  for (const int key : expected.keyframes) EXPECT_EQ(source->keyframeAtOrBefore(key), key);
}

TEST_P(EveryVideo, DecodesToThePlanesOfTheReferenceForwardsAndAtRandom) {
  const auto source = open(path_);
  ASSERT_TRUE(source);
  const std::vector<std::string>& expected = GetParam().planes;
  const bool isLarge = source->info().imageSize().pixels() > 200'000;
  const int count = std::min(source->frameCount(), isLarge ? 10 : 40);
  std::vector<int> order;
  for (int n = 0; n < count; ++n) order.push_back(n);
  std::mt19937 random(7);
  for (int n = 0; n < (isLarge ? 3 : 12); ++n) order.push_back(int(random() % unsigned(source->frameCount())));
  for (const int n : order) {
    auto picture = source->decodedPicture(n);
    ASSERT_TRUE(picture) << n << " " << picture.error().text();
    EXPECT_EQ(test::sha256OfPlanes(**picture), expected[std::size_t(n)]) << n;
  }
}

TEST_P(EveryCodedVideo, ShowsCodeNOnFrameNForwardsBackwardsAndAtRandom) {
  // A cache of a few pictures only: nearly every backward and random frame is decoded anew.
  const auto source = open(path_, {}, {.cacheBytes = 1 << 20});
  ASSERT_TRUE(source);
  const int count = source->frameCount();
  std::vector<int> order;
  for (int n = 0; n < count; ++n) order.push_back(n);
  for (int n = count - 1; n >= 0; n -= 3) order.push_back(n);
  std::mt19937 random(20240917);
  for (int n = 0; n < 60; ++n) order.push_back(int(random() % unsigned(count)));
  int wrong = 0;
  for (const int n : order) {
    auto frame = source->frame(n, {}, {});
    ASSERT_TRUE(frame) << n << " " << frame.error().text();
    EXPECT_EQ((*frame)->index, n);
    EXPECT_EQ((*frame)->pts, source->pts(n));
    const int drawn = drawnNumber((*frame)->pixels, source->info().rotation);
    EXPECT_EQ(drawn, n);
    if (drawn != n && ++wrong > 5) FAIL() << "and so on";
  }
}

TEST_P(EveryCodedVideo, ShowsTheSameFramesByAnIndexThatIsNotConfirmed) {
  const auto exact = open(path_);
  ASSERT_TRUE(exact);
  const auto source = open(path_, {}, {.confirm = VideoOptions::Confirm::Never});
  ASSERT_TRUE(source);
  EXPECT_TRUE(source->info().framesProvisional);
  ASSERT_EQ(source->frameCount(), exact->frameCount());
  std::mt19937 random(3);
  for (int k = 0; k < 20; ++k) {
    const int n = int(random() % unsigned(source->frameCount()));
    auto frame = source->frame(n, {}, {});
    ASSERT_TRUE(frame) << n << " " << frame.error().text();
    EXPECT_EQ(drawnNumber((*frame)->pixels, source->info().rotation), n);
  }
}

TEST_P(EveryCodedVideo, HashesPlanesAlikeInOrderAndAfterASeek) {
  const auto inOrder = open(path_);
  const auto bySeek = open(path_);
  ASSERT_TRUE(inOrder && bySeek);
  for (int n = 0; n < inOrder->frameCount(); ++n) {
    auto frame = inOrder->frame(n, {}, {.wantPlaneHash = true});
    ASSERT_TRUE(frame);
    EXPECT_EQ((*frame)->planeHash.size(), 32U);
    if (n % 17 != 16) continue;
    auto sought = bySeek->frame(n, {}, {.wantPlaneHash = true});
    ASSERT_TRUE(sought);
    EXPECT_EQ((*frame)->planeHash, (*sought)->planeHash) << n;
  }
}

TEST_P(EveryCodedVideo, OpensFromMemoryLikeFromItsFile) {
  std::ifstream in(path_, std::ios::binary);
  const auto bytes =
      std::make_shared<const std::string>(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  auto source = openVideoMemory(std::as_bytes(std::span(*bytes)), bytes, path_);
  ASSERT_TRUE(source) << source.error().text();
  ASSERT_EQ((*source)->frameCount(), int(GetParam().pts.size()));
  for (const int n : {(*source)->frameCount() - 1, 0, (*source)->frameCount() / 2}) {
    auto frame = (*source)->frame(n);
    ASSERT_TRUE(frame) << frame.error().text();
    EXPECT_EQ(drawnNumber((*frame)->pixels, (*source)->info().rotation), n);
  }
}

INSTANTIATE_TEST_SUITE_P(Shared, EveryVideo, ::testing::ValuesIn(test::videoReferences()), test::nameOfVideo);
INSTANTIATE_TEST_SUITE_P(Shared, EveryCodedVideo, ::testing::ValuesIn(test::codedVideoReferences()), test::nameOfVideo);
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(EveryVideo);
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(EveryCodedVideo);

TEST(VideoSource, RefusesFramesThatAreNotThere) {
  const auto path = test::sharedData("video/coded_hevc.mp4");
  FIDUCIAL_REQUIRE_SHARED(path);
  const auto source = open(path);
  ASSERT_TRUE(source);
  for (const int n : {-1, source->frameCount()}) {
    auto frame = source->frame(n, {}, {});
    ASSERT_FALSE(frame);
    EXPECT_EQ(frame.error().code, ErrorCode::OutOfRange);
  }
}

TEST(VideoSource, StopsWhenAskedTo) {
  const auto path = test::sharedData("video/coded_hevc.mp4");
  FIDUCIAL_REQUIRE_SHARED(path);
  const auto source = open(path);
  ASSERT_TRUE(source);
  std::stop_source stop;
  stop.request_stop();
  auto frame = source->frame(30, stop.get_token(), {});
  ASSERT_FALSE(frame);
  EXPECT_EQ(frame.error().code, ErrorCode::Cancelled);
  EXPECT_TRUE(source->frame(30, {}, {})) << "and goes on afterwards";
}

TEST(VideoSource, KeepsTheGroupOfPicturesBehindThePlayhead) {
  const auto path = test::sharedData("video/laparoscopy_720p_aac.mp4");
  FIDUCIAL_REQUIRE_SHARED(path);
  const auto source = open(path);
  ASSERT_TRUE(source);
  ASSERT_TRUE(source->frame(100, {}, {}));
  for (int n = 0; n <= 100; ++n) EXPECT_TRUE(source->isCached(n)) << n;
  EXPECT_FALSE(source->isCached(200));
}

TEST(VideoFrames, ThatAreReadOnceLeaveNothingOfTheWayInTheCache) {
  const auto path = test::sharedData("video/coded_h264_vfr.mp4");
  FIDUCIAL_REQUIRE_SHARED(path);
  const auto source = open(path, {}, {.confirm = VideoOptions::Confirm::Never});
  const auto other = open(path);
  ASSERT_TRUE(source && other);
  const int n = std::min(20, source->frameCount() - 1);
  auto once = source->frame(n, {}, {.keepOnTheWay = false});
  auto kept = other->frame(n, {}, {});
  ASSERT_TRUE(once && kept);
  EXPECT_TRUE(std::ranges::equal((*once)->pixels.bytes(), (*kept)->pixels.bytes()));
  EXPECT_TRUE(source->isCached(n));
  EXPECT_FALSE(source->isCached(n - 1));
  EXPECT_TRUE(other->isCached(n - 1));
}

}  // namespace
}  // namespace fiducial::media::video
