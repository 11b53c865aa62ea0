// Damaged, cut, empty and foreign files: a sentence or as many frames as there are, never a crash.
#include <gtest/gtest.h>

#include <fstream>
#include <random>

#include "support/shared_data.h"
#include "support/temporary_folder.h"
#include "video/video_family.h"
#include "video/video_source.h"

namespace fiducial::media::video {
namespace {

std::string bytesOf(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::filesystem::path write(const std::filesystem::path& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary).write(bytes.data(), std::streamsize(bytes.size()));
  return path;
}

Result<std::unique_ptr<VideoSource>> open(const std::filesystem::path& path) {
  return VideoSource::open({path, {}, nullptr}, {}, {}, {});
}

TEST(DamagedVideo, CutInTheMiddlePlaysAsFarAsItGoes) {
  const test::TemporaryFolder folder;
  for (const char* name : {"coded_h264_opengop.mkv", "coded_h264_offset.ts", "coded_mpeg2_ps.mpg",
                           "coded_mpeg4_bframes.avi", "coded_vp9.webm", "coded_mjpeg_2997.avi"}) {
    const auto path = test::sharedData(std::string("video/") + name);
    FIDUCIAL_REQUIRE_SHARED(path);
    const std::string bytes = bytesOf(path);
    const auto whole = open(path);
    const auto cut = open(write(folder / name, std::string_view(bytes).substr(0, bytes.size() / 2)));
    ASSERT_TRUE(whole && cut) << name << " " << cut.error().text();
    EXPECT_GT((*cut)->frameCount(), (*whole)->frameCount() / 4) << name;
    EXPECT_LT((*cut)->frameCount(), (*whole)->frameCount()) << name;
    EXPECT_FALSE((*cut)->info().framesProvisional);
    // What is there is what was there before, from either end.
    const int safe = (*cut)->frameCount() - 5;
    for (const int n : {safe, 0, safe / 2}) {
      auto a = (*whole)->frame(n, {}, {.wantPlaneHash = true});
      auto b = (*cut)->frame(n, {}, {.wantPlaneHash = true});
      ASSERT_TRUE(a && b) << name << n;
      EXPECT_EQ((*a)->planeHash, (*b)->planeHash) << name << " " << n;
    }
    EXPECT_TRUE((*cut)->frame((*cut)->frameCount() - 1, {}, {})) << name;
  }
}

TEST(DamagedVideo, Mp4CutBeforeItsIndexSaysSo) {
  const auto path = test::sharedData("video/coded_h264_bframes.mp4");
  FIDUCIAL_REQUIRE_SHARED(path);
  const test::TemporaryFolder folder;
  const std::string bytes = bytesOf(path);
  const auto cut = open(write(folder / "cut.mp4", std::string_view(bytes).substr(0, bytes.size() / 2)));
  ASSERT_FALSE(cut);
  EXPECT_EQ(cut.error().code, ErrorCode::Damaged);
  EXPECT_NE(cut.error().message.find("cut off"), std::string::npos) << cut.error().text();
}

TEST(DamagedVideo, Mp4CutAfterItsIndexPlaysAsFarAsItGoesAndSaysHowFar) {
  const auto path = test::sharedData("video/hands_cups_720p2997.mp4");
  FIDUCIAL_REQUIRE_SHARED(path);
  const test::TemporaryFolder folder;
  const std::string bytes = bytesOf(path);
  const auto cut = open(write(folder / "cut.mp4", std::string_view(bytes).substr(0, bytes.size() / 8)));
  ASSERT_TRUE(cut) << cut.error().text();
  EXPECT_GT((*cut)->frameCount(), 10);
  EXPECT_LT((*cut)->frameCount(), 150);
  ASSERT_FALSE((*cut)->info().warnings.empty());
  EXPECT_NE((*cut)->info().warnings.front().find("of 300 pictures are there"), std::string::npos)
      << (*cut)->info().warnings.front();
  EXPECT_TRUE((*cut)->frame((*cut)->frameCount() - 1, {}, {}));
}

TEST(DamagedVideo, OverwrittenBytesNeverCrashAndEveryFrameIsAPictureOrASentence) {
  const test::TemporaryFolder folder;
  std::mt19937 random(99);
  for (const char* name :
       {"coded_h264_bframes.mp4", "coded_hevc_main10.mkv", "coded_mpeg2_ps.mpg", "coded_mpeg4_bframes.avi"}) {
    const auto path = test::sharedData(std::string("video/") + name);
    FIDUCIAL_REQUIRE_SHARED(path);
    for (int copy = 0; copy < 3; ++copy) {
      std::string bytes = bytesOf(path);
      for (int n = 0; n < 20; ++n) bytes[random() % bytes.size()] = char(random());
      const auto source = open(write(folder / name, bytes));
      if (!source) {
        EXPECT_FALSE(source.error().message.empty());
        continue;
      }
      for (int k = 0; k < 12; ++k) {
        const int n = int(random() % unsigned((*source)->frameCount()));
        auto frame = (*source)->frame(n, {}, {});
        EXPECT_TRUE(frame || frame.error().code == ErrorCode::Damaged) << frame.error().text();
      }
    }
  }
}

TEST(DamagedVideo, WhatIsNoVideoIsRefusedInAWholeSentence) {
  const test::TemporaryFolder folder;
  struct Case {
    const char* name;
    std::string bytes;
    ErrorCode code;
  };
  const std::string text = "Once upon a time there was no video.\n";
  std::string noise(20000, '\0');
  std::mt19937 random(1);
  for (char& c : noise) c = char(random());
  for (const Case& c : {Case{"empty.mp4", "", ErrorCode::Damaged}, Case{"text.mp4", text, ErrorCode::NotMedia},
                        Case{"noise.avi", noise, ErrorCode::NotMedia},
                        Case{"list.mkv", "#EXTM3U\n#EXTINF:1,\n/etc/passwd\n", ErrorCode::NotMedia},
                        Case{"concat.mp4", "ffconcat version 1.0\nfile '/etc/passwd'\n", ErrorCode::NotMedia}}) {
    const auto source = open(write(folder / c.name, c.bytes));
    ASSERT_FALSE(source) << c.name;
    EXPECT_EQ(source.error().code, c.code) << c.name << ": " << source.error().text();
    EXPECT_GT(source.error().message.size(), 10U);
    EXPECT_EQ(source.error().path, (folder / c.name).string());
  }
  const auto missing = open(folder / "missing.mp4");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::NotFound);
}

TEST(DamagedVideo, SoundWithoutPicturesIsNoVideo) {
  const test::TemporaryFolder folder;
  // A WAV header and silence under a video's name.
  std::string wav =
      std::string("RIFF\x24\x10\0\0WAVEfmt \x10\0\0\0\1\0\1\0\x40\x1f\0\0\x40\x1f\0\0\1\0\x08\0data\0\x10\0\0", 44);
  wav.resize(44 + 4096);
  const auto source = open(write(folder / "sound.avi", wav));
  ASSERT_FALSE(source);
  EXPECT_EQ(source.error().code, ErrorCode::NotMedia) << source.error().text();
}

TEST(VideoFamily, KnowsItsFilesByTheirBytesWhateverTheirNames) {
  const auto folder = test::sharedData("video");
  FIDUCIAL_REQUIRE_SHARED(folder);
  int known = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".json") continue;
    const std::string bytes = bytesOf(entry.path()).substr(0, kHeadBytes);
    const FileHead head{"renamed.dat", 100000, std::as_bytes(std::span(bytes))};
    EXPECT_EQ(videoFamily().sniff(head), Certainty::Certain) << entry.path();
    ++known;
  }
  EXPECT_GE(known, 18);
}

TEST(VideoFamily, LeavesOtherFilesAlone) {
  for (const std::string_view bytes :
       {std::string_view("\xff\xd8\xff\xe0 JFIF"), std::string_view("\x89PNG\r\n\x1a\n"), std::string_view("hello"),
        std::string_view("\0\0\0\x1c"
                         "ftypheic",
                         12)}) {
    EXPECT_EQ(videoFamily().sniff({"some.dat", 1000, std::as_bytes(std::span(bytes))}), Certainty::No) << bytes;
  }
  EXPECT_EQ(videoFamily().sniff({"some.mp4", 1000, {}}), Certainty::Extension);
}

}  // namespace
}  // namespace fiducial::media::video
