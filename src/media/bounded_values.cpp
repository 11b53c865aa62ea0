#include "bounded_values.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/mman.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "fiducial/media/memory_bound.h"
#include "fiducial/runtime/buffer_allocator.h"

namespace fiducial::media {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

std::int64_t usualBound() {
  if (const char* text = std::getenv("FIDUCIAL_MEMORY_BOUND")) {
    if (const auto bytes = parseSize(text)) return *bytes;
  }
  const std::int64_t memory = std::int64_t{sysconf(_SC_PHYS_PAGES)} * sysconf(_SC_PAGESIZE);
  return memory > 0 ? memory / 5 * 2 : std::int64_t{2} << 30;
}

std::atomic<std::int64_t>& bound() {
  static std::atomic<std::int64_t> bytes = usualBound();
  return bytes;
}

/// Pages of files that this process has in memory, in bytes.
std::int64_t residentFileBytes() {
  std::FILE* file = std::fopen("/proc/self/statm", "r");
  if (file == nullptr) return 0;
  long all = 0, resident = 0, shared = 0;
  const int read = std::fscanf(file, "%ld %ld %ld", &all, &resident, &shared);
  std::fclose(file);
  return read == 3 ? std::int64_t{shared} * sysconf(_SC_PAGESIZE) : 0;
}

/// A file without a name, mapped. While it lives, a thread drops its pages from memory whenever they are beyond the
/// bound: their bytes stay in the file, whose pages the system writes out and gives up as it needs memory.
class SpillFile {
 public:
  SpillFile(int descriptor, std::byte* bytes, std::size_t size)
      : descriptor_(descriptor), bytes_(bytes), size_(size), before_(residentFileBytes()) {
    keeper_ = std::jthread([this](const std::stop_token& stop) { keep(stop); });
  }
  SpillFile(const SpillFile&) = delete;
  SpillFile& operator=(const SpillFile&) = delete;
  ~SpillFile() {
    keeper_.request_stop();
    keeper_.join();
    munmap(bytes_, size_);
    close(descriptor_);
  }
  [[nodiscard]] std::byte* bytes() const { return bytes_; }

 private:
  void keep(const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any wake;
    std::unique_lock lock(mutex);
    while (!wake.wait_for(lock, stop, 50ms, [&] { return stop.stop_requested(); })) {
      if (residentFileBytes() - before_ > memoryBound()) madvise(bytes_, size_, MADV_DONTNEED);
    }
  }

  int descriptor_;
  std::byte* bytes_;
  std::size_t size_;
  std::int64_t before_;
  std::jthread keeper_;
};

/// Files there are in memory themselves: nothing would be won.
bool isInMemory(const fs::path& folder) {
  struct statfs info {};
  return statfs(folder.c_str(), &info) != 0 || info.f_type == TMPFS_MAGIC || info.f_type == RAMFS_MAGIC;
}

std::vector<fs::path> spillFolders() {
  std::vector<fs::path> folders;
  for (const char* name : {"FIDUCIAL_SPILL_FOLDER", "TMPDIR"}) {
    if (const char* value = std::getenv(name); value != nullptr && *value != '\0') folders.emplace_back(value);
  }
  folders.emplace_back("/var/tmp");
  folders.emplace_back("/tmp");
  std::erase_if(folders, isInMemory);
  return folders;
}

/// Where the file system knows no files without names, one whose name is taken away at once.
int namelessFile(const fs::path& folder) {
  const int descriptor = open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (descriptor >= 0) return descriptor;
  std::string name = (folder / "fiducial-voxels-XXXXXX").string();
  const int named = mkostemp(name.data(), O_CLOEXEC);
  if (named >= 0) unlink(name.c_str());
  return named;
}

std::shared_ptr<SpillFile> spillInto(const fs::path& folder, std::size_t size) {
  const int descriptor = namelessFile(folder);
  if (descriptor < 0) return nullptr;
  // Room is taken now: a full disk while slices arrive would end the program (SIGBUS).
  void* bytes = MAP_FAILED;
  if (posix_fallocate(descriptor, 0, off_t(size)) == 0) {
    bytes = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
  }
  if (bytes == MAP_FAILED) {
    close(descriptor);
    return nullptr;
  }
  return std::make_shared<SpillFile>(descriptor, static_cast<std::byte*>(bytes), size);
}

}  // namespace

std::int64_t memoryBound() { return bound().load(); }
void setMemoryBound(std::int64_t bytes) { bound().store(std::max<std::int64_t>(bytes, 1)); }

std::optional<std::int64_t> parseSize(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (code != std::errc() || value <= 0) return std::nullopt;
  const std::string_view unit(end, std::size_t(text.data() + text.size() - end));
  static constexpr std::string_view kUnits = "KMGT";
  if (unit.empty()) return value;
  const std::size_t at = kUnits.find(char(unit.front() & ~0x20));
  if (at == std::string_view::npos || unit.size() > 2 || value > (std::int64_t{1} << 20)) return std::nullopt;
  return value << (10 * (at + 1));
}

Result<ScalarBuffer> allocateVolume(ScalarType type, int components, VolumeSize size) {
  const std::int64_t bytes = size.voxels() * components * std::int64_t(sizeOf(type));
  if (bytes <= memoryBound()) return runtime::allocateScalars(type, components, size);
  for (const fs::path& folder : spillFolders()) {
    if (const auto file = spillInto(folder, std::size_t(bytes))) {
      return ScalarBuffer(type, components, size, std::shared_ptr<std::byte[]>(file, file->bytes()));
    }
  }
  return Error{ErrorCode::TooLarge,
               "its voxels take " + std::to_string(bytes >> 20) + " MB, more than the memory bound of " +
                   std::to_string(memoryBound() >> 20) + " MB, and no disk has room for them",
               "", "free some disk space, or raise FIDUCIAL_MEMORY_BOUND"};
}

}  // namespace fiducial::media
