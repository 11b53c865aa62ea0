#include "dicom/segmentation_object.h"

#include <algorithm>
#include <cmath>

#include "dicom/coded_concept.h"
#include "dicom/dicom_tags.h"

namespace fiducial::exchange {
namespace {

using namespace dicom_tag;
using media::DicomItem;

constexpr std::string_view kSegmentationClass = "1.2.840.10008.5.1.4.1.1.66.4";
constexpr std::string_view kLabelMapClass = "1.2.840.10008.5.1.4.1.1.66.7";

void addText(Attributes& attributes, const char* name, std::string text) {
  if (!text.empty()) attributes[name] = std::move(text);
}

SegmentDescription describe(DicomItem item, std::uint32_t number) {
  SegmentDescription segment;
  segment.labelClass.code = codeIn(item, kPropertyType);
  segment.labelClass.name = item.text(kSegmentLabel);
  if (segment.labelClass.name.empty() && segment.labelClass.code.meaning.empty()) {
    segment.labelClass.name = "segment " + std::to_string(number);
  }
  segment.labelClass.color = colorOfCielab(item.numbers(kDisplayCielab));
  Attributes& attributes = segment.attributes;
  addText(attributes, "category", textOf(codeIn(item, kPropertyCategory)));
  addText(attributes, "modifier", textOf(codeIn(item.item(kPropertyType), kPropertyTypeModifier)));
  addText(attributes, "region", textOf(codeIn(item, kAnatomicRegion)));
  addText(attributes, "description", item.text(kSegmentDescription));
  addText(attributes, "tracking_id", item.text(kTrackingId));
  std::string algorithm = item.text(kAlgorithmType);
  const std::string name = item.text(kAlgorithmName);
  if (!name.empty()) algorithm += (algorithm.empty() ? "" : ": ") + name;
  addText(attributes, "algorithm", std::move(algorithm));
  return segment;
}

void addReferences(DicomItem item, media::DicomTag sequence, References& references) {
  for (const DicomItem& reference : item.items(sequence)) references.add(reference);
}

std::optional<std::array<double, 3>> vectorOf(const std::vector<double>& numbers, std::size_t from) {
  if (numbers.size() < from + 3) return std::nullopt;
  return std::array{numbers[from], numbers[from + 1], numbers[from + 2]};
}

}  // namespace

Result<SegmentationObject> SegmentationObject::read(std::shared_ptr<const media::DicomDataset> dataset) {
  SegmentationObject object(std::move(dataset));
  const DicomItem root = object.dataset_->root();
  const std::string sopClass = root.text(kSopClass);
  const std::string type = root.text(kSegmentationType);
  const bool isKnown = sopClass == kSegmentationClass || sopClass == kLabelMapClass;
  if (!isKnown && root.text(kModality) != "SEG") {
    return Error{ErrorCode::Unsupported, "this is no DICOM segmentation", object.dataset_->path().string(),
                 "give the file of the segmentation, not of the pictures"};
  }
  object.type_ = type == "FRACTIONAL"                               ? SegmentationType::Fractional
                 : type == "LABELMAP" || sopClass == kLabelMapClass ? SegmentationType::LabelMap
                                                                    : SegmentationType::Binary;
  object.largestFraction_ =
      std::uint32_t(std::clamp<std::int64_t>(root.integer(kLargestFraction).value_or(255), 1, 65535));
  if (object.type_ == SegmentationType::LabelMap) {
    if (const auto padding = root.integer(kPixelPadding)) object.padding_ = std::uint32_t(*padding);
  }
  object.shared_ = root.item(kSharedGroups);
  object.frames_ = root.items(kPerFrameGroups);
  object.readSegments();
  if (object.segments_.empty()) {
    return Error{ErrorCode::Damaged,
                 "this segmentation describes no segment" +
                     (object.dataset_->damage().empty() ? std::string() : ": " + object.dataset_->damage()),
                 object.dataset_->path().string(), "copy the file again from its source"};
  }
  return object;
}

void SegmentationObject::readSegments() {
  for (const DicomItem& item : dataset_->root().items(kSegments)) {
    const auto number = item.integer(kSegmentNumber).value_or(std::int64_t(segments_.size()) + 1);
    if (number >= 0 && number <= 65535) segments_.emplace(std::uint32_t(number), describe(item, std::uint32_t(number)));
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
  references.study = root.text(kStudyUid);
  references.frameOfReference = root.text(kFrameOfReference);
  for (const DicomItem& series : root.items(kReferencedSeries)) {
    if (const std::string uid = series.text(kSeriesUid); !uid.empty()) references.series.insert(uid);
    addReferences(series, kReferencedInstances, references);
  }
  addReferences(root, kSourceImages, references);
  std::vector<DicomItem> groups = frames_;
  groups.push_back(shared_);
  for (const DicomItem& frame : groups) {
    for (const DicomItem& derivation : frame.items(kDerivationImages)) {
      addReferences(derivation, kSourceImages, references);
    }
  }
  return references;
}

std::optional<std::uint32_t> SegmentationObject::segmentOf(int frame) const {
  if (type_ == SegmentationType::LabelMap) return std::nullopt;
  const auto number = group(frame, kSegmentIdentification).integer(kReferencedSegment);
  if (number && *number >= 0 && *number <= 65535) return std::uint32_t(*number);
  if (segments_.size() == 1) return segments_.begin()->first;
  return std::nullopt;
}

FrameSource SegmentationObject::frameSource(int frame, ImageSize size, const ReferencedMedia& media) const {
  FrameSource source;
  source.size = size;
  std::vector<DicomItem> derivations;
  if (std::size_t(frame) < frames_.size()) derivations = frames_[std::size_t(frame)].items(kDerivationImages);
  if (derivations.empty()) derivations = shared_.items(kDerivationImages);
  for (const DicomItem& derivation : derivations) {
    for (const DicomItem& reference : derivation.items(kSourceImages)) {
      for (const MediumFrame& found : media.framesOf(reference)) {
        const bool isKnown = std::any_of(source.references.begin(), source.references.end(), [&](const auto& other) {
          return other.medium == found.medium && other.frame == found.frame && other.time == found.time;
        });
        if (!isKnown) source.references.push_back(found);
      }
    }
  }
  const auto position = vectorOf(group(frame, kPlanePosition).numbers(kImagePosition), 0);
  const auto orientation = group(frame, kPlaneOrientation).numbers(kImageOrientation);
  const auto spacing = group(frame, kPixelMeasures).numbers(kPixelSpacing);
  const auto alongRow = vectorOf(orientation, 0), alongColumn = vectorOf(orientation, 3);
  if (position && alongRow && alongColumn && spacing.size() >= 2 && spacing[0] > 0 && spacing[1] > 0) {
    source.geometry = PlaneGeometry{*position, *alongRow, *alongColumn, spacing[1], spacing[0]};
  }
  const DicomItem root = dataset_->root();
  const auto totalColumns = root.integer(kTotalColumns), totalRows = root.integer(kTotalRows);
  if (!totalColumns || !totalRows || *totalColumns < 1 || *totalRows < 1 || *totalColumns > 1 << 20 ||
      *totalRows > 1 << 20) {
    return source;
  }
  source.totalSize = ImageSize{int(*totalColumns), int(*totalRows)};
  const DicomItem slide = group(frame, kPlanePositionSlide);
  const auto column = slide.integer(kColumnInMatrix), row = slide.integer(kRowInMatrix);
  if (column && row) {
    source.columnOffset = int(std::clamp<std::int64_t>(*column - 1, -(1 << 20), 1 << 20));
    source.rowOffset = int(std::clamp<std::int64_t>(*row - 1, -(1 << 20), 1 << 20));
  } else if (size.columns > 0 && size.rows > 0) {  // TILED_FULL: row by row, one plane after the other
    const int across = (source.totalSize->columns + size.columns - 1) / size.columns;
    const int down = (source.totalSize->rows + size.rows - 1) / size.rows;
    const int tile = frame % (across * down);
    source.columnOffset = tile % across * size.columns;
    source.rowOffset = tile / across * size.rows;
  }
  return source;
}

}  // namespace fiducial::exchange
