// Long work: each job a thread with one owner, progress for the window, and a way to stop it.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "fiducial/runtime/progress.h"
#include "notices.h"

namespace fiducial::workspace {

struct JobContext {
  std::stop_token stop;
  runtime::Progress progress;
};
enum class JobVisibility {
  Shown,  ///< in the list, with progress and Cancel
  Quiet,  ///< not listed, but the workspace is not idle while it runs
  Spare,  ///< neither: thumbnails and the like
};

/// Thread: the owner's. Work runs on a thread of its own, `finished` on the owner's after it.
class Background {
 public:
  Background(OwnerThread owner, Notices& notices) : owner_(std::move(owner)), notices_(notices) {}
  ~Background() { stopAll(); }
  Background(const Background&) = delete;
  Background& operator=(const Background&) = delete;

  std::uint64_t start(std::string what, JobVisibility visibility, std::function<void(const JobContext&)> work,
                      std::function<void()> finished = {});
  /// The same for work with an answer. A job that was stopped is not followed by `finished`.
  template <class T>
  std::uint64_t start(std::string what, JobVisibility visibility, std::function<T(const JobContext&)> work,
                      std::function<void(T)> finished) {
    auto answer = std::make_shared<std::optional<T>>();
    return start(
        std::move(what), visibility, [answer, work = std::move(work)](const JobContext& job) { *answer = work(job); },
        [answer, finished = std::move(finished)] { finished(**answer); });
  }
  /// Asks a job to stop; `finished` is still called (its answer says Cancelled), unless `forget`.
  void cancel(std::uint64_t number);
  /// Asks a job to stop and never calls its `finished`: its answer is outdated.
  void forget(std::uint64_t number);
  /// Stops all and waits for them; nothing is `finished` afterwards.
  void stopAll();
  [[nodiscard]] bool isRunning(std::uint64_t number) const { return jobs_.contains(number); }
  [[nodiscard]] std::vector<JobState> shown() const;
  /// No job is running, but for spare ones.
  [[nodiscard]] bool isIdle() const;

 private:
  struct Reported {
    std::mutex mutex;  ///< guards the rest
    std::int64_t done = 0;
    std::int64_t total = 0;
    std::int64_t toldMs = 0;
  };
  struct Job {
    JobVisibility visibility = JobVisibility::Shown;
    std::string what;
    std::int64_t startedMs = 0;
    std::shared_ptr<Reported> reported;
    std::function<void()> finished;
    std::jthread thread;
  };
  void finish(std::uint64_t number);

  OwnerThread owner_;
  Notices& notices_;
  std::map<std::uint64_t, Job> jobs_;
  std::uint64_t next_ = 1;
};

/// Steady clock, milliseconds.
[[nodiscard]] std::int64_t steadyMs();

}  // namespace fiducial::workspace
