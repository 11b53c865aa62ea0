#include "fiducial/workspace/dispatcher.h"

#include <chrono>
#include <utility>

namespace fiducial::workspace {

int ManualDispatcher::runPending() {
  std::deque<std::function<void()>> tasks;
  {
    const std::lock_guard lock(mutex_);
    tasks.swap(queue_);
  }
  for (const auto& task : tasks) task();
  return static_cast<int>(tasks.size());
}

bool ManualDispatcher::runUntil(const std::function<bool()>& done, int timeoutMs) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(timeoutMs);
  for (;;) {
    runPending();
    if (done()) return true;
    std::unique_lock lock(mutex_);
    if (!queue_.empty()) continue;
    if (std::chrono::steady_clock::now() >= deadline) return false;
    // `done` may also turn true without a task (a clock of the workspace): look again soon.
    arrived_.wait_for(lock, std::chrono::milliseconds(20), [this] { return !queue_.empty(); });
  }
}

}  // namespace fiducial::workspace
