// The project's one thread: tasks run in the order in which they were posted, one at a time. Who would wait for an
// answer may take the turn of the idle thread instead: waking it and being woken costs as much as a small edit.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <future>
#include <mutex>
#include <thread>

namespace fiducial::project {

class Worker {
 public:
  using Task = std::packaged_task<void()>;
  /// `onIdle` runs on the thread once after some time without a task.
  explicit Worker(std::function<void()> onIdle);
  /// Runs what was posted, then joins.
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  void post(Task task);
  /// Whether the caller is what runs now.
  [[nodiscard]] bool isThisThread() const { return std::this_thread::get_id() == runner_.load(); }

  /// Nothing else runs while it lives.
  class Turn {
   public:
    explicit Turn(Worker* worker) : worker_(worker) {}
    ~Turn() {
      if (worker_ != nullptr) worker_->endTurn();
    }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    explicit operator bool() const { return worker_ != nullptr; }

   private:
    Worker* worker_;
  };
  /// The caller's own turn, on its thread; none where a task runs or waits.
  [[nodiscard]] Turn tryTurn();

 private:
  void run(const std::stop_token& stop);
  void runAlone(std::unique_lock<std::mutex>& lock, const std::function<void()>& what);
  void endTurn();

  std::function<void()> onIdle_;
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::deque<Task> tasks_;   // guarded by mutex_
  bool isBusy_ = false;      // guarded by mutex_; something runs, here or in a turn
  bool isTidy_ = true;       // guarded by mutex_; onIdle_ has run since
  std::uint64_t turns_ = 0;  // guarded by mutex_
  std::atomic<std::thread::id> runner_;
  std::jthread thread_;  // last: it uses all of the above
};

}  // namespace fiducial::project
