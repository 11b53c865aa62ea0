#include <cmath>
#include <mutex>

#include "dicom_sources.h"
#include "fiducial/runtime/buffer_allocator.h"
#include "frame_decoder.h"
#include "mosaic.h"
#include "overlays.h"
#include "presentations_beside.h"

namespace fiducial::media::dicom {
namespace {

/// Frames of a cine, image or volume, each decoded when it is asked for. Nothing is kept but the picture that the last
/// tile was cut from: FrameServer has the cache.
class StackFrames final : public FrameSource {
 public:
  explicit StackFrames(SliceStack stack) : stack_(std::move(stack)), info_(describe(stack_, plan_)) {
    addTimes();
    info_.extras.presentations = presentationsBeside(stack_, info_);
  }
  const MediumInfo& info() const override { return info_; }
  int frameCount() const override { return info_.frames; }
  Timestamp pts(int n) const override {
    return n >= 0 && std::size_t(n) < times_.size() ? times_[std::size_t(n)] : Timestamp{n};
  }
  bool isCached(int) const override { return !stack_.frames.front().file->header().pixels.encapsulated; }
  Result<std::shared_ptr<const Frame>> frame(int n, std::stop_token stop, FrameOptions options) override;

 private:
  void addTimes();

  SliceStack stack_;
  ValuePlan plan_;
  MediumInfo info_;
  std::vector<Timestamp> times_;  // microseconds (info_.timeBase); empty where there is no time
  TileReader reader_;
  std::mutex mutex_;
};

void StackFrames::addTimes() {
  if (info_.kind != MediumKind::Cine) return;
  const std::vector<double>& steps = stack_.frames.front().file->header().frameTimesMs;
  double at = 0;
  for (int n = 0; n < info_.frames; ++n) {
    if (n > 0) at += std::size_t(n) < steps.size() ? steps[std::size_t(n)] : 1000.0 / info_.frameRate;
    times_.push_back(Timestamp(std::llround(at * 1000)));
  }
}

Result<std::shared_ptr<const Frame>> StackFrames::frame(int n, std::stop_token stop, FrameOptions) {
  if (n < 0 || n >= info_.frames) {
    return Error{ErrorCode::OutOfRange,
                 "there is no frame " + std::to_string(n) + "; it has " + std::to_string(info_.frames), "", ""};
  }
  if (stop.stop_requested()) return Error{ErrorCode::Cancelled, "it was stopped", "", ""};
  const std::lock_guard lock(mutex_);
  const FrameRef& ref = stack_.frames[std::size_t(n)];
  if (const std::string missing = ref.file->truncation(ref.frame); !missing.empty()) {
    return Error{ErrorCode::Damaged, missing, ref.file->path().string(), "copy the file again from its source"};
  }
  if (ref.file->header().pixels.encapsulated) {  // before anything of the claimed size is allocated
    auto stream = ref.file->readEncapsulated(ref.frame);
    if (!stream) return stream.error();
    if (auto checked = checkStream(ref.file->header(), *stream); !checked) {
      Error error = checked.error();
      error.path = ref.file->path().string();
      return error;
    }
  }
  auto pixels = runtime::allocateScalars(plan_.scalar, plan_.components, {info_.columns, info_.rows, 1});
  if (!pixels) return pixels.error();
  if (auto read = reader_.read(ref, plan_, pixels->mutableBytes()); !read) return read.error();
  auto frame = std::make_shared<Frame>();
  frame->index = n;
  frame->pts = pts(n);
  frame->pixels = std::move(*pixels);
  frame->graphics = graphicsOf(ref);
  return std::shared_ptr<const Frame>(std::move(frame));
}

}  // namespace

std::unique_ptr<FrameSource> framesOver(SliceStack stack) { return std::make_unique<StackFrames>(std::move(stack)); }

}  // namespace fiducial::media::dicom
