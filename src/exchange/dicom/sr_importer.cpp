// Measurement groups of structured reports (TID 1500) into a project as one edit: the region of each group as an
// annotation with its class, sites and numbers. Source: DICOM PS3.16 TID 1410, 1411, 1501; PS3.3 C.18.6, C.18.9.
#include <algorithm>
#include <cmath>

#include "dicom/coded_concept.h"
#include "dicom/dicom_formats.h"
#include "dicom/graphic_shape.h"
#include "dicom/label_object.h"
#include "dicom/segment_labels.h"
#include "fiducial/media/dicom_tags.h"

namespace fiducial::exchange {
namespace {

namespace tag = media::dicom::tag;
using media::DicomItem;

constexpr double kOffSlice = 0.5;  // slices

/// What a group says of the one thing that it measures.
struct Group {
  WantedClass labelClass;
  Attributes attributes;
  std::map<std::string, std::string> units;
  bool hasLength = false;
  std::vector<DicomItem> regions;     ///< SCOORD and SCOORD3D items
  std::vector<std::string> segments;  ///< keys of referenced ones
};

Code conceptOf(DicomItem item) { return codeIn(item, tag::ConceptName); }

bool isConcept(DicomItem item, std::string_view value, std::string_view meaning) {
  const Code code = conceptOf(item);
  return code.value == value || code.meaning == meaning;
}

std::string uniqueName(const Attributes& attributes, const std::string& name) {
  if (!attributes.contains(name)) return name;
  for (int n = 2;; ++n) {
    const std::string numbered = name + ' ' + std::to_string(n);
    if (!attributes.contains(numbered)) return numbered;
  }
}

/// "SUVbw, Mean": what was measured, and how it was derived from many values.
std::string nameOfNumber(DicomItem item) {
  const Code what = conceptOf(item);
  std::string name = what.meaning.empty() ? what.value : what.meaning;
  for (const DicomItem& child : item.items(tag::Content)) {
    if (child.text(tag::ValueType) != "CODE" || !isConcept(child, "121401", "Derivation")) continue;
    name += ", " + codeIn(child, tag::ConceptCode).meaning;
  }
  return name;
}

void takeNumber(DicomItem item, Group& group) {
  const DicomItem measured = item.item(tag::MeasuredValue);
  const auto value = measured.number(tag::NumericValue);
  if (!value) return;
  Code unit = codeIn(measured, tag::MeasurementUnits);
  const Code what = conceptOf(item);
  const std::string name = uniqueName(group.attributes, nameOfNumber(item));
  group.attributes[name] = *value;
  group.units[name] = unit.value;
  const bool isLength = what.value == "410668003" || what.value == "G-D7FE" || what.meaning == "Length";
  group.hasLength = group.hasLength || isLength;
}

void takeText(DicomItem item, const std::string& value, Group& group) {
  if (value.empty()) return;
  if (isConcept(item, "112039", "Tracking Identifier")) {
    group.attributes["tracking_id"] = value;
  } else if (isConcept(item, "112040", "Tracking Unique Identifier")) {
    group.attributes["tracking_uid"] = value;
  } else {
    const Code what = conceptOf(item);
    group.attributes[uniqueName(group.attributes, what.meaning.empty() ? "text" : what.meaning)] = value;
  }
}

void takeCode(DicomItem item, Group& group) {
  const Code value = codeIn(item, tag::ConceptCode);
  if (isConcept(item, "121071", "Finding")) {
    group.labelClass.name = value.meaning;
    group.labelClass.code = value;
  } else {
    takeText(item, textOf(value), group);
  }
}

/// Source: PS3.16 TID 1411, row Referenced Segment.
void takeSegments(DicomItem image, Group& group) {
  for (const double number : image.numbers(tag::ReferencedSegment)) {
    if (number < 0 || number > 65535) continue;
    group.segments.push_back(segmentKey(image.text(tag::ReferencedInstance), std::int64_t(number)));
  }
}

Group groupOf(DicomItem container) {
  Group group;
  for (const DicomItem& item : container.items(tag::Content)) {
    const std::string type = item.text(tag::ValueType);
    if (type == "NUM") takeNumber(item, group);
    if (type == "TEXT") takeText(item, item.text(tag::TextValue), group);
    if (type == "UIDREF") takeText(item, item.text(tag::UidValue), group);
    if (type == "CODE") takeCode(item, group);
    if (type == "SCOORD" || type == "SCOORD3D") group.regions.push_back(item);
    if (type == "IMAGE") takeSegments(item.item(tag::ReferencedSops), group);
    // A length may have its own line below it (TID 320).
    for (const DicomItem& child : item.items(tag::Content)) {
      const std::string childType = child.text(tag::ValueType);
      if (type == "NUM" && (childType == "SCOORD" || childType == "SCOORD3D")) group.regions.push_back(child);
    }
  }
  if (group.labelClass.name.empty()) {
    const auto tracking = group.attributes.find("tracking_id");
    const bool hasName = tracking != group.attributes.end();
    group.labelClass.name = hasName ? std::get<std::string>(tracking->second) : "measurement";
  }
  return group;
}

/// Everything in the tree that is a measurement group. The data set bounds its depth.
void findGroups(DicomItem item, std::vector<DicomItem>& groups) {
  for (const DicomItem& child : item.items(tag::Content)) {
    if (child.text(tag::ValueType) != "CONTAINER") continue;
    if (isConcept(child, "125007", "Measurement Group")) {
      groups.push_back(child);
    } else {
      findGroups(child, groups);
    }
  }
}

void addEvidence(DicomItem root, media::DicomTag sequence, References& references) {
  for (const DicomItem& study : root.items(sequence)) {
    if (references.study.empty()) references.study = study.text(tag::StudyUid);
    for (const DicomItem& series : study.items(tag::ReferencedSeries)) {
      references.addSeries(series);
      references.addAll(series, tag::ReferencedSops);
    }
  }
}

/// Points of patient space as pixels of the slice they lie on; nothing where that is not one slice of the medium.
struct SlicePoints {
  int slice = 0;
  std::vector<ImagePoint> points;
};
std::optional<SlicePoints> onOneSlice(const std::vector<double>& data, const MediumInfo& info) {
  if (data.empty() || data.size() % 3 != 0) return std::nullopt;
  SlicePoints found;
  for (std::size_t n = 0; n < data.size(); n += 3) {
    const auto voxel = info.affine.patientToVoxel({data[n], data[n + 1], data[n + 2]});
    if (!voxel || !(voxel->k > -kOffSlice && voxel->k < info.frames - kOffSlice)) return std::nullopt;
    const int slice = int(std::lround(voxel->k));
    if (n > 0 && slice != found.slice) return std::nullopt;
    found.slice = slice;
    found.points.push_back({voxel->i + 0.5, voxel->j + 0.5});
  }
  return found;
}

class SrObject final : public LabelObject {
 public:
  Status read(std::shared_ptr<const media::DicomDataset> dataset) override {
    root_ = dataset->root();
    if (root_.itemCount(tag::Content) == 0) {
      return notSuchAnObject(*dataset, "there is no report in this file",
                             "give the file of the structured report (SR)");
    }
    std::vector<DicomItem> containers;
    findGroups(root_, containers);
    for (const DicomItem& container : containers) groups_.push_back(groupOf(container));
    if (!groups_.empty()) return {};
    return Error{ErrorCode::Unsupported, "there are no measurement groups in this report", dataset->path().string(),
                 "only reports by template TID 1500 hold measurements that can be placed"};
  }

  std::optional<References> references() const override {
    const bool hasRegion =
        std::any_of(groups_.begin(), groups_.end(), [](const Group& group) { return !group.regions.empty(); });
    if (!hasRegion && measuresSegments()) return std::nullopt;
    References references;
    references.study = root_.text(tag::StudyUid);
    addEvidence(root_, tag::Evidence, references);
    addEvidence(root_, tag::OtherEvidence, references);
    return references;
  }
  bool needsPictures() const override { return !measuresSegments(); }

  Status take(const LabelImport& import) override {
    if (measuresSegments()) {
      auto segments = SegmentLabels::read(import.project);
      if (!segments) return segments.error();
      segments_ = std::move(*segments);
    }
    for (const Group& group : groups_) takeGroup(group, import.media, import.collector);
    return {};
  }

 private:
  [[nodiscard]] bool measuresSegments() const {
    return std::any_of(groups_.begin(), groups_.end(), [](const Group& group) { return !group.segments.empty(); });
  }

  void takeGroup(const Group& group, const ReferencedMedia& media, LabelCollector& collector) const {
    if (group.regions.empty() && group.segments.empty()) {
      return collector.leaveOut("measurement group", "they name no region of a picture");
    }
    for (const std::string& segment : group.segments) {
      const std::string problem = segments_.join(segment, group.attributes, group.units, collector);
      if (!problem.empty()) collector.leaveOut("measurement group", problem);
    }
    for (const DicomItem& region : group.regions) {
      const std::string type = region.text(tag::GraphicType);
      region.text(tag::ValueType) == "SCOORD3D" ? takeSpace(region, type, group, media, collector)
                                                : takePlane(region, type, group, media, collector);
    }
  }

  static void takePlane(DicomItem region, const std::string& type, const Group& group, const ReferencedMedia& media,
                        LabelCollector& collector) {
    std::vector<ImagePoint> points;
    const auto data = region.numbers(tag::GraphicData);
    for (std::size_t n = 0; n + 1 < data.size(); n += 2) points.push_back({data[n], data[n + 1]});
    std::vector<MediumFrame> frames;
    for (const DicomItem& child : region.items(tag::Content)) {
      for (const DicomItem& image : child.items(tag::ReferencedSops)) {
        for (const MediumFrame& frame : media.framesOf(image)) frames.push_back(frame);
      }
    }
    if (frames.empty()) return collector.leaveOut("region", "their picture is not here");
    for (const MediumFrame& frame : frames) put(type, points, frame, group, collector);
  }

  static void takeSpace(DicomItem region, const std::string& type, const Group& group, const ReferencedMedia& media,
                        LabelCollector& collector) {
    const std::string frameOfReference = region.text(tag::ReferencedFrameOfReferenceUid);
    for (const TargetMedium& medium : media.targets()) {
      if (!medium.info.hasGeometry || medium.frameOfReference != frameOfReference) continue;
      auto found = onOneSlice(region.numbers(tag::GraphicData), medium.info);
      if (!found) return collector.leaveOut("region", "they do not lie on one slice of the pictures");
      return put(type, std::move(found->points), {&medium, found->slice, 0}, group, collector);
    }
    collector.leaveOut("region", "no pictures that are here have their frame of reference");
  }

  static void put(const std::string& type, std::vector<ImagePoint> points, const MediumFrame& frame, const Group& group,
                  LabelCollector& collector) {
    const MediumInfo& info = frame.medium->info;
    const ClassId labelClass = collector.classFor(group.labelClass);
    if (group.hasLength && type == "POLYLINE" && points.size() == 2) {
      collector.add(lengthOf(points, frame, labelClass));
    }
    auto shape = shapeOfGraphic(type, std::move(points));
    if (!shape) return collector.leaveOut("region", "their points do not make a " + type);
    if (auto checked = check(*shape, info.imageSize()); !checked) {
      return collector.leaveOut("region", checked.error().message);
    }
    Annotation annotation;
    annotation.medium = frame.medium->id;
    annotation.frame = frame.frame;
    annotation.time = frame.time;
    annotation.labelClass = labelClass;
    annotation.shape = std::move(*shape);
    annotation.attributes = group.attributes;
    collector.add(std::move(annotation), group.units);
  }

  static Measurement lengthOf(const std::vector<ImagePoint>& points, const MediumFrame& frame, ClassId labelClass) {
    Measurement length;
    length.medium = frame.medium->id;
    length.frame = frame.frame;
    length.labelClass = labelClass;
    for (const ImagePoint& p : points) {
      const bool isVolume = frame.medium->info.kind == MediumKind::Volume;
      length.points.push_back(
          isVolume ? frame.medium->info.affine.voxelToPatient(VoxelPoint{p.x - 0.5, p.y - 0.5, double(frame.frame)})
                   : PatientPoint{p.x, p.y, 0});
    }
    return length;
  }

  DicomItem root_;
  std::vector<Group> groups_;
  SegmentLabels segments_;
};

}  // namespace

std::unique_ptr<Importer> dicomSrImporter() { return labelImporter<SrObject>("SR"); }

}  // namespace fiducial::exchange
