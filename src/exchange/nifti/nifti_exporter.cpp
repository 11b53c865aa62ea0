// Writes <medium>_<id>/image.nii.gz, labels.nii.gz (labels_1... where segments overlap) and labels.json for each
// labelled volume. A class has the same value in every volume of a project: its rank among all the project's classes.
#include <algorithm>
#include <bit>
#include <cstring>
#include <optional>

#include "dataset_folder.h"
#include "fiducial/exchange/output_volume.h"
#include "fiducial/exchange/project_media.h"
#include "fiducial/media/write_image.h"
#include "fiducial/runtime/atomic_file.h"
#include "fiducial/runtime/buffer_allocator.h"
#include "json_writer.h"
#include "left_out.h"
#include "manifest.h"
#include "nifti/nifti_format.h"
#include "nifti/segment_layers.h"
#include "selection.h"
#include "splits.h"

namespace fiducial::exchange {
namespace {

namespace fs = std::filesystem;

Error cancelled() { return {ErrorCode::Cancelled, "stopped", {}, {}}; }

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
    auto selection = Selection::read(project_, options_);
    if (!selection) return selection.error();
    selection_ = std::move(*selection);
    auto splits = makeSplits(*selection_);
    if (!splits) return splits.error();
    splits_ = std::move(*splits);
    foldersOf_.resize(splits_.names.size());
    auto folder = DatasetFolder::create(options_.out);
    if (!folder) return folder.error();
    for (const auto& medium : selection_->media()) {
      if (stop_.stop_requested()) return cancelled();
      if (auto status = writeMedium(*folder, medium); !status) return status.error();
    }
    if (options_.strict) {
      if (auto status = leftOut_.asError(); !status) return status.error();
    }
    if (auto status = writeSplits(*folder); !status) return status.error();
    if (auto status = folder->commit(manifestJson("nifti", project_, options_)); !status) return status.error();
    for (std::string& text : leftOut_.warnings()) report_.warnings.push_back(std::move(text));
    report_.skipped = leftOut_.count();
    return std::move(report_);
  }

 private:
  Status writeMedium(DatasetFolder& folder, const Stored<Medium>& medium) {
    const auto split = splits_.indexOf.find(MediumId{medium.id});
    if (split == splits_.indexOf.end()) {
      leftOut_.add("medium", "the split file does not name them");
      return {};
    }
    if (auto status = countShapes(MediumId{medium.id}); !status) return status;
    if (medium.value.info.kind != MediumKind::Volume) return {};
    auto segments = readSegments(medium);
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
    report_.files.push_back(options_.out / name / "labels.json");
    report_.labels += static_cast<std::int64_t>((*segments)->records.size());
    report_.frames += 1;
    return {};
  }

  Status countShapes(MediumId medium) {
    const Format& format = *findFormat("nifti");
    project::LabelQuery query;
    query.medium = medium;
    auto annotations = project_.annotations(query);
    if (!annotations) return annotations.error();
    for (const auto& annotation : *annotations) {
      if (selection_->takesClass(annotation.value.labelClass)) {
        leftOut_.add(kindName(annotation.value.shape), notHeldBy(format));
      }
    }
    return countUnheld(project_, *selection_, medium, format, leftOut_);
  }

  // None where the options do not take this volume.
  Result<std::optional<Segments>> readSegments(const Stored<Medium>& medium) {
    auto done = selection_->doneFrames(MediumId{medium.id});
    if (!done) return done.error();
    project::LabelQuery query;
    query.medium = MediumId{medium.id};
    auto records = project_.segmentations(query);
    if (!records) return records.error();
    Segments segments;
    for (auto& record : *records) {
      if (!selection_->takesClass(record.value.labelClass)) continue;
      if (!selection_->takesStatus(*done, std::nullopt, record.reading)) continue;
      SegmentOverTime voxels;
      for (int time = 0; time < std::max(1, medium.value.info.times); ++time) {
        auto one = project_.voxels(SegmentationId{record.id}, time);
        if (!one) return one.error();
        voxels.push_back(std::move(*one));
      }
      segments.records.push_back(std::move(record));
      segments.voxels.push_back(std::move(voxels));
    }
    const bool isLabelled = !segments.records.empty() || done->all;
    const bool taken =
        options_.frames == FrameChoice::All || (options_.frames == FrameChoice::Done ? done->all : isLabelled);
    if (!taken) return std::optional<Segments>();
    segments.layers = layersOf(segments.voxels);
    return std::optional<Segments>(std::move(segments));
  }

  Status writeImage(const fs::path& place, const Stored<Medium>& medium) {
    if (options_.frames == FrameChoice::None) return {};
    if (medium.value.missing) {
      report_.warnings.push_back("no image of \"" + medium.value.name + "\": the medium has not been located yet");
      return {};
    }
    auto location = locationOf(project_, medium.value);
    auto volume =
        location ? readOutputVolume(*location, stop_, options_.progress) : Result<OutputVolume>(location.error());
    if (!volume) {
      if (stop_.stop_requested()) return cancelled();
      leftOut_.add("image", volume.error().text());
      return {};
    }
    for (const std::string& warning : volume->warnings) report_.warnings.push_back(medium.value.name + ": " + warning);

    return writeOutputVolume(place / "image.nii.gz", *volume);
  }

  [[nodiscard]] std::size_t valueOf(ClassId id) const {
    const auto& classes = selection_->classes();
    const auto found = std::find_if(classes.begin(), classes.end(), [&](const auto& one) { return one.id == raw(id); });
    return static_cast<std::size_t>(found - classes.begin()) + 1;
  }

  Status writeLabels(const fs::path& place, const Stored<Medium>& medium, const Segments& segments) {
    for (std::size_t layer = 0; layer < segments.layerCount(); ++layer) {
      const fs::path path = place / fileName(segments, layer);
      const Status status = selection_->classes().size() <= 255
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
    for (const auto& labelClass : selection_->classes()) {
      if (!selection_->takesClass(ClassId{labelClass.id})) continue;
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
    const LabelClass* labelClass = selection_->findClass(segment.value.labelClass);
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
    for (std::size_t i = 0; i < splits_.names.size(); ++i) {
      if (i > 0) out += ",\n";
      appendKey(out, splits_.names[i]);
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
  std::optional<Selection> selection_;
  Splits splits_;
  std::vector<std::vector<std::string>> foldersOf_;  // of each split
  LeftOut leftOut_;
  ExportReport report_;
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
