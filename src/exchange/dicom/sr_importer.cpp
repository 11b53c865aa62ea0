// Measurement groups of structured reports (TID 1500) into a project as one edit: the region of each group as an
// annotation with its class, sites and numbers. Source: DICOM PS3.16 TID 1410, 1411, 1501; PS3.3 C.18.6, C.18.9.
#include <algorithm>
#include <charconv>
#include <cmath>

#include "dicom/coded_concept.h"
#include "dicom/dicom_formats.h"
#include "dicom/dicom_tags.h"
#include "dicom/graphic_shape.h"
#include "dicom/label_collector.h"

namespace fiducial::exchange {
namespace {

using namespace dicom_tag;
using media::DicomItem;

constexpr double kOffSlice = 0.5;  // slices

/// What a group says of the one thing that it measures.
struct Group {
  WantedClass labelClass;
  Attributes attributes;
  std::map<std::string, std::string> units;
  bool hasLength = false;
  std::vector<DicomItem> regions;  ///< SCOORD and SCOORD3D items
  int segments = 0;                ///< referenced ones
};

Code conceptOf(DicomItem item) { return codeIn(item, kConceptName); }

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

void takeNumber(DicomItem item, Group& group) {
  const DicomItem measured = item.item(kMeasuredValue);
  const auto value = measured.number(kNumericValue);
  if (!value) return;
  Code unit = codeIn(measured, kMeasurementUnits);
  const Code what = conceptOf(item);
  const std::string name = uniqueName(group.attributes, what.meaning.empty() ? what.value : what.meaning);
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
  const Code value = codeIn(item, kConceptCode);
  if (isConcept(item, "121071", "Finding")) {
    group.labelClass.name = value.meaning;
    group.labelClass.code = value;
  } else {
    takeText(item, textOf(value), group);
  }
}

Group groupOf(DicomItem container) {
  Group group;
  for (const DicomItem& item : container.items(kContent)) {
    const std::string type = item.text(kValueType);
    if (type == "NUM") takeNumber(item, group);
    if (type == "TEXT") takeText(item, item.text(kTextValue), group);
    if (type == "UIDREF") takeText(item, item.text(kUidValue), group);
    if (type == "CODE") takeCode(item, group);
    if (type == "SCOORD" || type == "SCOORD3D") group.regions.push_back(item);
    if (type == "IMAGE" && item.item(kReferencedSops).has(kReferencedSegment)) ++group.segments;
    // A length may have its own line below it (TID 320).
    for (const DicomItem& child : item.items(kContent)) {
      const std::string childType = child.text(kValueType);
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
  for (const DicomItem& child : item.items(kContent)) {
    if (child.text(kValueType) != "CONTAINER") continue;
    if (isConcept(child, "125007", "Measurement Group")) {
      groups.push_back(child);
    } else {
      findGroups(child, groups);
    }
  }
}

void addEvidence(DicomItem root, media::DicomTag sequence, References& references) {
  for (const DicomItem& study : root.items(sequence)) {
    if (references.study.empty()) references.study = study.text(kStudyUid);
    for (const DicomItem& series : study.items(kReferencedSeries)) {
      if (const std::string uid = series.text(kSeriesUid); !uid.empty()) references.series.insert(uid);
      for (const DicomItem& instance : series.items(kReferencedSops)) references.add(instance);
    }
  }
}

class SrImport {
 public:
  SrImport(const ImportOptions& options, std::stop_token stop) : options_(options), stop_(std::move(stop)) {}

  Result<ImportReport> run(project::Project& project) {
    auto dataset = media::DicomDataset::open(options_.path);
    if (!dataset) return dataset.error();
    const DicomItem root = (*dataset)->root();
    if (root.itemCount(kContent) == 0) {
      return Error{ErrorCode::Unsupported, "there is no report in this file", options_.path.string(),
                   (*dataset)->damage().empty() ? "give the file of the structured report (SR)"
                                                : "it is damaged: " + (*dataset)->damage()};
    }
    std::vector<DicomItem> groups;
    findGroups(root, groups);
    if (groups.empty()) {
      return Error{ErrorCode::Unsupported, "there are no measurement groups in this report", options_.path.string(),
                   "only reports by template TID 1500 hold measurements that can be placed"};
    }
    auto collector = LabelCollector::read(project, options_);
    if (!collector) return collector.error();
    auto media = ReferencedMedia::read(project, options_);
    if (!media) return media.error();
    References references;
    references.study = root.text(kStudyUid);
    addEvidence(root, kEvidence, references);
    addEvidence(root, kOtherEvidence, references);
    if (auto matched = media->match(references, collector->nextId(), stop_); !matched) return matched.error();
    if (!(*dataset)->damage().empty()) collector->leaveOut("rest of the file", (*dataset)->damage());
    for (const DicomItem& group : groups) take(groupOf(group), *media, *collector);
    return collector->apply(project, *media, "Import SR " + options_.path.filename().string(), stop_);
  }

 private:
  static void take(const Group& group, const ReferencedMedia& media, LabelCollector& collector) {
    if (group.regions.empty()) {
      return collector.leaveOut("measurement group", group.segments > 0
                                                         ? "they measure a segment; import its SEG for the voxels"
                                                         : "they name no region of a picture");
    }
    for (const DicomItem& region : group.regions) {
      const std::string type = region.text(kGraphicType);
      region.text(kValueType) == "SCOORD3D" ? takeSpace(region, type, group, media, collector)
                                            : takePlane(region, type, group, media, collector);
    }
  }

  static void takePlane(DicomItem region, const std::string& type, const Group& group, const ReferencedMedia& media,
                        LabelCollector& collector) {
    std::vector<ImagePoint> points;
    const auto data = region.numbers(kGraphicData);
    for (std::size_t n = 0; n + 1 < data.size(); n += 2) points.push_back({data[n], data[n + 1]});
    std::vector<MediumFrame> frames;
    for (const DicomItem& child : region.items(kContent)) {
      for (const DicomItem& image : child.items(kReferencedSops)) {
        for (const MediumFrame& frame : media.framesOf(image)) frames.push_back(frame);
      }
    }
    if (frames.empty()) return collector.leaveOut("region", "their picture is not here");
    for (const MediumFrame& frame : frames) put(type, points, frame, group, collector);
  }

  static void takeSpace(DicomItem region, const std::string& type, const Group& group, const ReferencedMedia& media,
                        LabelCollector& collector) {
    const auto data = region.numbers(kGraphicData);
    const std::string frameOfReference = region.text(kSrFrameOfReference);
    for (const TargetMedium& medium : media.targets()) {
      if (!medium.info.hasGeometry || medium.frameOfReference != frameOfReference) continue;
      std::vector<ImagePoint> points;
      std::optional<int> slice;
      bool isFlat = !data.empty() && data.size() % 3 == 0;
      for (std::size_t n = 0; isFlat && n < data.size(); n += 3) {
        const auto voxel = medium.info.affine.patientToVoxel({data[n], data[n + 1], data[n + 2]});
        const double k = voxel ? voxel->k : -1;
        isFlat = k > -kOffSlice && k < medium.info.frames - kOffSlice &&
                 slice.value_or(int(std::lround(k))) == std::lround(k);
        if (!isFlat) break;
        slice = int(std::lround(k));
        points.push_back({voxel->i + 0.5, voxel->j + 0.5});
      }
      if (!isFlat) return collector.leaveOut("region", "they do not lie on one slice of the pictures");
      return put(type, std::move(points), {&medium, *slice, 0}, group, collector);
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

  const ImportOptions& options_;
  std::stop_token stop_;
};

class SrImporter final : public Importer {
 public:
  Result<ImportReport> read(project::Project& project, const ImportOptions& options, std::stop_token stop) override {
    return SrImport(options, std::move(stop)).run(project);
  }
};

}  // namespace

std::unique_ptr<Importer> dicomSrImporter() { return std::make_unique<SrImporter>(); }

}  // namespace fiducial::exchange
