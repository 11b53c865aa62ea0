// Writes <medium>_<id>/image.nii.gz, labels.nii.gz (labels_1... where segments overlap) and labels.json for each
// labelled volume. A class has the same value in every volume of a project: its rank among all the project's classes.
#include <algorithm>
#include <bit>
#include <cstring>
#include <optional>

#include "dataset_export.h"
#include "fiducial/core/json_text.h"
#include "fiducial/exchange/output_volume.h"
#include "fiducial/exchange/project_media.h"
#include "fiducial/media/write_image.h"
#include "fiducial/runtime/atomic_file.h"
#include "fiducial/runtime/buffer_allocator.h"
#include "nifti/nifti_format.h"
#include "nifti/segment_layers.h"

namespace fiducial::exchange {
namespace {

namespace fs = std::filesystem;

// The segments of one volume that are exported.
struct Segments {
  std::vector<Stored<Segmentation>> records;
  std::vector<SegmentOverTime> voxels;
  std::vector<std::size_t> layers;
  [[nodiscard]] std::size_t layerCount() const {
    return layers.empty() ? 1 : *std::max_element(layers.begin(), layers.end()) + 1;
  }
};

template <class T>
void fillBrick(std::span<T> plane, VolumeSize size, BrickIndex index, const Brick& brick, T value) {
  for (int k = 0; k < kBrickSizeVoxels; ++k) {
    for (int j = 0; j < kBrickSizeVoxels; ++j) {
      std::uint32_t row = brick.rows[static_cast<std::size_t>(j + kBrickSizeVoxels * k)];
      if (row == 0) continue;
      const std::int64_t start =
          (std::int64_t{index.bk * kBrickSizeVoxels + k} * size.rows + index.bj * kBrickSizeVoxels + j) * size.columns +
          index.bi * kBrickSizeVoxels;
      for (; row != 0; row &= row - 1) plane[static_cast<std::size_t>(start + std::countr_zero(row))] = value;
    }
  }
}

class NiftiExport {
 public:
  NiftiExport(const project::Project& project, const ExportOptions& options, std::stop_token stop)
      : project_(project), options_(options), stop_(std::move(stop)) {}

  Result<ExportReport> run() {
    auto common = DatasetExport::begin(project_, options_);
    if (!common) return common.error();
    common_.emplace(std::move(*common));
    foldersOf_.resize(common_->splits.names.size());
    std::int64_t n = 0;
    const auto& media = common_->selection.media();
    for (const auto& medium : media) {
      if (stop_.stop_requested()) return exportCancelled();
      if (options_.progress) options_.progress(n++, static_cast<std::int64_t>(media.size()), medium.value.name);
      if (auto status = writeMedium(medium); !status) return status.error();
    }
    if (auto status = writeSplits(common_->folder); !status) return status.error();
    return common_->finish(project_, "nifti", stop_);
  }

 private:
  Status writeMedium(const Stored<Medium>& medium) {
    DatasetFolder& folder = common_->folder;
    const auto split = common_->splits.indexOf.find(MediumId{medium.id});
    if (split == common_->splits.indexOf.end()) {
      common_->leftOut.add("medium", "the split file does not name them", {medium.value.name});
      return {};
    }
    auto done = common_->selection.doneFrames(MediumId{medium.id});
    if (!done) return done.error();
    if (auto status = countShapes(medium, *done); !status) return status;
    if (medium.value.info.kind != MediumKind::Volume) return {};
    auto segments = readSegments(medium, *done);
    if (!segments) return segments.error();
    if (!*segments) return {};
    const std::string name = folderName(medium.value.name) + '_' + std::to_string(medium.id);
    if (auto status = folder.makeFolder(name); !status) return status;
    foldersOf_[split->second].push_back(name);
    const fs::path place = folder.path() / name;

    if (auto status = writeImage(place, medium); !status) return status;
    if (auto status = writeLabels(place, medium, **segments); !status) return status;
    const std::string json = labelsJson(medium, **segments);
    if (auto status = runtime::writeFile(place / "labels.json", json); !status) return status;
    common_->report.files.push_back(options_.out / name / "labels.json");
    common_->report.labels += static_cast<std::int64_t>((*segments)->records.size());
    common_->report.frames += 1;
    return {};
  }

  Status countShapes(const Stored<Medium>& medium, const DoneFrames& done) {
    const Format& format = *findFormat("nifti");
    project::LabelQuery query;
    query.medium = MediumId{medium.id};
    auto annotations = project_.annotations(query);
    if (!annotations) return annotations.error();
    for (const auto& annotation : *annotations) {
      const Annotation& value = annotation.value;
      if (!common_->selection.takesClass(value.labelClass)) continue;
      if (!common_->selection.takes(done, value.frame, annotation.reading)) continue;
      common_->leftOut.add(kindName(value.shape), notHeldBy(format), {medium.value.name, value.frame});
    }
    return countUnheld(project_, common_->selection, medium, done, format, common_->leftOut);
  }

  // None where the options do not take this volume.
  Result<std::optional<Segments>> readSegments(const Stored<Medium>& medium, const DoneFrames& done) {
    project::LabelQuery query;
    query.medium = MediumId{medium.id};
    auto records = project_.segmentations(query);
    if (!records) return records.error();
    Segments segments;
    for (auto& record : *records) {
      if (!common_->selection.takesClass(record.value.labelClass)) continue;
      if (!common_->selection.takes(done, std::nullopt, record.reading)) continue;
      SegmentOverTime voxels;
      for (int time = 0; time < std::max(1, medium.value.info.times); ++time) {
        auto one = project_.voxels(SegmentationId{record.id}, time);
        if (!one) return one.error();
        voxels.push_back(std::move(*one));
      }
      segments.records.push_back(std::move(record));
      segments.voxels.push_back(std::move(voxels));
    }
    const bool isLabelled = !segments.records.empty() || done.all;
    const bool taken =
        options_.frames == FrameChoice::All || (options_.frames == FrameChoice::Done ? done.all : isLabelled);
    if (!taken) return std::optional<Segments>();
    segments.layers = layersOf(segments.voxels);
    return std::optional<Segments>(std::move(segments));
  }

  Status writeImage(const fs::path& place, const Stored<Medium>& medium) {
    if (options_.frames == FrameChoice::None) return {};
    if (medium.value.missing) {
      common_->report.warnings.push_back("no image of \"" + medium.value.name +
                                         "\": the medium has not been located yet");
      return {};
    }
    auto location = locationOf(project_, medium.value);
    auto volume =
        location ? readOutputVolume(*location, stop_, options_.progress) : Result<OutputVolume>(location.error());
    if (!volume) {
      if (stop_.stop_requested()) return exportCancelled();
      common_->leftOut.add("image", volume.error().message, {medium.value.name});
      return {};
    }
    for (const std::string& warning : volume->warnings)
      common_->report.warnings.push_back(medium.value.name + ": " + warning);

    return writeOutputVolume(place / "image.nii.gz", *volume);
  }

  [[nodiscard]] std::size_t valueOf(ClassId id) const {
    const auto& classes = common_->selection.classes();
    const auto found = std::find_if(classes.begin(), classes.end(), [&](const auto& one) { return one.id == raw(id); });
    return static_cast<std::size_t>(found - classes.begin()) + 1;
  }

  Status writeLabels(const fs::path& place, const Stored<Medium>& medium, const Segments& segments) {
    for (std::size_t layer = 0; layer < segments.layerCount(); ++layer) {
      const fs::path path = place / fileName(segments, layer);
      const Status status = common_->selection.classes().size() <= 255
                                ? writeLayer<std::uint8_t>(path, medium, segments, layer)
                                : writeLayer<std::uint16_t>(path, medium, segments, layer);
      if (!status) return status;
    }
    return {};
  }

  static std::string fileName(const Segments& segments, std::size_t layer) {
    return segments.layerCount() == 1 ? "labels.nii.gz" : "labels_" + std::to_string(layer + 1) + ".nii.gz";
  }

  template <class T>
  Status writeLayer(const fs::path& path, const Stored<Medium>& medium, const Segments& segments, std::size_t layer) {
    const MediumInfo& info = medium.value.info;
    const int times = std::max(1, info.times);
    const VolumeSize size = info.volumeSize();
    auto buffer = runtime::allocateScalars(scalarTypeOf<T>(), 1, {size.columns, size.rows, size.slices * times});
    if (!buffer) return buffer.error();
    const auto values = buffer->template mutableValues<T>();
    std::memset(values.data(), 0, values.size_bytes());
    const auto planeSize = static_cast<std::size_t>(size.voxels());
    for (std::size_t i = 0; i < segments.records.size(); ++i) {
      if (segments.layers[i] != layer) continue;
      const auto value = static_cast<T>(valueOf(segments.records[i].value.labelClass));
      for (std::size_t time = 0; time < segments.voxels[i].size(); ++time) {
        const auto plane = values.subspan(time * planeSize, planeSize);
        for (const auto& [index, brick] : segments.voxels[i][time].bricks())
          fillBrick(plane, size, index, *brick, value);
      }
    }
    media::VolumeFileOptions file;
    file.hasGeometry = info.hasGeometry;
    file.times = times;
    file.frameSeconds = times > 1 && info.frameRate > 0 ? 1 / info.frameRate : 0;
    file.isLabelMap = true;
    return media::writeVolume(path, *buffer, info.affine, file);
  }

  [[nodiscard]] std::string labelsJson(const Stored<Medium>& medium, const Segments& segments) const {
    std::string out = "{\"medium\":{\"uid\":";
    appendString(out, medium.uid);
    out += ",\"name\":";
    appendString(out, medium.value.name);
    out += ",\"hash\":";
    appendString(out, medium.value.hash);
    out += "},\n\"labels\":{";
    bool first = true;
    for (const auto& labelClass : common_->selection.classes()) {
      if (!common_->selection.takesClass(ClassId{labelClass.id})) continue;
      out += first ? "\n" : ",\n";
      first = false;
      appendKey(out, std::to_string(valueOf(ClassId{labelClass.id})));
      appendClass(out, labelClass.value);
    }
    out += "},\n\"segments\":[";
    for (std::size_t i = 0; i < segments.records.size(); ++i) {
      out += i == 0 ? "\n{\"file\":" : ",\n{\"file\":";
      appendString(out, fileName(segments, segments.layers[i]));
      appendSegment(out, segments.records[i], segments.voxels[i]);
    }
    out += "]}\n";
    return out;
  }

  static void appendClass(std::string& out, const LabelClass& labelClass) {
    out += "{\"class\":";
    appendString(out, labelClass.name);
    out += ",\"color\":";
    appendString(out, labelClass.color);
    if (!labelClass.code.value.empty()) {
      out += ",\"code\":{\"scheme\":";
      appendString(out, labelClass.code.scheme);
      out += ",\"value\":";
      appendString(out, labelClass.code.value);
      out += ",\"meaning\":";
      appendString(out, labelClass.code.meaning);
      out += '}';
    }
    out += '}';
  }

  void appendSegment(std::string& out, const Stored<Segmentation>& segment, const SegmentOverTime& voxels) const {
    const LabelClass* labelClass = common_->selection.findClass(segment.value.labelClass);
    std::int64_t count = 0;
    for (const BrickVolume& volume : voxels) count += volume.count();
    out += ",\"value\":" + std::to_string(valueOf(segment.value.labelClass)) + ",\"class\":";
    appendString(out, labelClass == nullptr ? "" : labelClass->name);
    out += ",\"segmentation\":" + std::to_string(segment.id) + ",\"uid\":";
    appendString(out, segment.uid);
    out += ",\"by\":";
    appendString(out, segment.by);
    out += ",\"voxels\":" + std::to_string(count) + '}';
  }

  Status writeSplits(DatasetFolder& folder) {
    if (options_.split.empty() && options_.splitFile.empty()) return {};
    std::string out = "{";
    for (std::size_t i = 0; i < common_->splits.names.size(); ++i) {
      if (i > 0) out += ",\n";
      appendKey(out, common_->splits.names[i]);
      out += '[';
      for (const std::string& name : foldersOf_[i]) {
        if (out.back() != '[') out += ',';
        appendString(out, name);
      }
      out += ']';
    }
    out += "}\n";
    return runtime::writeFile(folder.path() / "splits.json", out);
  }

  const project::Project& project_;
  const ExportOptions& options_;
  std::stop_token stop_;
  std::optional<DatasetExport> common_;
  std::vector<std::vector<std::string>> foldersOf_;  // of each split
};

class NiftiExporter final : public Exporter {
 public:
  Result<ExportReport> write(const project::Project& project, const ExportOptions& options,
                             std::stop_token stop) override {
    return NiftiExport(project, options, std::move(stop)).run();
  }
};

}  // namespace

std::unique_ptr<Exporter> niftiExporter() { return std::make_unique<NiftiExporter>(); }

}  // namespace fiducial::exchange
