#include "background.h"

#include <algorithm>
#include <chrono>

namespace fiducial::workspace {
namespace {

constexpr std::int64_t kTellEveryMs = 50;  ///< progress is told at most twenty times a second

}  // namespace

std::int64_t steadyMs() {
  using std::chrono::duration_cast, std::chrono::milliseconds, std::chrono::steady_clock;
  return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

std::uint64_t Background::start(std::string what, JobVisibility visibility, std::function<void(const JobContext&)> work,
                                std::function<void()> finished) {
  const std::uint64_t number = next_++;
  Job& job = jobs_[number];
  job.visibility = visibility;
  job.what = std::move(what);
  job.startedMs = steadyMs();
  job.reported = std::make_shared<Reported>();
  job.finished = std::move(finished);
  runtime::Progress progress = [this, owner = owner_, reported = job.reported](std::int64_t done, std::int64_t total,
                                                                               std::string_view) {
    const std::lock_guard lock(reported->mutex);
    reported->done = done;
    reported->total = total;
    if (steadyMs() - reported->toldMs < kTellEveryMs) return;
    reported->toldMs = steadyMs();
    owner.post([this] { notices_.changed(Topic::Job); });
  };
  job.thread = std::jthread([this, number, owner = owner_, work = std::move(work),
                             progress = std::move(progress)](const std::stop_token& stop) {
    work({stop, progress});
    owner.post([this, number] { finish(number); });
  });
  notices_.changed(Topic::Job);
  return number;
}

void Background::finish(std::uint64_t number) {
  const auto found = jobs_.find(number);
  if (found == jobs_.end()) return;
  const std::function<void()> finished = std::move(found->second.finished);
  jobs_.erase(found);  // its thread has nothing left to do
  notices_.changed(Topic::Job);
  if (finished) finished();
}

void Background::cancel(std::uint64_t number) {
  const auto found = jobs_.find(number);
  if (found != jobs_.end()) found->second.thread.request_stop();
}

void Background::forget(std::uint64_t number) {
  const auto found = jobs_.find(number);
  if (found == jobs_.end()) return;
  found->second.finished = {};
  found->second.visibility = JobVisibility::Spare;
  found->second.thread.request_stop();
  notices_.changed(Topic::Job);
}

void Background::stopAll() {
  for (auto& [number, job] : jobs_) job.thread.request_stop();
  jobs_.clear();  // joins
  notices_.changed(Topic::Job);
}

std::vector<JobState> Background::shown() const {
  std::vector<JobState> states;
  for (const auto& [number, job] : jobs_) {
    if (job.visibility != JobVisibility::Shown) continue;
    const std::lock_guard lock(job.reported->mutex);
    states.push_back({number, job.what, job.reported->done, job.reported->total, job.startedMs});
  }
  return states;
}

bool Background::isIdle() const {
  return std::ranges::none_of(jobs_, [](const auto& job) { return job.second.visibility != JobVisibility::Spare; });
}

}  // namespace fiducial::workspace
