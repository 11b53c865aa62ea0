#include "dicom/segmentation_object.h"

#include <algorithm>
#include <iterator>

#include "dicom/coded_concept.h"
#include "dicom/frame_stack.h"
#include "dicom/segment_labels.h"
#include "fiducial/media/dicom_tags.h"

namespace fiducial::exchange {
namespace {

namespace tag = media::dicom::tag;
using media::DicomItem;

constexpr std::string_view kSegmentationClass = "1.2.840.10008.5.1.4.1.1.66.4";
constexpr int kWidestTotal = 1 << 20;  // pixels of a tiled picture, each way
constexpr std::string_view kLabelMapClass = "1.2.840.10008.5.1.4.1.1.66.7";

void addText(Attributes& attributes, const char* name, std::string text) {
  if (!text.empty()) attributes[name] = std::move(text);
}

SegmentDescription describe(DicomItem item, std::uint32_t number) {
  SegmentDescription segment;
  segment.labelClass.code = codeIn(item, tag::PropertyType);
  segment.labelClass.name = item.text(tag::SegmentLabel);
  if (segment.labelClass.name.empty() && segment.labelClass.code.meaning.empty()) {
    segment.labelClass.name = "segment " + std::to_string(number);
  }
  segment.labelClass.color = colorOfCielab(item.numbers(tag::DisplayCielab));
  Attributes& attributes = segment.attributes;
  addText(attributes, "category", textOf(codeIn(item, tag::PropertyCategory)));
  addText(attributes, "modifier", textOf(codeIn(item.item(tag::PropertyType), tag::PropertyTypeModifier)));
  addText(attributes, "region", textOf(codeIn(item, tag::AnatomicRegion)));
  addText(attributes, "description", item.text(tag::SegmentDescription));
  addText(attributes, "tracking_id", item.text(tag::TrackingId));
  addText(attributes, "tracking_uid", item.text(tag::TrackingUid));
  std::string algorithm = item.text(tag::AlgorithmType);
  const std::string name = item.text(tag::AlgorithmName);
  if (!name.empty()) algorithm += (algorithm.empty() ? "" : ": ") + name;
  addText(attributes, "algorithm", std::move(algorithm));
  return segment;
}

std::optional<std::array<double, 3>> vectorOf(const std::vector<double>& numbers, std::size_t from) {
  if (numbers.size() < from + 3) return std::nullopt;
  return std::array{numbers[from], numbers[from + 1], numbers[from + 2]};
}

}  // namespace

Result<SegmentationObject> SegmentationObject::read(std::shared_ptr<const media::DicomDataset> dataset) {
  SegmentationObject object(std::move(dataset));
  const DicomItem root = object.dataset_->root();
  const std::string sopClass = root.text(tag::SopClass);
  const std::string type = root.text(tag::SegmentationType);
  const bool isKnown = sopClass == kSegmentationClass || sopClass == kLabelMapClass;
  if (!isKnown && root.text(tag::Modality) != "SEG") {
    return Error{ErrorCode::Unsupported, "this is no DICOM segmentation", object.dataset_->path().string(),
                 "give the file of the segmentation, not of the pictures"};
  }
  object.type_ = type == "FRACTIONAL"                               ? SegmentationType::Fractional
                 : type == "LABELMAP" || sopClass == kLabelMapClass ? SegmentationType::LabelMap
                                                                    : SegmentationType::Binary;
  object.largestFraction_ =
      std::uint32_t(std::clamp<std::int64_t>(root.integer(tag::LargestFraction).value_or(255), 1, 65535));
  if (object.type_ == SegmentationType::LabelMap) {
    if (const auto padding = root.integer(tag::PixelPaddingValue)) object.padding_ = std::uint32_t(*padding);
  }
  object.shared_ = root.item(tag::SharedGroups);
  object.frames_ = root.items(tag::PerFrameGroups);
  object.readTiles();
  object.readSegments();
  if (object.segments_.empty()) {
    return Error{ErrorCode::Damaged,
                 "this segmentation describes no segment" +
                     (object.dataset_->damage().empty() ? std::string() : ": " + object.dataset_->damage()),
                 object.dataset_->path().string(), "copy the file again from its source"};
  }
  return object;
}

void SegmentationObject::readTiles() {
  const DicomItem root = dataset_->root();
  const auto sizeOf = [&](media::DicomTag tag) {
    const auto count = root.integer(tag);
    return count && *count >= 1 && *count <= kWidestTotal ? int(*count) : 0;
  };
  const ImageSize total{sizeOf(tag::TotalColumns), sizeOf(tag::TotalRows)};
  const ImageSize tile{sizeOf(tag::Columns), sizeOf(tag::Rows)};
  if (total.pixels() == 0 || tile.pixels() == 0) return;
  tiles_ = Tiles{total, (total.columns + tile.columns - 1) / tile.columns, (total.rows + tile.rows - 1) / tile.rows,
                 std::max(1, sizeOf(tag::FocalPlanes)), root.text(tag::DimensionOrganization) == "TILED_FULL"};
}

void SegmentationObject::readSegments() {
  const std::string instance = dataset_->root().text(tag::SopInstance);
  for (const DicomItem& item : dataset_->root().items(tag::Segments)) {
    const auto number = item.integer(tag::SegmentNumber).value_or(std::int64_t(segments_.size()) + 1);
    if (number < 0 || number > 65535) continue;
    SegmentDescription segment = describe(item, std::uint32_t(number));
    addText(segment.attributes, kSegmentAttribute, segmentKey(instance, number));
    segments_.emplace(std::uint32_t(number), std::move(segment));
  }
}

DicomItem SegmentationObject::group(int frame, media::DicomTag tag) const {
  if (std::size_t(frame) < frames_.size()) {
    if (const DicomItem own = frames_[std::size_t(frame)].item(tag)) return own;
  }
  return shared_.item(tag);
}

References SegmentationObject::references() const {
  References references;
  const DicomItem root = dataset_->root();
  references.study = root.text(tag::StudyUid);
  references.frameOfReference = root.text(tag::FrameOfReference);
  for (const DicomItem& series : root.items(tag::ReferencedSeries)) {
    references.addSeries(series);
    references.addAll(series, tag::ReferencedInstances);
  }
  references.addAll(root, tag::SourceImages);
  const auto addDerivations = [&](DicomItem groups) {
    for (const DicomItem& derivation : groups.items(tag::DerivationImages)) {
      references.addAll(derivation, tag::SourceImages);
    }
  };
  for (const DicomItem& frame : frames_) addDerivations(frame);
  addDerivations(shared_);
  return references;
}

std::optional<std::uint32_t> SegmentationObject::segmentOf(int frame) const {
  if (type_ == SegmentationType::LabelMap) return std::nullopt;
  const auto number = group(frame, tag::SegmentIdentification).integer(tag::ReferencedSegment);
  if (number && *number >= 0 && *number <= 65535) return std::uint32_t(*number);
  if (segments_.size() == 1) return segments_.begin()->first;
  if (!tiles_ || !tiles_->isFull) return std::nullopt;
  // All tiles of all planes of one segment, then those of the next (PS3.3 C.7.6.17.3).
  const std::int64_t nth = frame / (std::int64_t{tiles_->across} * tiles_->down * tiles_->planes);
  if (nth >= std::int64_t(segments_.size())) return std::nullopt;
  return std::next(segments_.begin(), std::ptrdiff_t(nth))->first;
}

std::vector<MediumFrame> SegmentationObject::referencedFrames(int frame, const ReferencedMedia& media) const {
  std::vector<DicomItem> derivations;
  if (std::size_t(frame) < frames_.size()) derivations = frames_[std::size_t(frame)].items(tag::DerivationImages);
  if (derivations.empty()) derivations = shared_.items(tag::DerivationImages);
  std::vector<MediumFrame> frames;
  for (const DicomItem& derivation : derivations) {
    for (const DicomItem& reference : derivation.items(tag::SourceImages)) {
      for (const MediumFrame& found : media.framesOf(reference)) {
        if (std::find(frames.begin(), frames.end(), found) == frames.end()) frames.push_back(found);
      }
    }
  }
  return frames;
}

std::optional<PlaneGeometry> SegmentationObject::planeOf(int frame) const {
  const auto position = vectorOf(group(frame, tag::PlanePosition).numbers(tag::ImagePosition), 0);
  const auto orientation = group(frame, tag::PlaneOrientation).numbers(tag::ImageOrientation);
  const auto spacing = group(frame, tag::PixelMeasures).numbers(tag::PixelSpacing);
  const auto alongRow = vectorOf(orientation, 0), alongColumn = vectorOf(orientation, 3);
  if (!position || !alongRow || !alongColumn || spacing.size() < 2 || spacing[0] <= 0 || spacing[1] <= 0) {
    return std::nullopt;
  }
  return PlaneGeometry{*position, *alongRow, *alongColumn, spacing[1], spacing[0]};
}

FrameSource SegmentationObject::frameSource(int frame, ImageSize size, const ReferencedMedia& media) const {
  FrameSource source;
  source.size = size;
  source.references = referencedFrames(frame, media);
  source.geometry = planeOf(frame);
  if (!tiles_) return source;
  source.totalSize = tiles_->total;
  const DicomItem slide = group(frame, tag::PlanePositionSlide);
  const auto column = slide.integer(tag::ColumnInMatrix), row = slide.integer(tag::RowInMatrix);
  if (column && row) {
    source.columnOffset = int(std::clamp<std::int64_t>(*column - 1, -kWidestTotal, kWidestTotal));
    source.rowOffset = int(std::clamp<std::int64_t>(*row - 1, -kWidestTotal, kWidestTotal));
  } else {  // TILED_FULL: row by row, one plane after the other
    const auto tile = int(frame % (std::int64_t{tiles_->across} * tiles_->down));
    source.columnOffset = tile % tiles_->across * size.columns;
    source.rowOffset = tile / tiles_->across * size.rows;
  }
  return source;
}

Result<MediumInfo> SegmentationObject::describePictures(ImageSize size) const {
  const DicomItem root = dataset_->root();
  const DicomItem series = root.item(tag::ReferencedSeries);
  const std::string uid = series.text(tag::SeriesUid);
  if (uid.empty() || root.itemCount(tag::ReferencedSeries) != 1) {
    return Error{ErrorCode::NotFound, "the file names no series that they could wait for", {}, {}};
  }
  std::vector<PlaneGeometry> planes;
  for (int frame = 0; std::size_t(frame) < frames_.size(); ++frame) {
    const auto plane = planeOf(frame);
    if (!plane || tiles_) return Error{ErrorCode::NotFound, "its frames do not say where they lie", {}, {}};
    planes.push_back(*plane);
  }
  const DicomItem measures = group(0, tag::PixelMeasures);
  const double thickness = measures.number(tag::SliceThickness).value_or(0);
  auto info = stackOf(planes, size, measures.number(tag::SpacingBetweenSlices).value_or(thickness));
  if (!info) return info;
  info->seriesUid = uid;
  info->patientName = root.text(tag::PatientName);
  info->studyUid = root.text(tag::StudyUid);
  info->studyDescription = root.text(tag::StudyDescription);
  info->studyDate = root.text(tag::StudyDate);
  return info;
}

}  // namespace fiducial::exchange
