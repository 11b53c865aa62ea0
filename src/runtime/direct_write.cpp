#include "direct_write.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>

#include "fiducial/runtime/buffer_allocator.h"
#include "fiducial/runtime/thread_pool.h"
#include "file_descriptor.h"

namespace fiducial::runtime {
namespace {

constexpr std::size_t kBlockBytes = std::size_t{4} << 20;  // two in flight keep a fast disk busy

bool writeWhole(int file, std::int64_t offset, std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::pwrite(file, bytes.data(), bytes.size(), offset);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0 || static_cast<std::size_t>(written) % kDirectAlignment != 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(written));
    offset += written;
  }
  return true;
}

/// By way of a buffer of our own, which is aligned as the disk wants it wherever `bytes` begin.
bool writeBlock(int file, std::int64_t offset, std::span<const std::byte> bytes) {
  auto staging = allocateBytes(kBlockBytes);
  if (!staging) return false;
  std::memcpy(staging->get(), bytes.data(), bytes.size());
  return writeWhole(file, offset, {staging->get(), bytes.size()});
}

}  // namespace

std::size_t writeDirect(const std::filesystem::path& path, std::int64_t offset, std::span<const std::byte> bytes) {
  bytes = bytes.first(bytes.size() / kDirectAlignment * kDirectAlignment);
  const FileDescriptor file(::open(path.c_str(), O_WRONLY | O_DIRECT | O_CLOEXEC));
  if (bytes.empty() || !file.isOpen()) return 0;  // memory file systems and some network shares refuse
  // With its blocks there already, a file can be written from several threads at once. Not all file systems can.
  if (::fallocate(file.number(), 0, offset, static_cast<off_t>(bytes.size())) != 0 && errno == ENOSPC) return 0;
  std::atomic<bool> isWhole = true;
  parallelFor((bytes.size() + kBlockBytes - 1) / kBlockBytes, [&](std::size_t n) {
    const std::size_t at = n * kBlockBytes;
    const auto block = bytes.subspan(at, std::min(kBlockBytes, bytes.size() - at));
    if (isWhole && !writeBlock(file.number(), offset + static_cast<std::int64_t>(at), block)) isWhole = false;
  });
  return isWhole ? bytes.size() : 0;
}

}  // namespace fiducial::runtime
