// DICOM segmentations (SEG) into a project as one edit: each segment a segmentation of its volume, on cines and
// pictures a mask a frame.
#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "dicom/dicom_formats.h"
#include "dicom/label_object.h"
#include "dicom/segment_voxels.h"
#include "dicom/segmentation_object.h"
#include "fiducial/media/dicom_runs.h"
#include "fiducial/runtime/thread_pool.h"

namespace fiducial::exchange {
namespace {

class SegObject final : public LabelObject {
 public:
  Status read(std::shared_ptr<const media::DicomDataset> dataset) override {
    auto object = SegmentationObject::read(dataset);
    if (!object) return object.error();
    auto reader = media::DicomRunReader::open(*dataset);
    if (!reader) return reader.error();
    object_.emplace(std::move(*object));
    reader_.emplace(std::move(*reader));
    return {};
  }
  std::optional<References> references() const override { return object_->references(); }
  Result<MediumInfo> describePictures() const override {
    return object_->describePictures({reader_->columns(), reader_->rows()});
  }

  Status take(const LabelImport& import) override {
    const int frames = reader_->frames();
    for (int first = 0; first < frames; first += framesAtOnce()) {
      if (import.stop.stop_requested()) return Error{ErrorCode::Cancelled, "stopped", {}, {}};
      if (import.options.progress) import.options.progress(first, frames, "reading segments");
      // What claims millions of frames and has the bytes of a few is not asked for each of them.
      if (failedInARow_ > 100) {
        import.collector.leaveOut("frame", lastFailure_, frames - first);
        break;
      }
      takeFrames(first, std::min(frames - first, framesAtOnce()), import);
    }
    give(import.collector);
    return {};
  }

 private:
  using Runs = Result<std::vector<media::SampleRun>>;

  [[nodiscard]] int framesAtOnce() const {
    constexpr std::int64_t kMostPixels = 1 << 24, kMostFrames = 64;
    return int(std::clamp<std::int64_t>(kMostPixels / frameSize().pixels(), 1, kMostFrames));
  }
  [[nodiscard]] ImageSize frameSize() const { return {reader_->columns(), reader_->rows()}; }
  [[nodiscard]] bool isDescribed(std::optional<std::uint32_t> segment) const {
    return object_->type() == SegmentationType::LabelMap || (segment && object_->segments().contains(*segment));
  }

  /// Unpacked on all cores, placed in order.
  void takeFrames(int first, int count, const LabelImport& import) {
    std::vector<std::optional<Runs>> unpacked{std::size_t(count)};
    runtime::parallelFor(
        unpacked.size(),
        [&](std::size_t n) {
          const int frame = first + int(n);
          if (isDescribed(object_->segmentOf(frame))) unpacked[n] = reader_->runs(frame);
        },
        import.stop);
    if (import.stop.stop_requested()) return;
    for (int n = 0; n < count; ++n) takeFrame(first + n, unpacked[std::size_t(n)], import);
  }

  void takeFrame(int frame, const std::optional<Runs>& runs, const LabelImport& import) {
    LabelCollector& collector = import.collector;
    if (!runs) return collector.leaveOut("frame", "their segment is not described in the file");
    if (!*runs) {
      ++failedInARow_;
      lastFailure_ = runs->error().message;
      return collector.leaveOut("frame", lastFailure_);
    }
    failedInARow_ = 0;
    if ((*runs)->empty()) return;
    const Placing placing = placeFrame(object_->frameSource(frame, frameSize(), import.media), import.media);
    if (!placing.note.empty()) collector.note(placing.note);
    if (!placing.at) return collector.leaveOut("frame", placing.problem);
    const auto segment = object_->segmentOf(frame);
    for (const media::SampleRun& run : **runs) takeRun(segment, *placing.at, run, collector);
  }

  void takeRun(std::optional<std::uint32_t> segment, const FramePlacing& at, const media::SampleRun& run,
               LabelCollector& collector) {
    std::uint32_t number = segment.value_or(run.value);
    if (object_->type() == SegmentationType::Fractional && run.value * 2 < object_->largestFraction()) return;
    if (object_->type() == SegmentationType::LabelMap) {
      if (run.value == object_->padding()) return;
      if (!object_->segments().contains(run.value)) {
        return collector.leaveOut("pixel", "their segment is not described in the file", run.end - run.first);
      }
      number = run.value;
    }
    const std::int64_t outside = voxels_.add(number, at, run);
    if (outside > 0) collector.leaveOut("pixel", "they are outside the pictures", outside);
  }

  void give(LabelCollector& collector) {
    const bool isFractional = object_->type() == SegmentationType::Fractional;
    if (isFractional) {
      collector.note("the segmentation is fractional: voxels of at least one half of " +
                     std::to_string(object_->largestFraction()) + " are taken (attribute threshold)");
    }
    voxels_.give(collector, [&](std::uint32_t number) {
      const SegmentDescription& segment = object_->segments().at(number);
      Attributes attributes = segment.attributes;
      if (isFractional) attributes["threshold"] = 0.5;
      return std::pair(collector.classFor(segment.labelClass), std::move(attributes));
    });
  }

  std::optional<SegmentationObject> object_;
  std::optional<media::DicomRunReader> reader_;
  SegmentVoxels voxels_;
  int failedInARow_ = 0;
  std::string lastFailure_;
};

}  // namespace

std::unique_ptr<Importer> dicomSegImporter() { return labelImporter<SegObject>("SEG"); }

}  // namespace fiducial::exchange
