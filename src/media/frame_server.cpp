#include "fiducial/media/frame_server.h"

#include <condition_variable>
#include <deque>
#include <list>
#include <mutex>
#include <optional>
#include <set>
#include <thread>
#include <unordered_map>
#include <utility>

namespace fiducial::media {
namespace {

using FramePointer = std::shared_ptr<const Frame>;

/// Least recently used frames, bounded by bytes; the newest always stays.
class FrameCache {
 public:
  explicit FrameCache(std::size_t limitBytes) : limitBytes_(limitBytes) {}

  FramePointer find(int n) {
    const auto at = byIndex_.find(n);
    if (at == byIndex_.end()) return nullptr;
    frames_.splice(frames_.begin(), frames_, at->second);
    return frames_.front();
  }
  void insert(FramePointer frame) {
    const int n = frame->index;
    if (find(n)) return;
    bytes_ += frame->pixels.sizeBytes();
    frames_.push_front(std::move(frame));
    byIndex_[n] = frames_.begin();
    while (bytes_ > limitBytes_ && frames_.size() > 1) {
      bytes_ -= frames_.back()->pixels.sizeBytes();
      byIndex_.erase(frames_.back()->index);
      frames_.pop_back();
    }
  }

 private:
  std::size_t limitBytes_;
  std::size_t bytes_ = 0;
  std::list<FramePointer> frames_;  // most recently used first
  std::unordered_map<int, std::list<FramePointer>::iterator> byIndex_;
};

}  // namespace

struct FrameServer::State {
  State(std::shared_ptr<FrameSource> frames, std::size_t cacheBytes) : source(std::move(frames)), cache(cacheBytes) {}

  struct Request {
    int n = 0;
    Callback callback;
  };

  std::shared_ptr<FrameSource> source;
  std::mutex mutex;
  std::condition_variable_any wake;
  FrameCache cache;               // guarded by mutex
  std::optional<Request> shown;   // guarded by mutex
  std::deque<int> wished;         // guarded by mutex
  std::set<int> damaged;          // guarded by mutex; fetched ahead, and found to have no picture
  std::stop_source prefetchStop;  // guarded by mutex; ends the prefetch being decoded when something is to be shown
  std::jthread thread;            // last: joined before what it uses is gone

  void run(std::stop_token stop);
  void serve(Request request, std::stop_token stop);
  void fetchAhead(int n, std::stop_token stop);
};

void FrameServer::State::serve(Request request, std::stop_token stop) {
  FramePointer known;
  {
    const std::lock_guard lock(mutex);
    known = cache.find(request.n);
  }
  Result<FramePointer> frame = known ? Result<FramePointer>(known) : source->frame(request.n, stop);
  if (frame && !known) {
    const std::lock_guard lock(mutex);
    cache.insert(*frame);
  }
  if (!stop.stop_requested()) request.callback(request.n, std::move(frame));
}

void FrameServer::State::fetchAhead(int n, std::stop_token stop) {
  auto frame = source->frame(n, stop);
  const std::lock_guard lock(mutex);
  if (frame) {
    cache.insert(*frame);
  } else if (frame.error().code != ErrorCode::Cancelled) {
    damaged.insert(n);  // shown as an error when it is asked for
  }
}

void FrameServer::State::run(std::stop_token stop) {
  while (true) {
    std::optional<Request> request;
    std::optional<int> ahead;
    std::stop_token aheadStop;
    {
      std::unique_lock lock(mutex);
      if (!wake.wait(lock, stop, [this] { return shown.has_value() || !wished.empty(); })) return;
      if (stop.stop_requested()) return;
      if (shown) {
        request = std::exchange(shown, std::nullopt);
      } else {
        const int n = wished.front();
        wished.pop_front();
        if (!cache.find(n) && !damaged.contains(n)) ahead = n;
        prefetchStop = {};
        aheadStop = prefetchStop.get_token();
      }
    }
    if (request) serve(std::move(*request), stop);
    if (ahead) fetchAhead(*ahead, aheadStop);
  }
}

FrameServer::FrameServer(std::shared_ptr<FrameSource> source, std::size_t cacheBytes)
    : state_(std::make_unique<State>(std::move(source), cacheBytes)) {
  state_->thread = std::jthread([state = state_.get()](std::stop_token stop) { state->run(stop); });
}

FrameServer::~FrameServer() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->prefetchStop.request_stop();
  }
  state_->thread.request_stop();
  state_->thread.join();
}

void FrameServer::show(int n, Callback callback) {
  {
    const std::lock_guard lock(state_->mutex);
    state_->shown = State::Request{n, std::move(callback)};
    state_->prefetchStop.request_stop();
  }
  state_->wake.notify_one();
}

void FrameServer::prefetch(int first, int count) {
  {
    const std::lock_guard lock(state_->mutex);
    state_->wished.clear();
    const int last = std::min(state_->source->frameCount(), first + count);
    for (int n = std::max(first, 0); n < last; ++n) state_->wished.push_back(n);
  }
  state_->wake.notify_one();
}

std::shared_ptr<const Frame> FrameServer::cached(int n) const {
  const std::lock_guard lock(state_->mutex);
  return state_->cache.find(n);
}

bool FrameServer::isSettled(int n) const {
  const std::lock_guard lock(state_->mutex);
  return state_->damaged.contains(n) || state_->cache.find(n) != nullptr;
}

const FrameSource& FrameServer::source() const { return *state_->source; }

}  // namespace fiducial::media
