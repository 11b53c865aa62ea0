// Who is told what changed: topics are gathered and told once, from the owner's event loop.
#pragma once

#include <memory>
#include <vector>

#include "fiducial/workspace/workspace.h"
#include "owner_thread.h"

namespace fiducial::workspace {

class Workspace::Subscription {
 public:
  explicit Subscription(Observer observer) : observer_(std::move(observer)) {}
  void tell(Topics topics) const { observer_(topics); }

 private:
  Observer observer_;
};

/// Thread: the owner's.
class Notices {
 public:
  explicit Notices(OwnerThread owner) : owner_(std::move(owner)) {}
  std::shared_ptr<Workspace::Subscription> observe(Workspace::Observer observer) {
    auto subscription = std::make_shared<Workspace::Subscription>(std::move(observer));
    subscriptions_.push_back(subscription);
    return subscription;
  }
  void changed(Topics topics) {
    if (topics == 0) return;
    if (pending_ == 0) owner_.post([this] { tell(); });
    pending_ |= topics;
  }
  void changed(Topic topic) { changed(static_cast<Topics>(topic)); }

 private:
  void tell() {
    const Topics topics = std::exchange(pending_, 0);
    std::erase_if(subscriptions_, [](const auto& weak) { return weak.expired(); });
    const auto listeners = subscriptions_;  // an observer may subscribe another one
    for (const auto& weak : listeners) {
      if (const auto subscription = weak.lock()) subscription->tell(topics);
    }
  }

  OwnerThread owner_;
  std::vector<std::weak_ptr<Workspace::Subscription>> subscriptions_;
  Topics pending_ = 0;
};

}  // namespace fiducial::workspace
