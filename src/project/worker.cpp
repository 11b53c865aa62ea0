#include "worker.h"

#include <chrono>
#include <utility>

namespace fiducial::project {
namespace {

constexpr std::chrono::seconds kIdle{2};  // a pause in the work: time to merge the log

}  // namespace

Worker::Worker(std::function<void()> onIdle)
    : onIdle_(std::move(onIdle)), thread_([this](const std::stop_token& stop) { run(stop); }) {}

Worker::~Worker() {
  thread_.request_stop();
  thread_.join();
}

void Worker::post(Task task) {
  {
    const std::lock_guard guard(mutex_);
    tasks_.push_back(std::move(task));
  }
  wake_.notify_one();
}

void Worker::run(const std::stop_token& stop) {
  bool isTidy = true;
  std::unique_lock lock(mutex_);
  for (;;) {
    const auto hasTask = [this] { return !tasks_.empty(); };
    if (isTidy) {
      wake_.wait(lock, stop, hasTask);
    } else if (!wake_.wait_for(lock, stop, kIdle, hasTask) && !stop.stop_requested()) {
      lock.unlock();
      onIdle_();
      isTidy = true;
      lock.lock();
      continue;
    }
    if (tasks_.empty()) return;  // only after a stop
    Task task = std::move(tasks_.front());
    tasks_.pop_front();
    lock.unlock();
    task();
    isTidy = false;
    task = {};  // what it holds dies before the lock is taken
    lock.lock();
  }
}

}  // namespace fiducial::project
