#include "fiducial/runtime/thread_pool.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <limits>
#include <map>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace fiducial::runtime {

using Task = std::function<void(std::stop_token)>;

struct ThreadPool::State {
  std::mutex mutex;
  std::condition_variable_any changed;
  std::map<std::pair<int, std::uint64_t>, Task> queue;  // guarded by mutex; key: (-priority, order of arrival)
  std::uint64_t arrivals = 0;                           // guarded by mutex
  std::vector<std::jthread> threads;                    // last: stops before the rest goes

  void work(std::stop_token stop) {
    for (;;) {
      Task task;
      {
        std::unique_lock lock(mutex);
        if (!changed.wait(lock, stop, [&] { return !queue.empty(); }) || stop.stop_requested()) return;
        task = std::move(queue.begin()->second);
        queue.erase(queue.begin());
      }
      task(stop);
    }
  }
};

ThreadPool::ThreadPool(std::size_t threads) : state_(std::make_unique<State>()) {
  for (std::size_t n = 0; n < std::max<std::size_t>(threads, 1); ++n) {
    state_->threads.emplace_back([state = state_.get()](std::stop_token stop) { state->work(std::move(stop)); });
  }
}

ThreadPool::~ThreadPool() {
  for (std::jthread& thread : state_->threads) thread.request_stop();
  state_->threads.clear();  // joins
}

void ThreadPool::post(Task task, int priority) {
  {
    const std::lock_guard lock(state_->mutex);
    state_->queue.emplace(std::pair{-std::max(priority, -std::numeric_limits<int>::max()), state_->arrivals++},
                          std::move(task));
  }
  state_->changed.notify_one();
}

std::size_t ThreadPool::size() const { return state_->threads.size(); }

ThreadPool& sharedPool() {
  static ThreadPool pool(std::max(1U, std::thread::hardware_concurrency()));
  return pool;
}

namespace {

/// One parallelFor, shared with helpers that may start after it is over: they find no index left and touch nothing.
struct Loop {
  std::size_t count;
  const std::function<void(std::size_t)>* body;  // of the caller; valid while an index is left or helpers are inside
  std::stop_token stop;
  std::atomic<std::size_t> next{0};
  std::atomic<int> helpersInside{0};

  void run() {
    while (!stop.stop_requested()) {
      const std::size_t n = next.fetch_add(1);
      if (n >= count) return;
      (*body)(n);
    }
    next.store(count);
  }
  void help() {
    helpersInside.fetch_add(1);
    run();
    helpersInside.fetch_sub(1);
    helpersInside.notify_all();
  }
  void waitForHelpers() {
    for (int inside = helpersInside.load(); inside != 0; inside = helpersInside.load()) helpersInside.wait(inside);
  }
};

}  // namespace

void parallelFor(std::size_t count, const std::function<void(std::size_t)>& body, std::stop_token stop,
                 std::size_t maxThreads) {
  if (count == 0) return;
  ThreadPool& pool = sharedPool();
  const std::size_t threads = std::min({count, pool.size(), maxThreads == 0 ? count : maxThreads});
  const auto loop = std::make_shared<Loop>(count, &body, std::move(stop));
  for (std::size_t n = 1; n < threads; ++n) {
    pool.post([loop](const std::stop_token&) { loop->help(); }, std::numeric_limits<int>::max());
  }
  loop->run();
  loop->waitForHelpers();
}

}  // namespace fiducial::runtime
