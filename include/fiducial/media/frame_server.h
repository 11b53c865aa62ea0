// Decodes frames on a thread of its own; a newer request of the same priority class outdates an older one.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>

#include "fiducial/core/result.h"
#include "fiducial/media/frame_source.h"

namespace fiducial::media {

/// Owns one decoding thread and a byte-bounded cache of recent frames over one FrameSource.
/// Thread: request() from any; callbacks come on the decoding thread.
class FrameServer {
 public:
  using Callback = std::function<void(int n, Result<std::shared_ptr<const Frame>>)>;
  explicit FrameServer(std::shared_ptr<FrameSource> source, std::size_t cacheBytes = std::size_t{512} << 20);
  ~FrameServer();
  FrameServer(const FrameServer&) = delete;
  FrameServer& operator=(const FrameServer&) = delete;

  /// The one frame to show. An earlier show-request not yet started is dropped (its callback is not called).
  void show(int n, Callback callback);
  /// Decoded after show requests, into the cache (the next frames while playing). Replaces the earlier wish.
  void prefetch(int first, int count);
  /// From the cache, without decoding; null if it is not there.
  [[nodiscard]] std::shared_ptr<const Frame> cached(int n) const;
  /// Frame n is cached, or known to be damaged: nothing is gained by waiting for it.
  [[nodiscard]] bool isSettled(int n) const;
  [[nodiscard]] const FrameSource& source() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace fiducial::media
