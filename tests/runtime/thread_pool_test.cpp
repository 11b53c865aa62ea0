#include "fiducial/runtime/thread_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <latch>
#include <mutex>
#include <thread>
#include <vector>

namespace fiducial::runtime {
namespace {

TEST(ThreadPool, RunsTheMostUrgentFirstAndEqualsInOrder) {
  std::vector<int> order;
  std::latch started(1), release(1), done(4);
  ThreadPool pool(1);
  pool.post([&](std::stop_token) {
    started.count_down();
    release.wait();
  });
  started.wait();  // the only thread is busy: all that follows queues up
  const auto note = [&](int n) {
    return [&order, &done, n](std::stop_token) {
      order.push_back(n);
      done.count_down();
    };
  };
  pool.post(note(1), 0);
  pool.post(note(2), 0);
  pool.post(note(3), 5);
  pool.post(note(4), -5);
  release.count_down();
  done.wait();
  EXPECT_EQ(order, (std::vector<int>{3, 1, 2, 4}));
}

TEST(ThreadPool, DestructorStopsWhatRunsAndDropsWhatWaits) {
  std::atomic<bool> wasStopped{false}, ran{false};
  std::latch started(1);
  {
    ThreadPool pool(1);
    pool.post([&](std::stop_token stop) {
      std::mutex mutex;
      std::condition_variable_any never;
      std::unique_lock lock(mutex);
      started.count_down();
      never.wait(lock, stop, [] { return false; });
      wasStopped = stop.stop_requested();
    });
    pool.post([&](std::stop_token) { ran = true; });
    started.wait();
  }
  EXPECT_TRUE(wasStopped);
  EXPECT_FALSE(ran);
}

TEST(ParallelFor, RunsEachIndexOnce) {
  for (const std::size_t count : {0U, 1U, 2U, 1000U}) {
    std::vector<std::atomic<int>> times(count);
    parallelFor(count, [&](std::size_t n) { ++times[n]; });
    for (const auto& n : times) ASSERT_EQ(n, 1);
  }
}

TEST(ParallelFor, MayBeUsedInsideItself) {
  std::atomic<int> sum{0};
  parallelFor(8, [&](std::size_t) { parallelFor(8, [&](std::size_t) { ++sum; }); });
  EXPECT_EQ(sum, 64);
}

TEST(ParallelFor, StopsStartingWhenAsked) {
  std::stop_source source;
  std::atomic<int> ran{0};
  parallelFor(
      100'000,
      [&](std::size_t) {
        if (++ran >= 10) source.request_stop();  // whoever comes next asks too: the tenth may be put to sleep here
      },
      source.get_token());
  EXPECT_GE(ran, 10);
  EXPECT_LT(ran, 1000);
}

TEST(ParallelFor, ManyShortLoopsFromManyThreadsAllFinish) {
  std::atomic<int> sum{0};
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t) {
      threads.emplace_back([&] {
        for (int n = 0; n < 2000; ++n) parallelFor(3, [&](std::size_t) { ++sum; });
      });
    }
  }
  EXPECT_EQ(sum, 4 * 2000 * 3);
}

}  // namespace
}  // namespace fiducial::runtime
