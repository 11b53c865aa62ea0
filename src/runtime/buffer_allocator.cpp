#include "fiducial/runtime/buffer_allocator.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <deque>
#include <mutex>
#include <string>

namespace fiducial::runtime {
namespace {

constexpr std::size_t kHugePage = std::size_t{2} << 20;
constexpr std::size_t kPlainBelow = std::size_t{64} << 10;  ///< malloc's own recycling does for these
constexpr std::size_t kMappedFrom = std::size_t{1} << 20;   ///< smaller ones would waste most of a huge page
constexpr std::size_t kCacheBytes = std::size_t{1} << 30;   ///< free memory kept for the next user

enum class Source { Heap, Mapping };

struct Block {
  std::byte* bytes = nullptr;
  std::size_t capacity = 0;
  Source source = Source::Heap;
};

std::size_t roundedUp(std::size_t size, std::size_t unit) { return (size + unit - 1) / unit * unit; }

std::size_t physicalBytes() {
  static const std::size_t bytes =
      static_cast<std::size_t>(sysconf(_SC_PHYS_PAGES)) * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  return bytes;
}

Block mapped(std::size_t capacity) {
  const std::size_t asked = capacity + kHugePage;  // to cut an aligned piece out of it
  void* const memory = mmap(nullptr, asked, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) return {};
  auto* const start = static_cast<std::byte*>(memory);
  const std::size_t before = (kHugePage - reinterpret_cast<std::uintptr_t>(start) % kHugePage) % kHugePage;
  if (before > 0) munmap(start, before);
  if (before < kHugePage) munmap(start + before + capacity, kHugePage - before);
  madvise(start + before, capacity, MADV_HUGEPAGE);  // a kernel without huge pages is slower, not wrong
  return {start + before, capacity, Source::Mapping};
}

Block fresh(std::size_t capacity, Source source) {
  if (source == Source::Mapping) return mapped(capacity);
  return {static_cast<std::byte*>(std::aligned_alloc(64, capacity)), capacity, Source::Heap};
}

void giveBack(const Block& block) {
  if (block.source == Source::Mapping) {
    munmap(block.bytes, block.capacity);
  } else {
    std::free(block.bytes);
  }
}

/// Free blocks, oldest first. Thread: any.
class Recycler {
 public:
  /// A free block of `capacity` or up to a quarter more.
  Block take(std::size_t capacity) {
    const std::lock_guard lock(mutex_);
    auto best = free_.end();
    for (auto block = free_.begin(); block != free_.end(); ++block) {
      const bool fits = block->capacity >= capacity && block->capacity <= capacity + capacity / 4;
      if (fits && (best == free_.end() || block->capacity <= best->capacity)) best = block;  // the latest is warmest
    }
    if (best == free_.end()) return {};
    const Block block = *best;
    free_.erase(best);
    freeBytes_ -= block.capacity;
    return block;
  }

  void put(const Block& block) {
    std::deque<Block> surplus;
    {
      const std::lock_guard lock(mutex_);
      free_.push_back(block);
      freeBytes_ += block.capacity;
      while (freeBytes_ > kCacheBytes) {
        surplus.push_back(free_.front());
        freeBytes_ -= free_.front().capacity;
        free_.pop_front();
      }
    }
    for (const Block& old : surplus) giveBack(old);
  }

  void trim() {
    std::deque<Block> all;
    {
      const std::lock_guard lock(mutex_);
      all.swap(free_);
      freeBytes_ = 0;
    }
    for (const Block& block : all) giveBack(block);
  }

 private:
  std::mutex mutex_;
  std::deque<Block> free_;     // guarded by mutex_
  std::size_t freeBytes_ = 0;  // guarded by mutex_
};

/// Never destroyed: buffers in other static objects may be freed after it would have been.
Recycler& recycler() {
  static Recycler& only = *new Recycler;
  return only;
}

Error tooLarge(std::size_t sizeBytes) {
  return {ErrorCode::TooLarge,
          "not enough memory for " + std::to_string((sizeBytes >> 20) + 1) + " MB",
          {},
          "close other programs or open a smaller part"};
}

}  // namespace

Result<std::shared_ptr<std::byte[]>> allocateBytes(std::size_t sizeBytes) {
  if (sizeBytes > physicalBytes()) return tooLarge(sizeBytes);  // overcommitted memory would kill us at first touch
  if (sizeBytes < kPlainBelow) {
    const std::size_t capacity = roundedUp(sizeBytes + (sizeBytes == 0), 64);
    auto* const bytes = static_cast<std::byte*>(std::aligned_alloc(64, capacity));
    if (!bytes) return tooLarge(sizeBytes);
    return std::shared_ptr<std::byte[]>(bytes, [](std::byte* p) { std::free(p); });
  }
  const Source source = sizeBytes < kMappedFrom ? Source::Heap : Source::Mapping;
  const std::size_t capacity = roundedUp(sizeBytes, source == Source::Heap ? kPlainBelow : kHugePage);
  Block block = recycler().take(capacity);
  if (!block.bytes) block = fresh(capacity, source);
  if (!block.bytes) {
    trimBuffers();
    block = fresh(capacity, source);
  }
  if (!block.bytes) return tooLarge(sizeBytes);
  return std::shared_ptr<std::byte[]>(block.bytes, [block](std::byte*) { recycler().put(block); });
}

Result<ScalarBuffer> allocateScalars(ScalarType type, int components, VolumeSize size) {
  if (components <= 0 || size.columns <= 0 || size.rows <= 0 || size.slices <= 0) {
    return Error{ErrorCode::Invalid, "a picture needs a positive size", {}, {}};
  }
  std::size_t sizeBytes = sizeOf(type);
  for (const int factor : {components, size.columns, size.rows, size.slices}) {
    if (sizeBytes > (std::size_t{1} << 62) / static_cast<std::size_t>(factor)) return tooLarge(std::size_t{1} << 62);
    sizeBytes *= static_cast<std::size_t>(factor);
  }
  auto bytes = allocateBytes(sizeBytes);
  if (!bytes) return bytes.error();
  return ScalarBuffer(type, components, size, std::move(*bytes));
}

void trimBuffers() { recycler().trim(); }

}  // namespace fiducial::runtime
