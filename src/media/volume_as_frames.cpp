#include "volume_as_frames.h"

#include <mutex>
#include <utility>

namespace fiducial::media {
namespace {

class VolumeAsFrames final : public FrameSource {
 public:
  explicit VolumeAsFrames(std::unique_ptr<VolumeSource> source) : source_(std::move(source)), info_(source_->info()) {}
  const MediumInfo& info() const override { return info_; }
  int frameCount() const override { return info_.frames; }
  Timestamp pts(int n) const override { return n; }
  Result<std::shared_ptr<const Frame>> frame(int n, std::stop_token stop, FrameOptions) override;

 private:
  std::unique_ptr<VolumeSource> source_;
  MediumInfo info_;
  std::mutex mutex_;
  std::shared_ptr<const Volume> volume_;  // guarded by mutex_
};

Result<std::shared_ptr<const Frame>> VolumeAsFrames::frame(int n, std::stop_token stop, FrameOptions) {
  if (n < 0 || n >= info_.frames) {
    return Error{ErrorCode::OutOfRange,
                 "there is no slice " + std::to_string(n) + "; it has " + std::to_string(info_.frames), "", ""};
  }
  const std::lock_guard lock(mutex_);
  if (!volume_) {
    LoadOptions options;
    options.firstSlice = n;
    auto loaded = source_->load(options, stop);
    if (!loaded) return loaded.error();
    volume_ = loaded->volume;
  }
  auto frame = std::make_shared<Frame>();
  frame->index = n;
  frame->pts = n;
  frame->pixels = volume_->values().slice(n);
  return std::shared_ptr<const Frame>(std::move(frame));
}

}  // namespace

Result<std::unique_ptr<FrameSource>> volumeAsFrames(std::unique_ptr<VolumeSource> volume) {
  return std::unique_ptr<FrameSource>(std::make_unique<VolumeAsFrames>(std::move(volume)));
}

}  // namespace fiducial::media
