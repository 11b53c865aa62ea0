// Radiotherapy structure sets (RTSTRUCT) into a project as one edit: closed contours to voxels of the slices they lie
// on, points and open contours to annotations. Source: DICOM PS3.3 C.8.8.5, C.8.8.6.
#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "dicom/coded_concept.h"
#include "dicom/contour_voxels.h"
#include "dicom/dicom_formats.h"
#include "dicom/dicom_tags.h"
#include "dicom/label_collector.h"
#include "dicom/segment_voxels.h"

namespace fiducial::exchange {
namespace {

using namespace dicom_tag;
using media::DicomItem;

constexpr double kOffPlane = 0.5;  // slices: further away a contour is on none
constexpr double kNotFlat = 0.25;  // slices: what the points of a planar contour may differ
constexpr double kBetween = 0.05;  // slices: beyond it the contour is said to be moved

struct Roi {
  WantedClass labelClass;
  Attributes attributes;
};

/// A contour in pixels of one slice of one medium.
struct SliceContour {
  MediumFrame slice;
  Ring points;
  bool wasMoved = false;
};

struct Contour {
  std::optional<SliceContour> at;
  std::string problem;
};

References referencesOf(DicomItem root) {
  References references;
  references.study = root.text(kStudyUid);
  references.frameOfReference = root.text(kFrameOfReference);
  for (const DicomItem& frame : root.items(kReferencedFrameOfReference)) {
    if (references.frameOfReference.empty()) references.frameOfReference = frame.text(kFrameOfReference);
    for (const DicomItem& study : frame.items(kRtReferencedStudy)) {
      for (const DicomItem& series : study.items(kRtReferencedSeries)) {
        if (const std::string uid = series.text(kSeriesUid); !uid.empty()) references.series.insert(uid);
        for (const DicomItem& image : series.items(kContourImages)) references.add(image);
      }
    }
  }
  for (const DicomItem& roi : root.items(kRoiContours)) {
    for (const DicomItem& contour : roi.items(kContours)) {
      for (const DicomItem& image : contour.items(kContourImages)) references.add(image);
    }
  }
  return references;
}

/// Its points in voxels of `medium`, or none where one is no point.
std::optional<std::vector<VoxelPoint>> inVoxels(const std::vector<double>& data, const Affine& affine) {
  std::vector<VoxelPoint> points;
  for (std::size_t n = 0; n + 2 < data.size(); n += 3) {
    const auto voxel = affine.patientToVoxel({data[n], data[n + 1], data[n + 2]});
    if (!voxel || std::abs(voxel->i) > 1e6 || std::abs(voxel->j) > 1e6 || std::abs(voxel->k) > 1e6) return std::nullopt;
    points.push_back(*voxel);
  }
  if (points.empty()) return std::nullopt;
  return points;
}

Contour onMedium(const std::vector<VoxelPoint>& points, const TargetMedium& medium, const MediumFrame* reference) {
  Contour contour;
  double lowest = points.front().k, highest = points.front().k, sum = 0;
  for (const VoxelPoint& point : points) {
    lowest = std::min(lowest, point.k);
    highest = std::max(highest, point.k);
    sum += point.k;
  }
  if (highest - lowest > kNotFlat) {
    contour.problem = "they do not lie in one slice of the pictures";
    return contour;
  }
  const double middle = sum / double(points.size());
  const int nearest = int(std::lround(middle));
  SliceContour at{reference != nullptr ? *reference : MediumFrame{&medium, nearest, 0}, {}, false};
  at.wasMoved = reference == nullptr && std::abs(middle - nearest) > kBetween;
  if (at.slice.frame < 0 || at.slice.frame >= medium.info.frames) {
    contour.problem = "they lie beyond the slices of the pictures";
    return contour;
  }
  for (const VoxelPoint& point : points) at.points.push_back({point.i + 0.5, point.j + 0.5});
  contour.at = std::move(at);
  return contour;
}

class RtStructImport {
 public:
  RtStructImport(const ImportOptions& options, std::stop_token stop) : options_(options), stop_(std::move(stop)) {}

  Result<ImportReport> run(project::Project& project) {
    auto dataset = media::DicomDataset::open(options_.path);
    if (!dataset) return dataset.error();
    const DicomItem root = (*dataset)->root();
    if (root.itemCount(kStructureSetRois) == 0 && root.itemCount(kRoiContours) == 0) {
      return Error{ErrorCode::Unsupported, "there are no structures in this file", options_.path.string(),
                   (*dataset)->damage().empty() ? "give the file of the structure set (RTSTRUCT)"
                                                : "it is damaged: " + (*dataset)->damage()};
    }
    auto collector = LabelCollector::read(project, options_);
    if (!collector) return collector.error();
    auto media = ReferencedMedia::read(project, options_);
    if (!media) return media.error();
    if (auto matched = media->match(referencesOf(root), collector->nextId(), stop_); !matched) return matched.error();
    if (!(*dataset)->damage().empty()) collector->leaveOut("rest of the file", (*dataset)->damage());
    readRois(root);
    for (const DicomItem& contours : root.items(kRoiContours)) {
      if (stop_.stop_requested()) return Error{ErrorCode::Cancelled, "stopped", {}, {}};
      takeRoi(contours, *media, *collector);
    }
    voxels_.give(*collector, [&](std::uint32_t number) {
      const Roi& roi = rois_.at(number);
      return std::pair(collector->classFor(roi.labelClass), roi.attributes);
    });
    return collector->apply(project, *media, "Import RTSTRUCT " + options_.path.filename().string(), stop_);
  }

 private:
  void readRois(DicomItem root) {
    for (const DicomItem& item : root.items(kStructureSetRois)) {
      Roi& roi = rois_[std::uint32_t(item.integer(kRoiNumber).value_or(0))];
      roi.labelClass.name = item.text(kRoiName);
      if (const std::string how = item.text(kRoiGeneration); !how.empty()) roi.attributes["algorithm"] = how;
    }
    for (const DicomItem& item : root.items(kRoiObservations)) {
      Roi& roi = rois_[std::uint32_t(item.integer(kReferencedRoi).value_or(0))];
      roi.labelClass.code = codeIn(item, kRoiIdentificationCode);
      if (const std::string type = item.text(kInterpretedType); !type.empty()) roi.attributes["rt_type"] = type;
    }
  }

  void takeRoi(DicomItem item, const ReferencedMedia& media, LabelCollector& collector) {
    const auto number = std::uint32_t(item.integer(kReferencedRoi).value_or(0));
    Roi& roi = rois_[number];
    if (roi.labelClass.name.empty()) roi.labelClass.name = "ROI " + std::to_string(number);
    roi.labelClass.color = colorOfRgb(item.numbers(kRoiDisplayColor));
    std::map<std::tuple<const TargetMedium*, int, int>, std::vector<Ring>> closed;  // medium, time, slice
    for (const DicomItem& contour : item.items(kContours)) {
      Contour placed = place(contour, media);
      if (!placed.at) {
        collector.leaveOut("contour", placed.problem);
        continue;
      }
      if (placed.at->wasMoved) {
        collector.note("contours of \"" + roi.labelClass.name + "\" lie between slices; they are on the nearest one");
      }
      const std::string type = contour.text(kContourType);
      const bool isClosed = type.starts_with("CLOSED");
      if (!isClosed) {
        takeOpen(type, std::move(*placed.at), roi, collector);
      } else if (placed.at->points.size() < 3) {
        collector.leaveOut("contour", "they have fewer than three points");
      } else {
        const MediumFrame& slice = placed.at->slice;
        closed[{slice.medium, slice.time, slice.frame}].push_back(std::move(placed.at->points));
      }
    }
    for (const auto& [key, rings] : closed) fill(number, key, rings, collector);
  }

  void fill(std::uint32_t number, const std::tuple<const TargetMedium*, int, int>& key, const std::vector<Ring>& rings,
            LabelCollector& collector) {
    const auto& [medium, time, slice] = key;
    const ImageSize size = medium->info.imageSize();
    const FramePlacing at{medium, time, {0, 0, slice}};
    for (const media::SampleRun& run : pixelsInside(rings, size)) (void)voxels_.add(number, at, run);
    const bool reachesOut = std::any_of(rings.begin(), rings.end(), [&](const Ring& ring) {
      return std::any_of(ring.begin(), ring.end(), [&](ImagePoint p) {
        return p.x < -0.01 || p.y < -0.01 || p.x > size.columns + 0.01 || p.y > size.rows + 0.01;
      });
    });
    if (reachesOut) collector.leaveOut("part of a contour", "they reach outside the pictures");
  }

  static void takeOpen(const std::string& type, SliceContour contour, const Roi& roi, LabelCollector& collector) {
    Annotation annotation;
    annotation.medium = contour.slice.medium->id;
    annotation.frame = contour.slice.frame;
    annotation.time = contour.slice.time;
    annotation.attributes = roi.attributes;
    if (type == "POINT" || contour.points.size() == 1) {
      annotation.shape = Points{std::move(contour.points)};
    } else if (contour.points.size() >= 2) {
      annotation.shape = Polyline{std::move(contour.points)};
    }
    annotation.labelClass = collector.classFor(roi.labelClass);
    collector.add(std::move(annotation));
  }

  static Contour place(DicomItem contour, const ReferencedMedia& media) {
    const std::vector<double> data = contour.numbers(kContourData);
    Contour failed;
    if (data.size() < 3 || data.size() % 3 != 0) {
      failed.problem = "their points are damaged";
      return failed;
    }
    std::vector<MediumFrame> references;
    for (const DicomItem& image : contour.items(kContourImages)) {
      for (const MediumFrame& frame : media.framesOf(image)) references.push_back(frame);
    }
    for (const MediumFrame& reference : references) {
      if (references.size() > 1) break;  // several images: the points decide
      const auto points = inVoxels(data, reference.medium->info.affine);
      if (!points) break;
      if (reference.medium->info.hasGeometry) return onMedium(*points, *reference.medium, &reference);
    }
    failed.problem = "no pictures that are here have patient coordinates";
    for (const TargetMedium& medium : media.targets()) {
      if (!medium.info.hasGeometry) continue;
      const auto points = inVoxels(data, medium.info.affine);
      if (!points) continue;
      Contour placed = onMedium(*points, medium, nullptr);
      if (placed.at) return placed;
      failed.problem = placed.problem;
    }
    return failed;
  }

  const ImportOptions& options_;
  std::stop_token stop_;
  std::map<std::uint32_t, Roi> rois_;
  SegmentVoxels voxels_;
};

class RtStructImporter final : public Importer {
 public:
  Result<ImportReport> read(project::Project& project, const ImportOptions& options, std::stop_token stop) override {
    return RtStructImport(options, std::move(stop)).run(project);
  }
};

}  // namespace

std::unique_ptr<Importer> rtStructImporter() { return std::make_unique<RtStructImporter>(); }

}  // namespace fiducial::exchange
