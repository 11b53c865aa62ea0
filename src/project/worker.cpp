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

Worker::Turn Worker::tryTurn() {
  const std::lock_guard guard(mutex_);
  if (isBusy_ || !tasks_.empty()) return Turn(nullptr);
  isBusy_ = true;
  runner_ = std::this_thread::get_id();
  return Turn(this);
}

void Worker::endTurn() {
  bool wakes = false;
  {
    const std::lock_guard guard(mutex_);
    runner_ = std::thread::id();
    isBusy_ = false;
    ++turns_;
    wakes = isTidy_ || !tasks_.empty();  // else the thread waits for a pause already
    isTidy_ = false;
  }
  if (wakes) wake_.notify_one();
}

void Worker::runAlone(std::unique_lock<std::mutex>& lock, const std::function<void()>& what) {
  isBusy_ = true;
  runner_ = std::this_thread::get_id();
  lock.unlock();
  what();
  lock.lock();
  runner_ = std::thread::id();
  isBusy_ = false;
}

void Worker::run(const std::stop_token& stop) {
  const auto hasTask = [this] { return !isBusy_ && !tasks_.empty(); };
  std::unique_lock lock(mutex_);
  for (;;) {
    const std::uint64_t turns = turns_;
    if (isTidy_) {
      wake_.wait(lock, stop, [&] { return hasTask() || !isTidy_; });
    } else if (!wake_.wait_for(lock, stop, kIdle, hasTask) && !stop.stop_requested()) {
      if (isBusy_ || turns != turns_) continue;
      isTidy_ = true;
      runAlone(lock, onIdle_);
      continue;
    }
    if (hasTask()) {
      Task task = std::move(tasks_.front());
      tasks_.pop_front();
      runAlone(lock, [&task] {
        task();
        task = {};  // what it holds dies before the lock is taken
      });
      isTidy_ = false;
      continue;
    }
    if (stop.stop_requested() && tasks_.empty()) return;
  }
}

}  // namespace fiducial::project
