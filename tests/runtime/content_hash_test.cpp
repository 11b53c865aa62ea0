// Digests come from FIPS 180-4 and from libxxhash 0.8.1's one-shot function called from Python (printed big endian, as
// xxhsum -H2 does); UUIDs are checked against RFC 9562.
#include "fiducial/runtime/content_hash.h"

#include <gtest/gtest.h>

#include <chrono>
#include <regex>
#include <set>
#include <thread>

#include "fiducial/runtime/atomic_file.h"
#include "support/temporary_folder.h"

namespace fiducial::runtime {
namespace {

TEST(ContentHash, IsThatOfXxhsum) {
  EXPECT_EQ(ContentHash().hex(), "99aa06d3014798d86001c324468d497f");
  ContentHash hash;
  hash.update("fiducial");
  hash.update("\n");
  EXPECT_EQ(hash.hex(), "56e3378dc5c23f22f70d07a1e2f29f78");
}

TEST(ContentHash, OfAFileIsThatOfItsBytesInAnyPieces) {
  const test::TemporaryFolder folder;
  std::string text;
  while (text.size() < 3'000'000) text += "some bytes " + std::to_string(text.size());
  ASSERT_TRUE(writeFile(folder / "f", text));
  ContentHash whole;
  whole.update(text);
  const auto hashed = hashFile(folder / "f");
  ASSERT_TRUE(hashed);
  EXPECT_EQ(hashed->hex, whole.hex());
  EXPECT_EQ(hashed->sizeBytes, static_cast<std::int64_t>(text.size()));
}

TEST(ContentHash, OfAFileStopsAndFailsWithAReason) {
  const test::TemporaryFolder folder;
  EXPECT_EQ(hashFile(folder / "none").error().code, ErrorCode::NotFound);
  EXPECT_EQ(hashFile(folder.path()).error().code, ErrorCode::Unreadable);
  ASSERT_TRUE(writeFile(folder / "f", "x"));
  std::stop_source source;
  source.request_stop();
  EXPECT_EQ(hashFile(folder / "f", source.get_token()).error().code, ErrorCode::Cancelled);
}

TEST(Sha256, IsThatOfTheStandard) {
  // FIPS 180-4 examples.
  EXPECT_EQ(toHex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(toHex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Uid, IsAVersion7UuidOfThisMoment) {
  const std::string uid = newUid();
  EXPECT_TRUE(std::regex_match(uid, std::regex("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")))
      << uid;
  const auto milliseconds = std::stoll(uid.substr(0, 8) + uid.substr(9, 4), nullptr, 16);
  const auto now = std::chrono::system_clock::now().time_since_epoch() / std::chrono::milliseconds(1);
  EXPECT_NEAR(static_cast<double>(milliseconds), static_cast<double>(now), 60'000);
}

TEST(Uid, IncreasesEvenManyInOneMillisecond) {
  std::string last;
  for (int n = 0; n < 20'000; ++n) {
    const std::string uid = newUid();
    ASSERT_LT(last, uid);
    last = uid;
  }
}

TEST(Uid, IsUniqueOverThreads) {
  std::vector<std::vector<std::string>> made(4);
  {
    std::vector<std::jthread> threads;
    for (auto& list : made) {
      threads.emplace_back([&list] {
        for (int n = 0; n < 5000; ++n) list.push_back(newUid());
      });
    }
  }
  std::set<std::string> all;
  for (const auto& list : made) all.insert(list.begin(), list.end());
  EXPECT_EQ(all.size(), 20'000U);
}

}  // namespace
}  // namespace fiducial::runtime
