#include "video/picture_cache.h"

#include "video/picture_buffers.h"

namespace fiducial::media::video {

PictureCache::Picture PictureCache::find(int n) {
  const std::lock_guard lock(mutex_);
  const auto entry = entries_.find(n);
  if (entry == entries_.end()) return nullptr;
  byAge_.splice(byAge_.end(), byAge_, entry->second.age);
  return entry->second.picture;
}

bool PictureCache::has(int n) const {
  const std::lock_guard lock(mutex_);
  return entries_.contains(n);
}

void PictureCache::put(int n, Picture picture) {
  const std::lock_guard lock(mutex_);
  if (const auto old = entries_.find(n); old != entries_.end()) dropOne(old);
  bytes_ += bytesOf(*picture);
  entries_[n] = {std::move(picture), byAge_.insert(byAge_.end(), n)};
  // The newest stays, whatever its size: somebody is about to show it.
  while (bytes_ > mostBytes_ && entries_.size() > 1) dropOne(entries_.find(byAge_.front()));
}

void PictureCache::drop(int first, int end) {
  const std::lock_guard lock(mutex_);
  for (auto entry = entries_.lower_bound(first); entry != entries_.end() && entry->first < end;) dropOne(entry++);
}

void PictureCache::dropOne(std::map<int, Entry>::iterator entry) {
  bytes_ -= bytesOf(*entry->second.picture);
  byAge_.erase(entry->second.age);
  entries_.erase(entry);
}

}  // namespace fiducial::media::video
