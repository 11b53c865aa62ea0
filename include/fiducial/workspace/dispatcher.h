// How work that finishes on another thread gets back to the window's thread.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>

namespace fiducial::workspace {

/// Posts a function to the owner's thread; safe from any thread.
using Dispatcher = std::function<void(std::function<void()>)>;

/// For tests and programs without a window: a queue that the owner runs by hand.
class ManualDispatcher {
 public:
  [[nodiscard]] Dispatcher dispatcher() {
    return [this](std::function<void()> task) {
      {
        const std::lock_guard lock(mutex_);
        queue_.push_back(std::move(task));
      }
      arrived_.notify_one();
    };
  }
  /// Runs what is queued; returns how many.
  int runPending();
  /// Runs tasks until `done()` or the time is over; false: not done.
  bool runUntil(const std::function<bool()>& done, int timeoutMs = 20'000);

 private:
  std::mutex mutex_;  ///< guards queue_
  std::deque<std::function<void()>> queue_;
  std::condition_variable arrived_;
};

}  // namespace fiducial::workspace
