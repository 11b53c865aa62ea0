// What is shown is the newest wish; what was decoded is kept as far as the bytes allow.
#include "fiducial/media/frame_server.h"

#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>

#include "fiducial/runtime/buffer_allocator.h"

namespace fiducial::media {
namespace {

/// Ten frames of 100 bytes; decoding waits at a gate.
class GatedFrames final : public FrameSource {
 public:
  const MediumInfo& info() const override { return info_; }
  int frameCount() const override { return 10; }
  Timestamp pts(int n) const override { return n; }
  Result<std::shared_ptr<const Frame>> frame(int n, std::stop_token, FrameOptions) override {
    std::unique_lock lock(mutex_);
    decoded_.push_back(n);
    changed_.notify_all();
    changed_.wait(lock, [&] { return isOpen_; });
    if (n == 9) return Error{ErrorCode::Damaged, "this frame is damaged", "", ""};
    auto frame = std::make_shared<Frame>();
    frame->index = n;
    frame->pixels = *runtime::allocateScalars(ScalarType::UInt8, 1, {10, 10, 1});
    return std::shared_ptr<const Frame>(std::move(frame));
  }
  void open() {
    const std::lock_guard lock(mutex_);
    isOpen_ = true;
    changed_.notify_all();
  }
  void awaitDecoding(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return decoded_.size() >= count; });
  }
  std::vector<int> decoded() {
    const std::lock_guard lock(mutex_);
    return decoded_;
  }

 private:
  MediumInfo info_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool isOpen_ = false;
  std::vector<int> decoded_;
};

/// Collects answers and waits for them.
class Answers {
 public:
  FrameServer::Callback callback() {
    return [this](int n, Result<std::shared_ptr<const Frame>> frame) {
      const std::lock_guard lock(mutex_);
      answered_.push_back(frame ? n : -n);
      changed_.notify_all();
    };
  }
  std::vector<int> await(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return answered_.size() >= count; });
    return answered_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<int> answered_;
};

TEST(FrameServer, ANewerWishOutdatesOneThatWasNotBegun) {
  const auto source = std::make_shared<GatedFrames>();
  Answers answers;
  FrameServer server(source);
  server.show(1, answers.callback());
  source->awaitDecoding(1);
  server.show(2, answers.callback());
  server.show(3, answers.callback());
  source->open();
  EXPECT_EQ(answers.await(2), (std::vector<int>{1, 3}));
}

TEST(FrameServer, AnErrorReachesTheCallback) {
  const auto source = std::make_shared<GatedFrames>();
  source->open();
  Answers answers;
  FrameServer server(source);
  server.show(9, answers.callback());
  EXPECT_EQ(answers.await(1), std::vector<int>{-9});
}

TEST(FrameServer, WhatIsCachedIsNotDecodedAgainAndTheOldestGoesFirst) {
  const auto source = std::make_shared<GatedFrames>();
  source->open();
  Answers answers;
  FrameServer server(source, 250);  // two frames
  std::size_t asked = 0;
  for (const int n : {0, 1, 1, 2}) {
    server.show(n, answers.callback());
    answers.await(++asked);
  }
  EXPECT_EQ(source->decoded(), (std::vector<int>{0, 1, 2}));
  EXPECT_EQ(server.cached(0), nullptr);
  EXPECT_NE(server.cached(1), nullptr);
  EXPECT_NE(server.cached(2), nullptr);
}

TEST(FrameServer, FetchesAheadAfterWhatIsShown) {
  const auto source = std::make_shared<GatedFrames>();
  Answers answers;
  FrameServer server(source);
  server.show(5, answers.callback());
  source->awaitDecoding(1);
  server.prefetch(8, 5);  // 8 and 9 are there
  source->open();
  source->awaitDecoding(3);
  EXPECT_EQ(source->decoded(), (std::vector<int>{5, 8, 9}));
}

TEST(FrameServer, ADamagedFrameFetchedAheadIsNotWaitedFor) {
  const auto source = std::make_shared<GatedFrames>();
  source->open();
  FrameServer server(source);
  EXPECT_FALSE(server.isSettled(9));
  server.prefetch(9, 1);
  for (int n = 0; n < 500 && !server.isSettled(9); ++n) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  EXPECT_TRUE(server.isSettled(9));
  EXPECT_EQ(server.cached(9), nullptr);
}

TEST(FrameServer, EndsWhileWishesAreOpen) {
  const auto source = std::make_shared<GatedFrames>();
  source->open();
  Answers answers;
  FrameServer server(source);
  server.prefetch(0, 10);
  server.show(4, answers.callback());
}

}  // namespace
}  // namespace fiducial::media
