#include "picture_writer.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <utility>

#include "fiducial/exchange/stored_picture.h"
#include "fiducial/runtime/thread_pool.h"

namespace fiducial::exchange {

namespace {

constexpr std::size_t kMostWaiting = 8;

struct Waiting {
  std::filesystem::path relative;
  ScalarBuffer picture;
};

}  // namespace

struct PictureWriter::State {
  explicit State(const DatasetFolder& where) : folder(where) {}

  // One of those that wait; false where there is none.
  bool writeOne() {
    std::unique_lock lock(mutex);
    if (waiting.empty()) return false;
    const Waiting one = std::move(waiting.front());
    waiting.pop_front();
    ++writing;
    const bool isGivenUp = !status;
    lock.unlock();
    Status result = isGivenUp ? Status() : write(one);
    lock.lock();
    if (status && !result) status = std::move(result);
    if (--writing == 0) idle.notify_all();
    return true;
  }

  [[nodiscard]] Status write(const Waiting& one) const {
    const auto bytes = encodeStoredPicture(one.picture);
    return bytes ? folder.writeOneOfMany(one.relative, *bytes) : Status(bytes.error());
  }

  void waitForThoseBegun() {
    std::unique_lock lock(mutex);
    idle.wait(lock, [&] { return writing == 0; });
  }

  const DatasetFolder& folder;  // touched by nobody once nothing waits and nothing is being written
  std::mutex mutex;             // guards the rest
  std::condition_variable idle;
  std::deque<Waiting> waiting;
  std::size_t writing = 0;
  Status status;
};

PictureWriter::PictureWriter(const DatasetFolder& folder) : state_(std::make_shared<State>(folder)) {}

PictureWriter::~PictureWriter() {
  {
    const std::scoped_lock lock(state_->mutex);
    state_->waiting.clear();
  }
  state_->waitForThoseBegun();
}

void PictureWriter::put(std::filesystem::path relative, ScalarBuffer picture) {
  bool isFull = false;
  {
    const std::scoped_lock lock(state_->mutex);
    state_->waiting.push_back({std::move(relative), std::move(picture)});
    isFull = state_->waiting.size() > kMostWaiting;
  }
  if (isFull) {
    state_->writeOne();
  } else {
    runtime::sharedPool().post([state = state_](std::stop_token) { state->writeOne(); });
  }
}

Status PictureWriter::finish() {
  while (state_->writeOne()) {
  }
  state_->waitForThoseBegun();
  const std::scoped_lock lock(state_->mutex);
  return state_->status;
}

}  // namespace fiducial::exchange
