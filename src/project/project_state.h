// What a Project owns: the lock on the file, the thread, and what the thread works with.
#pragma once

#include <atomic>
#include <deque>
#include <future>
#include <memory>
#include <mutex>
#include <optional>

#include "fiducial/project/project.h"
#include "fiducial/runtime/file_lock.h"
#include "store.h"
#include "worker.h"

namespace fiducial::project {

/// The place of one observer, shared by its subscription and the project. Calling and ending exclude each other, so
/// that after the last copy of a Subscription died its observer is not running.
struct ObserverSlot {
  std::recursive_mutex mutex;  // an observer may end its own subscription
  Project::Observer observer;  // guarded by mutex; empty: ended
};

class Project::Subscription {
 public:
  explicit Subscription(std::shared_ptr<ObserverSlot> slot) : slot_(std::move(slot)) {}
  ~Subscription() {
    const std::lock_guard guard(slot_->mutex);
    slot_->observer = nullptr;
  }
  Subscription(const Subscription&) = delete;
  Subscription& operator=(const Subscription&) = delete;

 private:
  std::shared_ptr<ObserverSlot> slot_;
};

struct Project::State {
  State(std::filesystem::path file, Database database);
  ~State();

  /// Waits for an answer that may be worked out on any thread, when it is its turn.
  template <class F>
  auto ask(F&& f) const -> decltype(f()) {
    if (worker->isThisThread()) return f();
    if (const Worker::Turn turn = worker->tryTurn()) return f();
    return askThere(std::forward<F>(f));
  }
  /// Runs on the project's thread and waits for the answer; on that thread itself it runs at once.
  template <class F>
  auto askThere(F&& f) const -> decltype(f()) {
    if (worker->isThisThread()) return f();
    std::promise<decltype(f())> promise;
    auto answer = promise.get_future();
    worker->post(Worker::Task([&] { promise.set_value(f()); }));
    return answer.get();
  }

  Result<AppliedEdit> applyNow(Edit edit);
  Result<AppliedEdit> swapNow(Direction direction, std::string_view by);
  /// Waits for an edit, made on the project's thread where there are observers: they are called there.
  template <class F>
  auto askToEdit(F&& f) const -> decltype(f()) {
    return isObserved() ? askThere(std::forward<F>(f)) : ask(std::forward<F>(f));
  }
  [[nodiscard]] bool isObserved() const {
    const std::lock_guard guard(mutex);
    return !observers.empty();
  }
  /// To the observers, in the order of their subscriptions.
  void tell(const AppliedEdit& edit);
  [[nodiscard]] std::string reason() const;
  void turnReadOnly(std::string why, bool failed);

  std::filesystem::path path;
  Uid uid;
  std::string annotator;
  std::optional<runtime::FileLock> lock;
  std::unique_ptr<Store> store;  // used by the worker only

  mutable std::mutex mutex;
  std::string readOnlyReason;                            // guarded by mutex; empty: may be written
  bool writingFailed = false;                            // guarded by mutex
  std::deque<Edit> unwritten;                            // guarded by mutex
  std::vector<std::shared_ptr<ObserverSlot>> observers;  // guarded by mutex

  std::unique_ptr<Worker> worker;  // first to go
};

}  // namespace fiducial::project
