// The project's one thread: tasks run in the order in which they were posted.
#pragma once

#include <condition_variable>
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
  [[nodiscard]] bool isThisThread() const { return std::this_thread::get_id() == thread_.get_id(); }

 private:
  void run(const std::stop_token& stop);

  std::function<void()> onIdle_;
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::deque<Task> tasks_;  // guarded by mutex_
  std::jthread thread_;     // last: it uses all of the above
};

}  // namespace fiducial::project
