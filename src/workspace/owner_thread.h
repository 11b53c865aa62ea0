// The way back to the owner's thread, for workers: tasks that arrive after the workspace is gone are dropped.
#pragma once

#include <functional>
#include <memory>
#include <utility>

#include "fiducial/workspace/dispatcher.h"

namespace fiducial::workspace {

/// Copies are cheap and may be held by other threads. Thread: any; tasks run on the owner's.
class OwnerThread {
 public:
  OwnerThread(Dispatcher dispatcher, std::weak_ptr<void> alive)
      : dispatcher_(std::move(dispatcher)), alive_(std::move(alive)) {}
  void post(std::function<void()> task) const {
    // The workspace dies on the owner's thread only, so it cannot go between the test and the call.
    dispatcher_([alive = alive_, task = std::move(task)] {
      if (!alive.expired()) task();
    });
  }

 private:
  Dispatcher dispatcher_;
  std::weak_ptr<void> alive_;
};

}  // namespace fiducial::workspace
