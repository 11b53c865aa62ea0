// The index of a video: what packets tell of pictures, where decoding may begin, and its blob in the project.
#include "fiducial/media/video_index.h"

#include <gtest/gtest.h>

#include <random>

#include "support/shared_data.h"
#include "video/index_blob.h"
#include "video/video_family.h"
#include "video/video_source.h"

namespace fiducial::media::video {
namespace {

IndexedPacket packet(Timestamp pts, Timestamp dts, bool isKey = false) {
  IndexedPacket made;
  made.pts = pts;
  made.dts = dts;
  made.size = 100;
  made.isKey = isKey;
  return made;
}

std::vector<Timestamp> timesOf(const PictureTable& table) {
  std::vector<Timestamp> times;
  for (const ShownPicture& picture : table.pictures()) times.push_back(picture.pts);
  return times;
}

TEST(PictureTable, OrdersPicturesAsTheyAreShown) {
  const PacketIndex index{{packet(0, -2, true), packet(3, -1), packet(1, 0), packet(2, 1), packet(4, 2)}, 0, false, 0};
  const PictureTable table = PictureTable::provisional(index);
  EXPECT_EQ(timesOf(table), (std::vector<Timestamp>{0, 1, 2, 3, 4}));
  EXPECT_EQ(table.pictureOf(1, 0), 3);
  EXPECT_FALSE(table.isConfirmed());
}

TEST(PictureTable, FindsTheTimesThatAnchorsLeaveOut) {
  // I P B B P B B of an AVI: only the B pictures carry times. FFmpeg's decoder shows them at 1 2 3 4 5 6 7.
  const PacketIndex index{{packet(kNoTimestamp, 0, true), packet(kNoTimestamp, 1), packet(2, 2), packet(3, 3),
                           packet(kNoTimestamp, 4), packet(5, 5), packet(6, 6)},
                          0,
                          false,
                          0};
  const PictureTable table = PictureTable::provisional(index);
  EXPECT_EQ(timesOf(table), (std::vector<Timestamp>{1, 2, 3, 4, 5, 6, 7}));
  EXPECT_EQ(table.pictureOf(1, 0), 3);
}

TEST(PictureTable, LeavesOutPacketsBeforeAnEditListAndEmptyOnes) {
  PacketIndex index{{packet(-2, -2, true), packet(-1, -1), packet(0, 0), packet(1, 1), packet(2, 2)}, 0, false, 0};
  index.packets[0].isHidden = index.packets[1].isHidden = true;
  index.packets[3].size = 0;
  EXPECT_EQ(timesOf(PictureTable::provisional(index)), (std::vector<Timestamp>{0, 2}));
}

TEST(PictureTable, BeginsLeadingPicturesOfAnOpenGroupOneKeyPictureEarlier) {
  // Pictures 3 and 4 follow the second key packet in the file, but are shown before it.
  const PacketIndex index{
      {packet(0, 0, true), packet(1, 1), packet(2, 2), packet(5, 3, true), packet(3, 4), packet(4, 5), packet(6, 6)},
      0,
      false,
      0};
  const PictureTable table = PictureTable::provisional(index);
  ASSERT_EQ(table.entries().size(), 2U);
  EXPECT_EQ(table.entryFor(4), 0U);
  EXPECT_EQ(table.entryFor(5), 1U);
  EXPECT_EQ(table.entryFor(6), 1U);
}

TEST(PictureTable, TellsTwoPicturesOfOnePacketApart) {
  const PacketIndex index{{packet(0, 0, true), packet(1, 1)}, 0, false, 0};
  const PictureTable table = PictureTable::confirmed(index, {{0, 0, 1}, {1, 1, 2}, {2, 1, 3}});
  EXPECT_EQ(table.pictureOf(1, 0), 1);
  EXPECT_EQ(table.pictureOf(1, 1), 2);
  EXPECT_EQ(table.pictureOf(1, 2), std::nullopt);
  EXPECT_EQ(table.pictureOf(2, 0), std::nullopt);
}

constexpr std::string_view kSomeHash = "0123456789abcdef0123456789abcdef";
constexpr std::string_view kOtherHash = "f123456789abcdef0123456789abcdef";

VideoIndex someIndex(bool confirmed) {
  std::mt19937_64 random(5);
  PacketIndex packets;
  std::vector<ShownPicture> pictures;
  for (std::uint32_t n = 0; n < 1000; ++n) {
    IndexedPacket p = packet(n % 7 == 3 ? kNoTimestamp : Timestamp(n) * 3600 - 5000, Timestamp(n) * 3600, n % 100 == 0);
    p.position = n % 5 == 0 ? -1 : std::int64_t(random() >> 8);
    p.size = std::int32_t(random() >> 34);
    p.fingerprint = std::uint32_t(random());
    p.isHidden = n == 4;
    packets.packets.push_back(p);
    pictures.push_back({Timestamp(n) * 3600, n, random()});
  }
  packets.lastDuration = 3600;
  packets.announced = 1004;
  packets.endsEarly = true;
  PictureTable table = confirmed ? PictureTable::confirmed(packets, pictures) : PictureTable::provisional(packets);
  return {std::move(packets), std::move(table), confirmed ? 3 : 0};
}

TEST(IndexBlob, GivesBackWhatWentIn) {
  for (const bool confirmed : {false, true}) {
    const VideoIndex index = someIndex(confirmed);
    const auto blob = packIndex(index, kSomeHash);
    EXPECT_EQ(isConfirmedIndex(blob), confirmed);
    const auto back = unpackIndex(blob, kSomeHash);
    ASSERT_TRUE(back);
    EXPECT_EQ(back->packets, index.packets);
    EXPECT_EQ(back->pictures.pictures(), index.pictures.pictures());
    EXPECT_EQ(back->pictures.isConfirmed(), confirmed);
    EXPECT_EQ(back->damaged, index.damaged);
  }
}

TEST(IndexBlob, OfAnotherFileIsIgnored) {
  EXPECT_FALSE(unpackIndex(packIndex(someIndex(true), kSomeHash), kOtherHash));
  EXPECT_FALSE(unpackIndex({}, kSomeHash));
}

TEST(IndexBlob, DamagedAnywhereIsIgnoredAndNeverCrashes) {
  const auto blob = packIndex(someIndex(true), kSomeHash);
  std::mt19937 random(11);
  for (int n = 0; n < 300; ++n) {
    auto damaged = blob;
    damaged[random() % damaged.size()] ^= std::byte(1 + random() % 255);
    if (n % 3 == 0) damaged.resize(random() % damaged.size());
    const auto back = unpackIndex(damaged, kSomeHash);
    // Only the flag byte is outside every check; then the rest must still make sense.
    if (back) {
      EXPECT_EQ(back->packets.packets.size(), 1000U);
    }
  }
}

TEST(VideoIndex, SavedOneOpensToTheSameFramesAndOneOfAnotherFileIsMadeAnew) {
  const auto path = test::sharedData("video/coded_h264_bframes.mp4");
  const auto other = test::sharedData("video/coded_hevc.mp4");
  FIDUCIAL_REQUIRE_SHARED(path);
  auto first = VideoSource::open({path, {}, nullptr}, {}, {}, {});
  ASSERT_TRUE(first);
  const auto saved = (*first)->serialisedIndex();
  EXPECT_LT(saved.size(), 8000U) << "250 packets and pictures";
  EXPECT_TRUE(isConfirmedIndex(saved));
  auto again = VideoSource::open({path, {}, nullptr}, saved, {}, {});
  ASSERT_TRUE(again);
  EXPECT_EQ((*again)->info(), (*first)->info());
  EXPECT_EQ((*again)->serialisedIndex(), saved);
  for (const int n : {200, 3, 249}) {
    auto one = (*first)->frame(n, {}, {.wantPlaneHash = true});
    auto two = (*again)->frame(n, {}, {.wantPlaneHash = true});
    ASSERT_TRUE(one && two);
    EXPECT_EQ((*one)->planeHash, (*two)->planeHash);
  }
  auto foreign = VideoSource::open({other, {}, nullptr}, saved, {}, {});
  ASSERT_TRUE(foreign);
  EXPECT_EQ((*foreign)->frameCount(), 200);
}

TEST(VideoIndex, ConfirmsAProvisionalOneAndSaysHowFarItIs) {
  const auto path = test::sharedData("video/coded_vp9.webm");
  FIDUCIAL_REQUIRE_SHARED(path);
  auto provisional = VideoSource::open({path, {}, nullptr}, {}, {}, {}, {.confirm = VideoOptions::Confirm::Never});
  ASSERT_TRUE(provisional);
  EXPECT_TRUE((*provisional)->info().framesProvisional);
  const MediumLocation location{(*provisional)->info(), path, {path}};
  std::int64_t furthest = 0;
  auto confirmed = confirmVideoIndex(
      location, (*provisional)->serialisedIndex(), {},
      [&](std::int64_t done, std::int64_t, std::string_view) { furthest = std::max(furthest, done); });
  ASSERT_TRUE(confirmed) << confirmed.error().text();
  EXPECT_GT(furthest, 100);
  EXPECT_TRUE(isConfirmedIndex(*confirmed));
  auto exact = videoFamily().openFrames(location, *confirmed, {}, {});
  ASSERT_TRUE(exact);
  EXPECT_FALSE((*exact)->info().framesProvisional);
  EXPECT_EQ((*exact)->frameCount(), 200);

  std::stop_source stop;
  stop.request_stop();
  auto stopped = confirmVideoIndex(location, {}, stop.get_token());
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().code, ErrorCode::Cancelled);
}

}  // namespace
}  // namespace fiducial::media::video
