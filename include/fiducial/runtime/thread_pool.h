// A fixed set of worker threads with one queue ordered by priority. Owns its threads; the destructor stops and joins.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <stop_token>

namespace fiducial::runtime {

class ThreadPool {
 public:
  explicit ThreadPool(std::size_t threads);
  ~ThreadPool();
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;

  /// Runs `task` on some worker, higher priority first, else in order. Queued tasks are dropped by the destructor.
  void post(std::function<void(std::stop_token)> task, int priority = 0);
  [[nodiscard]] std::size_t size() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The process-wide pool, one thread a core, for short pieces of work.
[[nodiscard]] ThreadPool& sharedPool();

/// Runs body(0..count-1) on all cores including the caller's and returns when all are done or `stop` is requested
/// (then the rest is not started). `body` must not throw.
void parallelFor(std::size_t count, const std::function<void(std::size_t)>& body, std::stop_token stop = {},
                 std::size_t maxThreads = 0);

}  // namespace fiducial::runtime
