#include "fiducial/workspace/frame_spans.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <map>
#include <random>
#include <utility>
#include <vector>

namespace fiducial::workspace {
namespace {

constexpr int kForever = std::numeric_limits<int>::max();

TEST(FrameSpans, WhatStandsOnAFrameIsWhatALookAtAllOfThemFinds) {
  std::mt19937 random(7);
  FrameSpans spans;
  std::map<TrackId, std::pair<int, int>> plain;
  for (int step = 0; step < 2000; ++step) {
    const TrackId track{static_cast<RawId>(random() % 60)};
    const int first = static_cast<int>(random() % 100);
    const int end = random() % 5 == 0 ? kForever : first + static_cast<int>(random() % 40);
    spans.set(track, first, end);
    plain[track] = {first, end};
    const int frame = static_cast<int>(random() % 150);
    std::vector<TrackId> expected;
    for (const auto& [id, span] : plain) {
      if (span.first <= frame && frame < span.second) expected.push_back(id);
    }
    ASSERT_EQ(spans.at(frame), expected) << "step " << step << ", frame " << frame;
  }
}

TEST(FrameSpans, WhatIsErasedStandsNowhere) {
  FrameSpans spans;
  spans.set(TrackId{1}, 3, kForever);
  spans.erase(TrackId{1});
  spans.erase(TrackId{2});
  EXPECT_TRUE(spans.at(5).empty());
  spans.set(TrackId{1}, 3, 4);
  EXPECT_EQ(spans.at(3), std::vector{TrackId{1}});
  EXPECT_TRUE(spans.at(-1).empty());
  spans.clear();
  EXPECT_TRUE(spans.at(3).empty());
}

}  // namespace
}  // namespace fiducial::workspace
