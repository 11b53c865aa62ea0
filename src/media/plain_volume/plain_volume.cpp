#include "plain_volume.h"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <mutex>

#include "../bounded_values.h"
#include "../file_bytes.h"
#include "../slice_order.h"
#include "../streams/gzip_reader.h"
#include "fiducial/runtime/thread_pool.h"

namespace fiducial::media {
namespace {

constexpr std::int64_t kHeaderLimit = std::int64_t{1} << 20;

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
  [[nodiscard]] std::unique_ptr<ByteStream> stream() const;
  Status loadPlain(Loading& loading, std::stop_token stop) const;
  /// In stored order, as a stream gives them; the answer is the error that ended it early, if any.
  Status loadStreamed(Loading& loading, int& loadedSlices, std::stop_token stop) const;
  /// Of files whose times lie together: one of them out of the bytes of all.
  Result<bool> readInterleaved(ByteStream& stream, int time, std::span<std::byte> slice) const;

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

Result<bool> PlainVolumeSource::readInterleaved(ByteStream& stream, int time, std::span<std::byte> slice) const {
  const auto times = std::size_t(volume_.info.times);
  const std::size_t voxel = sizeOf(volume_.info.scalar) * std::size_t(volume_.info.components);
  std::vector<std::byte> all(slice.size() * times);
  auto got = stream.read(all);
  if (!got) return got.error();
  for (std::size_t n = 0; n * voxel < slice.size(); ++n) {
    std::memcpy(slice.data() + n * voxel, all.data() + (n * times + std::size_t(time)) * voxel, voxel);
  }
  return *got == all.size();
}

std::unique_ptr<ByteStream> PlainVolumeSource::stream() const {
  std::vector<PackedFile> files;
  const bool isPlain = volume_.packing == Packing::Plain;
  for (const auto& path : volume_.parts.empty() ? std::vector{volume_.path} : volume_.parts) {
    files.push_back({path, volume_.packing, isPlain ? volume_.offset : volume_.packedStart, volume_.info.scalar});
  }
  return joinedStream(std::move(files));
}

Status PlainVolumeSource::loadStreamed(Loading& loading, int& loadedSlices, std::stop_token stop) const {
  const std::unique_ptr<ByteStream> bytes = stream();
  const bool isOffset = volume_.packing != Packing::Plain;
  const std::int64_t before = loading.firstByte - (isOffset ? 0 : volume_.offset);
  if (auto skipped = bytes->skip(before); !skipped) return skipped;
  for (int k = 0; k < volume_.info.frames && !stop.stop_requested(); ++k) {
    const std::span<std::byte> slice = loading.slice(k);
    bool isWhole = false;
    if (volume_.timeIsFastest) {
      auto whole = readInterleaved(*bytes, loading.options->time, slice);
      if (!whole) return whole.error();
      isWhole = *whole;
    } else {
      auto got = bytes->read(slice);
      if (!got) return got.error();
      isWhole = *got == slice.size();
    }
    if (!isWhole) {
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
  auto values = allocateVolume(info.scalar, info.components, info.volumeSize());
  if (!values) return values.error();
  Loading loading;
  loading.volume = std::make_shared<Volume>(info, std::move(*values));
  loading.options = &options;
  loading.firstByte = volume_.offset + (volume_.timeIsFastest ? 0 : dataBytes(info) / info.times * options.time);
  if (options.onStarted) options.onStarted(loading.volume);
  int loadedSlices = 0;
  const bool isDirect = volume_.packing == Packing::Plain && volume_.parts.empty() && !volume_.timeIsFastest;
  const Status status = isDirect ? loadPlain(loading, stop) : loadStreamed(loading, loadedSlices, stop);
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
  const bool isPlain = volume.packing == Packing::Plain;
  std::int64_t possible = 0;
  for (const auto& path : volume.parts.empty() ? std::vector{volume.path} : volume.parts) {
    auto file = FileBytes::open(path);
    if (!file) return file.error();
    const std::int64_t there = file->sizeBytes() - (isPlain ? volume.offset : volume.packedStart);
    possible += mostUnpacked(volume.packing, there, volume.info.scalar);
  }
  const std::int64_t wanted = dataBytes(volume.info) + (isPlain ? 0 : volume.offset);
  if (wanted <= possible) return {};
  return Error{ErrorCode::Damaged,
               "its header claims " + std::to_string(wanted) + " bytes, the file " +
                   (isPlain ? "has " + std::to_string(possible) : "cannot hold so many"),
               volume.path.string(), "copy it again"};
}

std::unique_ptr<VolumeSource> plainVolumeSource(PlainVolume volume) {
  return std::make_unique<PlainVolumeSource>(std::move(volume));
}

bool mayBeColour(ScalarType type) { return type == ScalarType::UInt8 || type == ScalarType::UInt16; }

std::shared_ptr<const Examined> examinedVolume(std::string name, const std::filesystem::path& headerFile,
                                               const PlainVolume& volume) {
  FoundMedium found{std::move(name), {volume.info, headerFile, {headerFile}}};
  auto& files = found.location.files;
  if (volume.parts.empty() && volume.path != headerFile) files.push_back(volume.path);
  files.insert(files.end(), volume.parts.begin(), volume.parts.end());
  found.location.info.files = int(files.size());
  auto own = std::make_shared<OwnMedia>();
  own->media.push_back(std::move(found));
  return own;
}

Result<std::string> headerText(const std::filesystem::path& path) {
  auto file = FileBytes::open(path);
  if (!file) return file.error();
  std::string text(std::size_t(std::min<std::int64_t>(file->sizeBytes(), kHeaderLimit)), '\0');
  auto got = file->read(0, std::as_writable_bytes(std::span(text)));
  if (!got) return got.error();
  text.resize(*got);
  return text;
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
