// DICOM segmentations (SEG) into a project as one edit: each segment a segmentation of its volume, on cines and
// pictures a mask a frame.
#include <algorithm>

#include "dicom/dicom_formats.h"
#include "dicom/segment_voxels.h"
#include "dicom/segmentation_object.h"

namespace fiducial::exchange {
namespace {

class SegImport {
 public:
  SegImport(const ImportOptions& options, std::stop_token stop) : options_(options), stop_(std::move(stop)) {}

  Result<ImportReport> run(project::Project& project) {
    auto dataset = media::DicomDataset::open(options_.path);
    if (!dataset) return dataset.error();
    auto object = SegmentationObject::read(*dataset);
    if (!object) return object.error();
    auto reader = media::DicomRunReader::open(**dataset);
    if (!reader) return reader.error();
    auto collector = LabelCollector::read(project, options_);
    if (!collector) return collector.error();
    auto media = ReferencedMedia::read(project, options_);
    if (!media) return media.error();
    if (auto matched = media->match(object->references(), collector->nextId(), stop_); !matched) return matched.error();
    if (!(*dataset)->damage().empty()) collector->leaveOut("rest of the file", (*dataset)->damage());
    for (int frame = 0; frame < reader->frames(); ++frame) {
      if (stop_.stop_requested()) return Error{ErrorCode::Cancelled, "stopped", {}, {}};
      if (options_.progress && frame % 64 == 0) options_.progress(frame, reader->frames(), "reading segments");
      // What claims millions of frames and has the bytes of a few is not asked for each of them.
      if (failedInARow_ > 100) {
        collector->leaveOut("frame", lastFailure_, reader->frames() - frame);
        break;
      }
      takeFrame(frame, *object, *reader, *media, *collector);
    }
    give(*object, *collector);
    return collector->apply(project, *media, "Import SEG " + options_.path.filename().string(), stop_);
  }

 private:
  void takeFrame(int frame, const SegmentationObject& object, const media::DicomRunReader& reader,
                 const ReferencedMedia& media, LabelCollector& collector) {
    const auto segment = object.segmentOf(frame);
    if (object.type() != SegmentationType::LabelMap && (!segment || !object.segments().contains(*segment))) {
      return collector.leaveOut("frame", "their segment is not described in the file");
    }
    auto runs = reader.runs(frame);
    if (!runs) {
      ++failedInARow_;
      lastFailure_ = runs.error().message;
      return collector.leaveOut("frame", lastFailure_);
    }
    failedInARow_ = 0;
    if (runs->empty()) return;
    const Placing placing = placeFrame(object.frameSource(frame, {reader.columns(), reader.rows()}, media), media);
    if (!placing.note.empty()) collector.note(placing.note);
    if (!placing.at) return collector.leaveOut("frame", placing.problem);
    for (const media::SampleRun& run : *runs) takeRun(object, segment, *placing.at, run, collector);
  }

  void takeRun(const SegmentationObject& object, std::optional<std::uint32_t> segment, const FramePlacing& at,
               const media::SampleRun& run, LabelCollector& collector) {
    std::uint32_t number = segment.value_or(run.value);
    if (object.type() == SegmentationType::Fractional && run.value * 2 < object.largestFraction()) return;
    if (object.type() == SegmentationType::LabelMap) {
      if (run.value == object.padding()) return;
      if (!object.segments().contains(run.value)) {
        return collector.leaveOut("pixel", "their segment is not described in the file", run.end - run.first);
      }
      number = run.value;
    }
    const std::int64_t outside = voxels_.add(number, at, run);
    if (outside > 0) collector.leaveOut("pixel", "they are outside the pictures", outside);
  }

  void give(const SegmentationObject& object, LabelCollector& collector) {
    const bool isFractional = object.type() == SegmentationType::Fractional;
    if (isFractional) {
      collector.note("the segmentation is fractional: voxels of at least one half of " +
                     std::to_string(object.largestFraction()) + " are taken (attribute threshold)");
    }
    voxels_.give(collector, [&](std::uint32_t number) {
      const SegmentDescription& segment = object.segments().at(number);
      Attributes attributes = segment.attributes;
      if (isFractional) attributes["threshold"] = 0.5;
      return std::pair(collector.classFor(segment.labelClass), std::move(attributes));
    });
  }

  const ImportOptions& options_;
  std::stop_token stop_;
  SegmentVoxels voxels_;
  int failedInARow_ = 0;
  std::string lastFailure_;
};

class SegImporter final : public Importer {
 public:
  Result<ImportReport> read(project::Project& project, const ImportOptions& options, std::stop_token stop) override {
    return SegImport(options, std::move(stop)).run(project);
  }
};

}  // namespace

std::unique_ptr<Importer> dicomSegImporter() { return std::make_unique<SegImporter>(); }

}  // namespace fiducial::exchange
