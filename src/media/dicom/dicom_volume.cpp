// Loads a stack: native slices go from the file to their place in the volume with one pread, compressed ones are
// decoded a frame a thread; from the slice asked for outwards.
#include <algorithm>
#include <cstring>
#include <mutex>

#include "../bounded_values.h"
#include "../slice_order.h"
#include "dicom_sources.h"
#include "fiducial/runtime/thread_pool.h"
#include "frame_decoder.h"
#include "mosaic.h"
#include "overlays.h"
#include "presentations_beside.h"

namespace fiducial::media::dicom {
namespace {

class StackVolume final : public VolumeSource {
 public:
  explicit StackVolume(SliceStack stack) : stack_(std::move(stack)), info_(describe(stack_, plan_)) {
    info_.extras.presentations = presentationsBeside(stack_, info_);
  }
  const MediumInfo& info() const override { return info_; }
  Result<LoadedVolume> load(const LoadOptions& options, std::stop_token stop) override;

 private:
  [[nodiscard]] Status checkBeforeAllocating(std::span<const FrameRef> slices, int first) const;

  SliceStack stack_;
  ValuePlan plan_;
  MediumInfo info_;
};

std::string nameOfSlice(const FrameRef& ref) {
  const std::string file = ref.file->path().filename().string();
  return ref.file->header().frames > 1 ? "frame " + std::to_string(ref.frame) + " of " + file : file;
}

/// The value for slices that could not be read: the padding, else the lowest of those that could.
double fillValue(const Volume& volume, std::span<const int> failed) {
  if (volume.info().paddingValue) return *volume.info().paddingValue;
  return withScalarType(volume.values().type(), [&](auto typed) {
    using T = decltype(typed);
    const auto values = volume.values().values<T>();
    const std::size_t size = volume.values().sliceBytes() / sizeof(T);
    bool isAny = false;
    T lowest{};
    for (int k = 0; k < volume.values().size().slices; ++k) {
      if (std::find(failed.begin(), failed.end(), k) != failed.end()) continue;
      const auto slice = values.subspan(std::size_t(k) * size, size);
      const T low = *std::min_element(slice.begin(), slice.end());
      lowest = isAny ? std::min(lowest, low) : low;
      isAny = true;
    }
    return double(lowest);
  });
}

void fillSlice(Volume& volume, int k, double value) {
  withScalarType(volume.values().type(), [&](auto typed) {
    using T = decltype(typed);
    const std::size_t size = volume.values().sliceBytes() / sizeof(T);
    const auto slice = volume.mutableValues().mutableValues<T>().subspan(std::size_t(k) * size, size);
    std::fill(slice.begin(), slice.end(), T(value));
  });
}

/// A stream that is not what the header says must not make us allocate what the header claims.
Status StackVolume::checkBeforeAllocating(std::span<const FrameRef> slices, int first) const {
  std::string missing;
  for (const FrameRef& ref : slices) {
    missing = ref.file->truncation(ref.frame);
    if (missing.empty()) break;
  }
  const FrameRef& ref = slices[std::size_t(first)];
  if (!missing.empty())
    return Error{ErrorCode::Damaged, missing, ref.file->path().string(), "copy the file again from its source"};
  if (!ref.file->header().pixels.encapsulated || slices.size() > 1) return {};
  auto stream = ref.file->readEncapsulated(ref.frame);
  if (!stream) return stream.error();
  auto checked = checkStream(ref.file->header(), *stream);
  if (checked) return {};
  Error error = checked.error();
  error.path = ref.file->path().string();
  return error;
}

Result<LoadedVolume> StackVolume::load(const LoadOptions& options, std::stop_token stop) {
  const int count = info_.frames;
  if (options.time < 0 || options.time >= info_.times) {
    return Error{ErrorCode::OutOfRange, "there is no time point " + std::to_string(options.time), "", ""};
  }
  const auto slices =
      std::span(stack_.frames).subspan(std::size_t(options.time) * std::size_t(count), std::size_t(count));
  const std::vector<int> order = slicesOutwards(count, options.firstSlice);
  if (auto checked = checkBeforeAllocating(slices, order.front()); !checked) return checked.error();
  auto values = allocateVolume(plan_.scalar, plan_.components, info_.volumeSize());
  if (!values) return values.error();
  auto volume = std::make_shared<Volume>(info_, std::move(*values));
  if (options.onStarted) options.onStarted(volume);

  const std::size_t sliceBytes = volume->values().sliceBytes();
  const std::span<std::byte> all = volume->mutableValues().mutableBytes();
  std::mutex mutex;
  std::vector<int> failed;            // guarded by mutex
  std::optional<Error> firstError;    // guarded by mutex
  std::vector<std::string> warnings;  // guarded by mutex
  std::int64_t done = 0;              // guarded by mutex
  TileReader reader;
  const auto readOne = [&](std::size_t n) {
    const int k = order[n];
    const FrameRef& ref = slices[std::size_t(k)];
    const Status read = reader.read(ref, plan_, all.subspan(std::size_t(k) * sliceBytes, sliceBytes));
    if (read) {
      if (auto graphics = graphicsOf(ref); !graphics.empty()) volume->setGraphics(k, std::move(graphics));
      volume->setLoaded(k);
      if (options.onSlice) options.onSlice(k);
    }
    const std::lock_guard lock(mutex);
    if (!read) {
      failed.push_back(k);
      warnings.push_back("cannot read slice " + nameOfSlice(ref) + ": " + read.error().message);
      if (!firstError) firstError = read.error();
    }
    if (options.progress) options.progress(++done, count, "Loading slices");
  };
  // The slice to be shown is there before any other is begun, however the threads are scheduled.
  if (!stop.stop_requested()) readOne(0);
  runtime::parallelFor(
      order.size() - 1, [&](std::size_t n) { readOne(n + 1); }, stop);
  if (stop.stop_requested()) return Error{ErrorCode::Cancelled, "loading was stopped", "", ""};
  if (failed.size() == order.size()) return *firstError;
  if (!failed.empty()) {
    const double value = fillValue(*volume, failed);
    for (const int k : failed) {
      fillSlice(*volume, k, value);
      volume->setLoaded(k);
      if (options.onSlice) options.onSlice(k);
    }
    std::sort(warnings.begin(), warnings.end());
    warnings.back() += "; the other " + std::to_string(order.size() - failed.size()) + " slices were loaded";
  }
  return LoadedVolume{volume, std::move(warnings)};
}

}  // namespace

std::unique_ptr<VolumeSource> volumeOver(SliceStack stack) { return std::make_unique<StackVolume>(std::move(stack)); }

}  // namespace fiducial::media::dicom
