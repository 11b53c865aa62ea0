// Radiotherapy structure sets (RTSTRUCT) into a project as one edit: closed contours to voxels of the slices they lie
// on, points and open contours to annotations. Source: DICOM PS3.3 C.8.8.5, C.8.8.6.
#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "dicom/coded_concept.h"
#include "dicom/contour_voxels.h"
#include "dicom/dicom_formats.h"
#include "dicom/label_object.h"
#include "dicom/segment_voxels.h"
#include "fiducial/media/dicom_tags.h"

namespace fiducial::exchange {
namespace {

namespace tag = media::dicom::tag;
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
  references.study = root.text(tag::StudyUid);
  references.frameOfReference = root.text(tag::FrameOfReference);
  for (const DicomItem& frame : root.items(tag::ReferencedFrameOfReference)) {
    if (references.frameOfReference.empty()) references.frameOfReference = frame.text(tag::FrameOfReference);
    for (const DicomItem& study : frame.items(tag::RtReferencedStudy)) {
      for (const DicomItem& series : study.items(tag::RtReferencedSeries)) {
        references.addSeries(series);
        references.addAll(series, tag::ContourImages);
      }
    }
  }
  for (const DicomItem& roi : root.items(tag::RoiContours)) {
    for (const DicomItem& contour : roi.items(tag::Contours)) references.addAll(contour, tag::ContourImages);
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

class RtStructObject final : public LabelObject {
 public:
  Status read(std::shared_ptr<const media::DicomDataset> dataset) override {
    root_ = dataset->root();
    if (root_.itemCount(tag::StructureSetRois) > 0 || root_.itemCount(tag::RoiContours) > 0) return {};
    return notSuchAnObject(*dataset, "there are no structures in this file",
                           "give the file of the structure set (RTSTRUCT)");
  }
  std::optional<References> references() const override { return referencesOf(root_); }

  Status take(const LabelImport& import) override {
    readRois();
    for (const DicomItem& contours : root_.items(tag::RoiContours)) {
      if (import.stop.stop_requested()) return Error{ErrorCode::Cancelled, "stopped", {}, {}};
      takeRoi(contours, import.media, import.collector);
    }
    voxels_.give(import.collector, [&](std::uint32_t number) {
      const Roi& roi = rois_.at(number);
      return std::pair(import.collector.classFor(roi.labelClass), roi.attributes);
    });
    return {};
  }

 private:
  void readRois() {
    for (const DicomItem& item : root_.items(tag::StructureSetRois)) {
      Roi& roi = rois_[std::uint32_t(item.integer(tag::RoiNumber).value_or(0))];
      roi.labelClass.name = item.text(tag::RoiName);
      if (const std::string how = item.text(tag::RoiGeneration); !how.empty()) roi.attributes["algorithm"] = how;
    }
    for (const DicomItem& item : root_.items(tag::RoiObservations)) {
      Roi& roi = rois_[std::uint32_t(item.integer(tag::ReferencedRoi).value_or(0))];
      roi.labelClass.code = codeIn(item, tag::RoiIdentificationCode);
      if (const std::string type = item.text(tag::InterpretedType); !type.empty()) roi.attributes["rt_type"] = type;
    }
  }

  void takeRoi(DicomItem item, const ReferencedMedia& media, LabelCollector& collector) {
    const auto number = std::uint32_t(item.integer(tag::ReferencedRoi).value_or(0));
    Roi& roi = rois_[number];
    if (roi.labelClass.name.empty()) roi.labelClass.name = "ROI " + std::to_string(number);
    roi.labelClass.color = colorOfRgb(item.numbers(tag::RoiDisplayColor));
    std::map<std::tuple<const TargetMedium*, int, int>, std::vector<Ring>> closed;  // medium, time, slice
    for (const DicomItem& contour : item.items(tag::Contours)) {
      Contour placed = place(contour, media);
      if (!placed.at) {
        collector.leaveOut("contour", placed.problem);
        continue;
      }
      if (placed.at->wasMoved) {
        collector.note("contours of \"" + roi.labelClass.name + "\" lie between slices; they are on the nearest one");
      }
      const std::string type = contour.text(tag::ContourType);
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
    const std::vector<double> data = contour.numbers(tag::ContourData);
    Contour failed;
    if (data.size() < 3 || data.size() % 3 != 0) {
      failed.problem = "their points are damaged";
      return failed;
    }
    std::vector<MediumFrame> references;
    for (const DicomItem& image : contour.items(tag::ContourImages)) {
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

  DicomItem root_;
  std::map<std::uint32_t, Roi> rois_;
  SegmentVoxels voxels_;
};

}  // namespace

std::unique_ptr<Importer> rtStructImporter() { return labelImporter<RtStructObject>("RTSTRUCT"); }

}  // namespace fiducial::exchange
