#include "dicom_video.h"

#include "slice_stack.h"
#include "video/video_source.h"

namespace fiducial::media::dicom {
namespace {

/// The video's description under the DICOM object's identity.
MediumInfo mergedInfo(const std::shared_ptr<const ImageFile>& file, const MediumInfo& video) {
  SliceStack stack;
  stack.kind = MediumKind::Video;
  stack.frames.push_back({file, 0});
  ValuePlan plan;
  MediumInfo info = describe(stack, plan);
  info.columns = video.columns;
  info.rows = video.rows;
  info.frames = video.frames;
  info.components = video.components;
  info.scalar = video.scalar;
  info.codec = video.codec;
  info.timeBase = video.timeBase;
  info.sampleAspect = video.sampleAspect;
  info.durationSeconds = video.durationSeconds;
  info.frameRate = video.frameRate;
  info.variableRate = video.variableRate;
  info.framesProvisional = video.framesProvisional;
  info.rotation = video.rotation;
  info.lossy = true;
  const int declared = file->header().frames;
  if (declared > 1 && declared != video.frames && !video.framesProvisional) {
    info.warnings.push_back("the header says " + std::to_string(declared) + " frames, the video has " +
                            std::to_string(video.frames));
  }
  info.warnings.insert(info.warnings.end(), video.warnings.begin(), video.warnings.end());
  return info;
}

class DicomVideo final : public FrameSource {
 public:
  DicomVideo(std::unique_ptr<FrameSource> video, MediumInfo info) : video_(std::move(video)), info_(std::move(info)) {}
  const MediumInfo& info() const override { return info_; }
  int frameCount() const override { return video_->frameCount(); }
  Result<std::shared_ptr<const Frame>> frame(int n, std::stop_token stop, FrameOptions options) override {
    return video_->frame(n, std::move(stop), options);
  }
  Timestamp pts(int n) const override { return video_->pts(n); }
  int keyframeAtOrBefore(int n) const override { return video_->keyframeAtOrBefore(n); }
  bool isCached(int n) const override { return video_->isCached(n); }
  std::vector<std::byte> serialisedIndex() const override { return video_->serialisedIndex(); }

 private:
  std::unique_ptr<FrameSource> video_;
  MediumInfo info_;
};

}  // namespace

bool isVideo(const ImageFile& file) { return file.header().syntax->codec == PixelCodec::Video; }

Result<std::unique_ptr<FrameSource>> openVideo(const std::shared_ptr<const ImageFile>& file,
                                               std::span<const std::byte> savedIndex, std::stop_token stop,
                                               const runtime::Progress& progress) {
  auto stream = file->readWholeStream();
  if (!stream) return stream.error();
  auto owner = std::make_shared<const std::vector<std::byte>>(std::move(*stream));
  auto video = video::openVideoMemory(*owner, owner, file->path(), savedIndex, std::move(stop), progress);
  if (!video) {
    Error error = video.error();
    if (error.code == ErrorCode::NotMedia) error = {ErrorCode::Damaged, "the video inside cannot be read", "", ""};
    error.path = file->path().string();
    return error;
  }
  MediumInfo info = mergedInfo(file, (*video)->info());
  return std::unique_ptr<FrameSource>(std::make_unique<DicomVideo>(std::move(*video), std::move(info)));
}

}  // namespace fiducial::media::dicom
