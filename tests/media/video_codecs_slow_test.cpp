// Frame n shows code n in every container and codec the installed ffmpeg can write: the coded clip of the shared data
// is written anew in each, the odd ways of storing pictures among them, and read forwards, backwards and at random.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <random>

#include "fiducial/media/video_index.h"
#include "support/shared_data.h"
#include "support/temporary_folder.h"
#include "video/video_source.h"
#include "video_reference.h"

namespace fiducial::media::video {
namespace {

struct Recipe {
  const char* name;
  const char* arguments;  ///< of ffmpeg, between input and output
  const char* file;
};

const Recipe kRecipes[] = {
    {"FragmentedMp4", "-c:v libx264 -g 30 -bf 3 -movflags +frag_keyframe+empty_moov", "a.mp4"},
    {"FragmentedMp4WithoutIndex",
     "-c:v libx264 -g 30 -bf 3 -movflags +frag_keyframe+empty_moov+default_base_moof -write_tmcd 0", "a.mp4"},
    {"FieldPairsInTransportStream", "-c:v libx264 -flags +ildct+ilme -x264-params fake-interlaced=1 -g 25 -bf 2",
     "a.ts"},
    {"IntraRefreshWithoutKeyFrames", "-c:v libx264 -x264-params intra-refresh=1:keyint=40 -bf 0", "a.mp4"},
    {"OpenGopPyramid", "-c:v libx264 -g 20 -x264-params open-gop=1:b-pyramid=normal:bframes=5:scenecut=0", "a.ts"},
    {"OpenGopMp4", "-c:v libx264 -g 20 -x264-params open-gop=1:bframes=3:scenecut=0", "a.mp4"},
    {"HevcOpenGopTransportStream", "-c:v libx265 -x265-params keyint=20:open-gop=1:log-level=none", "a.ts"},
    {"HevcMatroska", "-c:v libx265 -x265-params keyint=20:open-gop=1:log-level=none", "a.mkv"},
    {"ElementaryH264", "-c:v libx264 -g 30 -bf 3", "a.h264"},
    {"ElementaryHevc", "-c:v libx265 -x265-params keyint=20:log-level=none", "a.hevc"},
    {"BluRayTransportStream", "-c:v libx264 -g 25 -bf 2 -mpegts_m2ts_mode 1", "a.m2ts"},
    {"Vp8HiddenFrames", "-c:v libvpx -b:v 1M -auto-alt-ref 1 -lag-in-frames 16 -g 40", "a.webm"},
    {"Vp9HiddenFrames", "-c:v libvpx-vp9 -b:v 1M -auto-alt-ref 1 -lag-in-frames 16 -g 40 -cpu-used 5", "a.mkv"},
    {"Av1", "-c:v libsvtav1 -preset 10 -g 40", "a.mp4"},
    {"Mpeg4PackedPictures", "-c:v libxvid -bf 2 -g 30 -q:v 3", "a.avi"},
    {"Mpeg4", "-c:v mpeg4 -bf 2 -g 30 -q:v 3", "a.mp4"},
    {"Mpeg2Transport", "-c:v mpeg2video -bf 2 -g 15 -q:v 3", "a.ts"},
    {"Mpeg2Elementary", "-c:v mpeg2video -bf 2 -g 15 -q:v 3", "a.m2v"},
    {"Mpeg1Program", "-c:v mpeg1video -bf 2 -g 15 -q:v 3", "a.mpg"},
    {"H264InAvi", "-c:v libx264 -g 30 -bf 2", "a.avi"},
    {"ProRes", "-c:v prores_ks -pix_fmt yuv422p10le", "a.mov"},
    {"Ffv1", "-c:v ffv1", "a.mkv"},
    {"Ffv1Gray", "-c:v ffv1 -pix_fmt gray", "a.mkv"},
    {"Ffv1Rgb", "-c:v ffv1 -pix_fmt bgr0", "a.mkv"},
    {"H264TwelveBitLike", "-c:v libx264 -pix_fmt yuv422p10le -g 30", "a.mp4"},
    {"WindowsMedia", "-c:v wmv2 -g 30 -q:v 3", "a.wmv"},
    {"Flash", "-c:v libx264 -g 30 -bf 2", "a.flv"},
    {"Theora", "-c:v libtheora -q:v 8 -g 30", "a.ogv"},
    {"JpegMov", "-c:v mjpeg -q:v 3", "a.mov"},
    {"Raw", "-pix_fmt yuv420p", "a.y4m"},
    {"Mxf", "-c:v mpeg2video -bf 2 -g 15 -q:v 3", "a.mxf"},
    {"Nut", "-c:v libx264 -g 30 -bf 3", "a.nut"},
};

void PrintTo(const Recipe& recipe, std::ostream* out) { *out << recipe.name; }

/// Pictures in a sequential decode by ffprobe; -1 where it cannot say.
int countedByFfprobe(const std::filesystem::path& path) {
  const std::string command =
      "ffprobe -v error -select_streams v:0 -count_frames -show_entries stream=nb_read_frames -of csv=p=0 '" +
      path.string() + "'";
  int count = -1;
  FILE* answer = popen(command.c_str(), "r");
  if (answer == nullptr) return -1;
  if (std::fscanf(answer, "%d", &count) != 1) count = -1;
  pclose(answer);
  return count;
}

class EveryCodec : public ::testing::TestWithParam<Recipe> {};

void expectCodes(VideoSource& source, int firstCode) {
  const int count = source.frameCount();
  std::vector<int> order;
  for (int n = 0; n < count; ++n) order.push_back(n);
  for (int n = count - 1; n >= 0; n -= 4) order.push_back(n);
  std::mt19937 random(31);
  for (int n = 0; n < 25; ++n) order.push_back(int(random() % unsigned(count)));
  int wrong = 0;
  for (const int n : order) {
    auto frame = source.frame(n, {}, {});
    ASSERT_TRUE(frame) << n << " " << frame.error().text();
    const int drawn = test::drawnNumber((*frame)->pixels, 0);
    EXPECT_EQ(drawn, firstCode + n);
    if (drawn != firstCode + n && ++wrong > 3) FAIL() << "and so on";
  }
}

TEST_P(EveryCodec, ShowsCodeNOnFrameN) {
  const auto original = test::sharedData("video/coded_h264_bframes.mp4");
  FIDUCIAL_REQUIRE_SHARED(original);
  if (std::system("ffmpeg -version > /dev/null 2>&1") != 0) GTEST_SKIP() << "there is no ffmpeg to write clips with";
  const test::TemporaryFolder folder;
  const auto path = folder / GetParam().file;
  const std::string command = "ffmpeg -v error -nostdin -i '" + original.string() + "' -frames:v 120 -an -threads 1 " +
                              GetParam().arguments + " '" + path.string() + "' > /dev/null 2>&1";
  if (std::system(command.c_str()) != 0) GTEST_SKIP() << "this ffmpeg cannot write " << GetParam().name;
  // A cache of a few pictures: backward and random frames are decoded anew.
  auto source = VideoSource::open({path, {}, nullptr}, {}, {}, {}, {.cacheBytes = 1 << 20});
  ASSERT_TRUE(source) << source.error().text();
  EXPECT_FALSE((*source)->info().framesProvisional);
  EXPECT_EQ((*source)->frameCount(), countedByFfprobe(path));
  EXPECT_TRUE((*source)->info().warnings.empty()) << (*source)->info().warnings.front();
  expectCodes(**source, 0);
  auto again = VideoSource::open({path, {}, nullptr}, (*source)->serialisedIndex(), {}, {}, {.cacheBytes = 1 << 20});
  ASSERT_TRUE(again);
  expectCodes(**again, 0);
}

INSTANTIATE_TEST_SUITE_P(Made, EveryCodec, ::testing::ValuesIn(kRecipes),
                         [](const auto& info) { return std::string(info.param.name); });

TEST(EditList, HidesPicturesBeforeItsStart) {
  const auto original = test::sharedData("video/coded_h264_bframes.mp4");
  FIDUCIAL_REQUIRE_SHARED(original);
  if (std::system("ffmpeg -version > /dev/null 2>&1") != 0) GTEST_SKIP() << "there is no ffmpeg to write clips with";
  const test::TemporaryFolder folder;
  const auto path = folder / "cut.mp4";
  // Copying from 2.4 s keeps the packets from the key frame at 1.92 s (48) on and hides those before 2.4 s (60).
  const std::string command =
      "ffmpeg -v error -nostdin -ss 2.4 -i '" + original.string() + "' -c copy '" + path.string() + "'";
  ASSERT_EQ(std::system(command.c_str()), 0);
  auto source = VideoSource::open({path, {}, nullptr}, {}, {}, {}, {.cacheBytes = 1 << 20});
  ASSERT_TRUE(source) << source.error().text();
  EXPECT_EQ((*source)->frameCount(), 190);
  expectCodes(**source, 60);
}

}  // namespace
}  // namespace fiducial::media::video
