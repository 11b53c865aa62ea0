// Decoded pictures around the playhead, bounded by bytes; the ones used longest ago go first.
#pragma once

#include <cstddef>
#include <list>
#include <map>
#include <memory>
#include <mutex>

#include "ffmpeg_handles.h"

namespace fiducial::media::video {

/// Holds references to the decoder's own pictures: nothing is copied. Thread: any.
class PictureCache {
 public:
  explicit PictureCache(std::size_t mostBytes) : mostBytes_(mostBytes) {}

  using Picture = std::shared_ptr<const AVFrame>;
  /// Null where it is not there.
  [[nodiscard]] Picture find(int n);
  [[nodiscard]] bool has(int n) const;
  void put(int n, Picture picture);
  /// Drops pictures [first, end).
  void drop(int first, int end);

 private:
  struct Entry {
    Picture picture;
    std::list<int>::iterator age;
  };
  void dropOne(std::map<int, Entry>::iterator entry);

  const std::size_t mostBytes_;
  mutable std::mutex mutex_;  // guards all below
  std::size_t bytes_ = 0;
  std::map<int, Entry> entries_;
  std::list<int> byAge_;  // longest unused first
};

}  // namespace fiducial::media::video
