#include "frames_as_volume.h"

#include <cstring>
#include <utility>

#include "bounded_values.h"
#include "slice_order.h"

namespace fiducial::media {
namespace {

class FramesAsVolume final : public VolumeSource {
 public:
  explicit FramesAsVolume(std::unique_ptr<FrameSource> frames) : frames_(std::move(frames)), info_(frames_->info()) {}
  const MediumInfo& info() const override { return info_; }
  Result<LoadedVolume> load(const LoadOptions& options, std::stop_token stop) override;

 private:
  std::unique_ptr<FrameSource> frames_;
  MediumInfo info_;
};

bool copyFrame(const ScalarBuffer& from, ScalarBuffer& into, int k) {
  if (from.type() != into.type() || from.imageSize() != into.imageSize()) return false;
  const std::span<std::byte> slice = into.mutableBytes().subspan(into.sliceBytes() * std::size_t(k), into.sliceBytes());
  if (from.components() == into.components()) {
    std::memcpy(slice.data(), from.bytes().data(), slice.size());
    return true;
  }
  if (from.components() != 4 || into.components() != 3) return false;
  const std::size_t sample = sizeOf(from.type());
  const std::byte* source = from.bytes().data();  // RGBX to RGB
  for (std::size_t at = 0; at < slice.size(); at += 3 * sample, source += 4 * sample) {
    std::memcpy(slice.data() + at, source, 3 * sample);
  }
  return true;
}

Result<LoadedVolume> FramesAsVolume::load(const LoadOptions& options, std::stop_token stop) {
  const int count = frames_->frameCount();
  std::vector<int> order = slicesOutwards(count, options.firstSlice);
  if (order.empty()) return Error{ErrorCode::Damaged, "there is no frame in it", "", ""};
  if (info_.kind == MediumKind::Video) std::sort(order.begin(), order.end());  // decoding is sequential
  auto first = frames_->frame(order.front(), stop);
  if (!first) return first.error();
  const ScalarBuffer& sample = (*first)->pixels;
  const int components = sample.components() == 4 ? 3 : sample.components();
  auto values = allocateVolume(sample.type(), components, {sample.size().columns, sample.size().rows, count});
  if (!values) return values.error();
  MediumInfo info = info_;
  info.components = components;
  info.scalar = sample.type();
  auto volume = std::make_shared<Volume>(info, std::move(*values));
  if (options.onStarted) options.onStarted(volume);
  LoadedVolume loaded{volume, {}};
  for (std::size_t n = 0; n < order.size(); ++n) {
    if (stop.stop_requested()) return Error{ErrorCode::Cancelled, "loading was stopped", "", ""};
    const int k = order[n];
    auto frame = n == 0 ? std::move(first) : frames_->frame(k, stop);
    if (!frame || !copyFrame((*frame)->pixels, volume->mutableValues(), k)) {
      const std::size_t bytes = volume->values().sliceBytes();
      std::memset(volume->mutableValues().mutableBytes().data() + bytes * std::size_t(k), 0, bytes);
      loaded.warnings.push_back("frame " + std::to_string(k) +
                                " cannot be read: " + (frame ? "its size differs" : frame.error().message));
    }
    volume->setLoaded(k);
    if (options.onSlice) options.onSlice(k);
    if (options.progress) options.progress(std::int64_t(n + 1), count, "Loading frames");
  }
  return loaded;
}

}  // namespace

Result<std::unique_ptr<VolumeSource>> framesAsVolume(std::unique_ptr<FrameSource> frames) {
  return std::unique_ptr<VolumeSource>(std::make_unique<FramesAsVolume>(std::move(frames)));
}

}  // namespace fiducial::media
