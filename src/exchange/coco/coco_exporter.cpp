// Writes annotations/instances_<split>.json and images/<medium>/<frame>.png, medium by medium, so that memory holds the
// labels of one medium at a time.
#include <algorithm>
#include <optional>
#include <set>

#include "coco/coco_annotation.h"
#include "coco/coco_formats.h"
#include "coco/coco_frames.h"
#include "dataset_export.h"
#include "fiducial/core/json_text.h"
#include "fiducial/exchange/project_media.h"
#include "fiducial/exchange/stored_picture.h"
#include "fiducial/runtime/atomic_file.h"
#include "fiducial/runtime/thread_pool.h"
#include "picture_writer.h"

namespace fiducial::exchange {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kWriteBytes = std::size_t{4} << 20;  // text kept before it goes to the file
constexpr std::size_t kLabelsAPiece = 256;                 // formatted by one thread at a time

// One instances_<split>.json while it is written: annotations stream, images are collected for the end.
struct SplitFile {
  runtime::AtomicFile file;
  fs::path name;
  std::string pending;
  std::string images;
  bool isFirst = true;
};

class CocoExport {
 public:
  CocoExport(const project::Project& project, const ExportOptions& options, std::stop_token stop)
      : project_(project), options_(options), stop_(std::move(stop)) {}

  Result<ExportReport> run() {
    auto common = DatasetExport::begin(project_, options_);
    if (!common) return common.error();
    common_.emplace(std::move(*common));
    if (auto status = writeAll(); !status) return status.error();
    for (const SplitFile& split : files_) common_->report.files.push_back(options_.out / split.name);
    if (missing_ > 0) common_->report.warnings.push_back(missingText());
    return common_->finish(project_, "coco", stop_);
  }

 private:
  Status writeAll() {
    if (auto status = open(); !status) return status;
    std::int64_t n = 0;
    const auto& media = common_->selection.media();
    for (const auto& medium : media) {
      if (stop_.stop_requested()) return exportCancelled();
      if (options_.progress) options_.progress(n++, static_cast<std::int64_t>(media.size()), medium.value.name);
      if (auto status = writeMedium(medium); !status) return status;
    }
    for (SplitFile& split : files_) {
      if (auto status = finish(split); !status) return status;
    }
    return {};
  }

  Status open() {
    DatasetFolder& folder = common_->folder;
    if (auto status = folder.makeFolder("annotations"); !status) return status;
    if (auto status = folder.makeFolder("images"); !status) return status;
    const std::string head = headJson();
    for (const std::string& split : common_->splits.names) {
      const fs::path name = fs::path("annotations") / ("instances_" + split + ".json");
      auto file = runtime::AtomicFile::create(folder.path() / name);
      if (!file) return file.error();
      files_.push_back({std::move(*file), name, head, {}, true});
    }
    return {};
  }

  // Everything before the annotations.
  [[nodiscard]] std::string headJson() const {
    std::string out = "{\"info\":{\"description\":";
    appendString(out, project_.path().stem().string());
    out += ",\"version\":\"1.0\",\"contributor\":\"\",\"url\":\"\",\"generator\":\"fiducial " FIDUCIAL_VERSION
           "\"},\"licenses\":[],\n\"categories\":[";
    bool first = true;
    for (const auto& labelClass : common_->selection.classes()) {
      if (!common_->selection.takesClass(ClassId{labelClass.id})) continue;
      out += first ? "\n" : ",\n";
      first = false;
      appendCategory(out, labelClass);
    }
    out += "],\n\"annotations\":[";
    return out;
  }

  void appendCategory(std::string& out, const Stored<LabelClass>& labelClass) const {
    const LabelClass* parent = common_->selection.findClass(labelClass.value.parent);
    out += "{\"id\":";
    appendNumber(out, labelClass.id);
    out += ",\"name\":";
    appendString(out, labelClass.value.name);
    out += ",\"supercategory\":";
    appendString(out, parent == nullptr ? "" : parent->name);
    out += ",\"color\":";
    appendString(out, labelClass.value.color);
    const Code& code = labelClass.value.code;
    if (!code.value.empty()) {
      out += ",\"code\":{\"scheme\":";
      appendString(out, code.scheme);
      out += ",\"value\":";
      appendString(out, code.value);
      out += ",\"meaning\":";
      appendString(out, code.meaning);
      out += '}';
    }
    out += '}';
  }

  Status writeMedium(const Stored<Medium>& medium) {
    const auto split = common_->splits.indexOf.find(MediumId{medium.id});
    if (split == common_->splits.indexOf.end()) {
      common_->leftOut.add("medium", "the split file does not name them", {medium.value.name});
      return {};
    }
    auto labels = MediumLabels::read(project_, common_->selection, medium, common_->leftOut);
    if (!labels) return labels.error();
    const Format& format = *findFormat("coco");
    if (auto status = countUnheld(project_, common_->selection, medium, labels->done(), format, common_->leftOut);
        !status) {
      return status;
    }
    const std::set<int> frames = labels->chosenFrames(options_.frames, medium.value.info.frames);
    if (frames.empty()) return {};
    const std::string name = uniqueFolder(medium);
    auto reader = openPictures(medium, frames);
    const std::int64_t firstImage = nextImage_;
    appendImages(files_[split->second], medium, name, frames, reader ? &*reader : nullptr);
    if (auto status = appendLabels(files_[split->second], *labels, frames, firstImage, medium.value.info.imageSize());
        !status) {
      return status;
    }
    common_->report.frames += static_cast<std::int64_t>(frames.size());
    if (!reader || options_.frames == FrameChoice::None) return {};
    const fs::path folder = fs::path("images") / name;
    if (auto status = common_->folder.makeFolder(folder); !status) return status;
    return writePictures(folder, medium, frames, *reader);
  }

  [[nodiscard]] std::string uniqueFolder(const Stored<Medium>& medium) {
    std::string name = folderName(medium.value.name);
    if (!folders_.insert(name).second) {
      name += '_' + std::to_string(medium.id);
      folders_.insert(name);
    }
    return name;
  }

  // Null where there is nothing to read: pictures are then left out, and said to be.
  std::optional<PictureReader> openPictures(const Stored<Medium>& medium, const std::set<int>& frames) {
    const MediumKind kind = medium.value.info.kind;
    const bool hasTimes = kind == MediumKind::Video || kind == MediumKind::Cine;
    const bool wantsPictures = options_.frames != FrameChoice::None;
    if (!wantsPictures && !hasTimes) return std::nullopt;
    if (medium.value.missing) {
      if (wantsPictures) {
        if (missing_++ == 0) firstMissing_ = medium.value.name;
      }
      return std::nullopt;
    }
    auto location = locationOf(project_, medium.value);
    Result<PictureReader> reader = location ? open(*location, medium) : Result<PictureReader>(location.error());
    if (reader) return std::move(*reader);
    common_->leftOut.add("picture", reader.error().message, {medium.value.name},
                         static_cast<std::int64_t>(frames.size()));
    return std::nullopt;
  }

  [[nodiscard]] std::string missingText() const {
    const std::string others = missing_ > 1 ? " and " + std::to_string(missing_ - 1) + " more" : "";
    return "no pictures of \"" + firstMissing_ + '"' + others + ": not located yet";
  }

  Result<PictureReader> open(const media::MediumLocation& location, const Stored<Medium>& medium) {
    std::vector<std::byte> index;
    if (auto stored = project_.cachedBlob(MediumId{medium.id}, kPacketIndexBlob)) index = std::move(*stored);
    return PictureReader::open(location, index, stop_);
  }

  void appendImages(SplitFile& split, const Stored<Medium>& medium, const std::string& folder,
                    const std::set<int>& frames, const PictureReader* reader) {
    const MediumInfo& info = medium.value.info;
    const bool isTimed = info.kind == MediumKind::Video || info.kind == MediumKind::Cine;
    std::string shared = ",\"width\":" + std::to_string(info.columns) + ",\"height\":" + std::to_string(info.rows);
    shared += ",\"medium_uid\":";
    appendString(shared, medium.uid);
    shared += ",\"medium_name\":";
    appendString(shared, medium.value.name);
    shared += ",\"medium_hash\":";
    appendString(shared, medium.value.hash);
    shared += ",\"medium_kind\":";
    appendString(shared, nameOf(info.kind));
    shared += ",\"medium_frames\":" + std::to_string(info.frames) + ",\"time_base\":[" +
              std::to_string(info.timeBase.num) + ',' + std::to_string(info.timeBase.den) + ']';
    for (const int frame : frames) {
      std::string& out = split.images;
      out += out.empty() ? "\n{\"id\":" : ",\n{\"id\":";
      appendNumber(out, nextImage_++);
      out += ",\"file_name\":";
      appendString(out, folder + '/' + std::to_string(frame) + ".png");
      out += shared;
      out += ",\"frame\":";
      appendNumber(out, std::int64_t{frame});
      out += ",\"pts\":";
      if (reader != nullptr || !isTimed) {
        appendNumber(out, reader == nullptr ? std::int64_t{0} : reader->pts(frame));
      } else {
        out += "null";  // of a video that is not there nobody knows it
      }
      out += '}';
    }
  }

  Status appendLabels(SplitFile& split, const MediumLabels& labels, const std::set<int>& frames,
                      std::int64_t firstImage, ImageSize size) {
    std::vector<std::pair<const FrameLabel*, std::int64_t>> chosen;  // with the image's id
    chosen.reserve(labels.labels().size());
    auto frame = frames.begin();
    std::int64_t image = firstImage;
    for (const FrameLabel& label : labels.labels()) {  // both are in the order of frames
      while (frame != frames.end() && *frame < label.frame) ++frame, ++image;
      if (frame != frames.end() && *frame == label.frame) chosen.emplace_back(&label, image);
    }
    const std::size_t pieces = (chosen.size() + kLabelsAPiece - 1) / kLabelsAPiece;
    std::vector<std::string> texts(pieces);
    const std::int64_t firstId = nextAnnotation_;
    const auto format = [&](std::size_t piece) {
      const std::size_t end = std::min(chosen.size(), (piece + 1) * kLabelsAPiece);
      for (std::size_t i = piece * kLabelsAPiece; i < end; ++i) {
        texts[piece] += ",\n";
        appendLabel(texts[piece], *chosen[i].first, firstId + static_cast<std::int64_t>(i), chosen[i].second, size);
      }
    };
    if (pieces == 1) {
      format(0);
    } else {
      runtime::parallelFor(pieces, format);
    }
    nextAnnotation_ += static_cast<std::int64_t>(chosen.size());
    common_->report.labels += static_cast<std::int64_t>(chosen.size());
    for (std::string& text : texts) {
      split.pending += split.isFirst ? std::string_view(text).substr(1) : std::string_view(text);
      split.isFirst = false;
    }
    return split.pending.size() < kWriteBytes ? Status() : flush(split);
  }

  static void appendLabel(std::string& out, const FrameLabel& label, std::int64_t id, std::int64_t image,
                          ImageSize size) {
    CocoLabel text;
    text.id = id;
    text.imageId = image;
    if (label.annotation != nullptr) {
      const Annotation& annotation = label.annotation->value;
      text.category = annotation.labelClass;
      text.attributes = &annotation.attributes;
      text.note = annotation.note;
      appendCocoAnnotation(out, annotation.shape, text, size);
      return;
    }
    const auto state = stateAt(label.track->keyframes, label.frame);
    if (!state) return;  // cannot be: frames outside the track are not listed
    const auto& keyframes = label.track->keyframes;
    const auto next = std::upper_bound(keyframes.begin(), keyframes.end(), label.frame,
                                       [](int frame, const auto& keyframe) { return frame < keyframe.value.frame; });
    text.category = label.track->track.value.labelClass;
    text.attributes = &label.track->track.value.attributes;
    if (next != keyframes.begin()) text.frameAttributes = &std::prev(next)->value.attributes;
    text.track = TrackId{label.track->track.id};
    text.isKeyframe = state->isKeyframe;
    text.isOccluded = state->occluded;
    appendCocoAnnotation(out, state->shape, text, size);
  }

  static Status flush(SplitFile& split) {
    auto status = split.file.write(split.pending);
    split.pending.clear();
    return status;
  }

  static Status finish(SplitFile& split) {
    split.pending += "],\n\"images\":[" + split.images + "]}\n";
    if (auto status = flush(split); !status) return status;
    return split.file.commit();
  }

  // Decoding is one after the other, compressing on all cores beside it.
  Status writePictures(const fs::path& folder, const Stored<Medium>& medium, const std::set<int>& frames,
                       PictureReader& reader) {
    PictureWriter writer(common_->folder);
    std::int64_t done = 0;
    for (const int frame : frames) {
      if (stop_.stop_requested()) return exportCancelled();
      if (options_.progress) options_.progress(done++, static_cast<std::int64_t>(frames.size()), medium.value.name);
      auto picture = reader.picture(frame, stop_);
      if (picture) {
        writer.put(folder / (std::to_string(frame) + ".png"), std::move(*picture));
      } else if (!stop_.stop_requested()) {
        common_->leftOut.add("picture", picture.error().message, {medium.value.name, frame});
      }
    }
    return writer.finish();
  }

  const project::Project& project_;
  const ExportOptions& options_;
  std::stop_token stop_;
  std::optional<DatasetExport> common_;
  std::vector<SplitFile> files_;
  std::set<std::string> folders_;
  std::int64_t nextImage_ = 1;
  std::int64_t nextAnnotation_ = 1;
  std::int64_t missing_ = 0;  // media without a file, of which there can be no pictures
  std::string firstMissing_;
};

class CocoExporter final : public Exporter {
 public:
  Result<ExportReport> write(const project::Project& project, const ExportOptions& options,
                             std::stop_token stop) override {
    return CocoExport(project, options, std::move(stop)).run();
  }
};

}  // namespace

std::unique_ptr<Exporter> cocoExporter() { return std::make_unique<CocoExporter>(); }

}  // namespace fiducial::exchange
