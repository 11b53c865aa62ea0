#include "plain_volume.h"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <mutex>

#include "../file_bytes.h"
#include "../slice_order.h"
#include "fiducial/runtime/buffer_allocator.h"
#include "fiducial/runtime/thread_pool.h"
#include "gzip_reader.h"

namespace fiducial::media {
namespace {

void swapSamples(ScalarType type, std::span<std::byte> bytes) {
  const std::size_t size = sizeOf(type);
  for (std::size_t at = 0; size > 1 && at + size <= bytes.size(); at += size) {
    std::reverse(bytes.begin() + std::ptrdiff_t(at), bytes.begin() + std::ptrdiff_t(at + size));
  }
}

/// What is known while one time point is being loaded.
struct Loading {
  std::shared_ptr<Volume> volume;
  const LoadOptions* options = nullptr;
  std::int64_t firstByte = 0;  // of the time point, in the unpacked bytes
  std::atomic<std::int64_t> done = 0;

  [[nodiscard]] std::span<std::byte> slice(int k) const {
    const std::size_t size = volume->values().sliceBytes();
    return volume->mutableValues().mutableBytes().subspan(size * std::size_t(k), size);
  }
  void announce(int k) {
    volume->setLoaded(k);
    if (options->onSlice) options->onSlice(k);
    const std::int64_t now = ++done;
    if (options->progress) options->progress(now, volume->info().frames, "Loading slices");
  }
};

class PlainVolumeSource final : public VolumeSource {
 public:
  explicit PlainVolumeSource(PlainVolume volume) : volume_(std::move(volume)) {}
  const MediumInfo& info() const override { return volume_.info; }
  Result<LoadedVolume> load(const LoadOptions& options, std::stop_token stop) override;

 private:
  Status loadPlain(Loading& loading, std::stop_token stop) const;
  /// In stored order, as a stream gives them; the answer is the error that ended it early, if any.
  Status loadGzipped(Loading& loading, int& loadedSlices, std::stop_token stop) const;

  PlainVolume volume_;
};

Status PlainVolumeSource::loadPlain(Loading& loading, std::stop_token stop) const {
  auto file = FileBytes::open(volume_.path);
  if (!file) return file.error();
  const std::vector<int> order = slicesOutwards(volume_.info.frames, loading.options->firstSlice);
  std::mutex mutex;
  Status status;  // guarded by mutex
  runtime::parallelFor(
      order.size(),
      [&](std::size_t n) {
        const int k = order[n];
        const std::span<std::byte> slice = loading.slice(k);
        auto got = file->read(loading.firstByte + std::int64_t(slice.size()) * k, slice);
        if (got && *got == slice.size()) {
          if (volume_.isSwapped) swapSamples(volume_.info.scalar, slice);
          loading.announce(k);
          return;
        }
        const std::lock_guard lock(mutex);
        status = got ? Error{ErrorCode::Damaged, "the file ends before its voxels do", volume_.path.string(),
                             "copy it again"}
                     : got.error();
      },
      stop);
  return status;
}

Status PlainVolumeSource::loadGzipped(Loading& loading, int& loadedSlices, std::stop_token stop) const {
  auto reader = GzipReader::open(volume_.path, volume_.gzipStart);
  if (!reader) return reader.error();
  if (auto skipped = reader->skip(loading.firstByte); !skipped) return skipped;
  for (int k = 0; k < volume_.info.frames && !stop.stop_requested(); ++k) {
    const std::span<std::byte> slice = loading.slice(k);
    auto got = reader->read(slice);
    if (!got) return got.error();
    if (*got != slice.size()) {
      return Error{ErrorCode::Damaged, "the file ends before its voxels do", volume_.path.string(), "copy it again"};
    }
    if (volume_.isSwapped) swapSamples(volume_.info.scalar, slice);
    ++loadedSlices;
    loading.announce(k);
  }
  return {};
}

Result<LoadedVolume> PlainVolumeSource::load(const LoadOptions& options, std::stop_token stop) {
  const MediumInfo& info = volume_.info;
  if (options.time < 0 || options.time >= info.times) {
    return Error{ErrorCode::OutOfRange, "there is no time point " + std::to_string(options.time), "", ""};
  }
  if (auto checked = checkPlainVolume(volume_); !checked) return checked.error();
  auto values = runtime::allocateScalars(info.scalar, info.components, info.volumeSize());
  if (!values) return values.error();
  Loading loading;
  loading.volume = std::make_shared<Volume>(info, std::move(*values));
  loading.options = &options;
  loading.firstByte = volume_.offset + dataBytes(info) / info.times * options.time;
  if (options.onStarted) options.onStarted(loading.volume);
  int loadedSlices = 0;
  const Status status = volume_.isGzipped ? loadGzipped(loading, loadedSlices, stop) : loadPlain(loading, stop);
  if (stop.stop_requested()) return Error{ErrorCode::Cancelled, "loading was stopped", "", ""};
  LoadedVolume loaded{loading.volume, {}};
  if (status) return loaded;
  if (loadedSlices == 0) return status.error();
  loaded.warnings.push_back(status.error().message + "; slices " + std::to_string(loadedSlices) + " to " +
                            std::to_string(info.frames - 1) + " of " + std::to_string(info.frames) + " are missing");
  for (int k = loadedSlices; k < info.frames; ++k) {
    std::memset(loading.slice(k).data(), 0, loading.slice(k).size());
    loading.announce(k);
  }
  return loaded;
}

}  // namespace

std::int64_t dataBytes(const MediumInfo& info) {
  const std::int64_t slice = info.imageSize().pixels() * info.components * std::int64_t(sizeOf(info.scalar));
  return slice * info.frames * info.times;  // the header readers bound voxels to 2^48
}

Status checkPlainVolume(const PlainVolume& volume) {
  auto file = FileBytes::open(volume.path);
  if (!file) return file.error();
  const std::int64_t wanted = dataBytes(volume.info) + volume.offset;
  const std::int64_t there = file->sizeBytes() - volume.gzipStart;
  constexpr std::int64_t kMostGzip = 1100;  // deflate reaches 1032 at best
  const bool fits = volume.isGzipped ? wanted / kMostGzip <= there : wanted <= there;
  if (fits) return {};
  return Error{ErrorCode::Damaged,
               "its header claims " + std::to_string(wanted) + " bytes, the file " +
                   (volume.isGzipped ? "cannot hold so many" : "has " + std::to_string(there)),
               volume.path.string(), "copy it again"};
}

std::unique_ptr<VolumeSource> plainVolumeSource(PlainVolume volume) {
  return std::make_unique<PlainVolumeSource>(std::move(volume));
}

Result<std::vector<std::byte>> gzipHead(const std::filesystem::path& path, std::size_t limit) {
  auto reader = GzipReader::open(path);
  if (!reader) return reader.error();
  std::vector<std::byte> bytes(limit);
  auto got = reader->read(bytes);
  if (!got) return got.error();
  bytes.resize(*got);
  return bytes;
}

}  // namespace fiducial::media
