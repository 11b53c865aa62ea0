// Graphics of softcopy presentation states (GSPS) into a project as one edit: annotations on the frames they are drawn
// on. Source: DICOM PS3.3 C.10.5 (graphic annotation), C.10.4 (displayed area).
#include <algorithm>
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

/// From fractions of the displayed area to image pixels.
struct DisplayedArea {
  double x0 = 0, y0 = 0, x1 = 0, y1 = 0;
  bool isTurned = false;  // a quarter: across the screen is down the image

  [[nodiscard]] ImagePoint inImage(ImagePoint p) const {
    if (isTurned) std::swap(p.x, p.y);
    return {x0 + p.x * (x1 - x0), y0 + p.y * (y1 - y0)};
  }
};

/// The corners are pixels, counted from 1, and swapped where the picture is mirrored.
std::pair<double, double> borders(double first, double last) {
  return last >= first ? std::pair(first - 1, last) : std::pair(first, last - 1);
}

bool refersTo(DicomItem area, const std::string& instance) {
  const auto images = area.items(kReferencedImages);
  return images.empty() || std::any_of(images.begin(), images.end(), [&](const DicomItem& image) {
           return image.text(kReferencedInstance) == instance;
         });
}

DisplayedArea areaFor(DicomItem root, const std::string& instance, ImageSize size) {
  DisplayedArea area{0, 0, double(size.columns), double(size.rows)};
  const auto turn = root.integer(kRotation).value_or(0);
  area.isTurned = turn == 90 || turn == 270;
  for (const DicomItem& item : root.items(kDisplayedAreas)) {
    const auto from = item.numbers(kAreaTopLeft), to = item.numbers(kAreaBottomRight);
    if (from.size() != 2 || to.size() != 2 || !refersTo(item, instance)) continue;
    std::tie(area.x0, area.x1) = borders(from[0], to[0]);
    std::tie(area.y0, area.y1) = borders(from[1], to[1]);
    break;
  }
  return area;
}

std::vector<ImagePoint> pointsOf(const std::vector<double>& data) {
  std::vector<ImagePoint> points;
  for (std::size_t n = 0; n + 1 < data.size(); n += 2) points.push_back({data[n], data[n + 1]});
  return points;
}

/// Something drawn: its shape in its own units, its text, and what it is called.
struct Drawn {
  std::string units;
  std::string type;
  std::vector<ImagePoint> points;
  std::string text;
};

Drawn drawnText(DicomItem item) {
  Drawn drawn{item.text(kAnchorUnits), "NOTE", pointsOf(item.numbers(kAnchorPoint)), item.text(kUnformattedText)};
  if (!drawn.points.empty()) return drawn;
  drawn.units = item.text(kBoxUnits);
  drawn.points = pointsOf(item.numbers(kBoxTopLeft));
  return drawn;
}

class GspsImport {
 public:
  GspsImport(const ImportOptions& options, std::stop_token stop) : options_(options), stop_(std::move(stop)) {}

  Result<ImportReport> run(project::Project& project) {
    auto dataset = media::DicomDataset::open(options_.path);
    if (!dataset) return dataset.error();
    root_ = (*dataset)->root();
    if (!root_.text(kSopClass).starts_with("1.2.840.10008.5.1.4.1.1.11.") && root_.text(kModality) != "PR") {
      return Error{ErrorCode::Unsupported, "this is no presentation state", options_.path.string(), ""};
    }
    auto collector = LabelCollector::read(project, options_);
    if (!collector) return collector.error();
    auto media = ReferencedMedia::read(project, options_);
    if (!media) return media.error();
    References references;
    references.study = root_.text(kStudyUid);
    for (const DicomItem& series : root_.items(kReferencedSeries)) {
      if (const std::string uid = series.text(kSeriesUid); !uid.empty()) references.series.insert(uid);
      for (const DicomItem& image : series.items(kReferencedImages)) {
        references.add(image);
        allImages_.push_back(image);
      }
    }
    if (auto matched = media->match(references, collector->nextId(), stop_); !matched) return matched.error();
    if (!(*dataset)->damage().empty()) collector->leaveOut("rest of the file", (*dataset)->damage());
    for (const DicomItem& annotation : root_.items(kGraphicAnnotations)) take(annotation, *media, *collector);
    if (root_.itemCount(kGraphicAnnotations) == 0) collector->note("there are no graphics in this presentation state");
    return collector->apply(project, *media, "Import GSPS " + options_.path.filename().string(), stop_);
  }

 private:
  void take(DicomItem annotation, const ReferencedMedia& media, LabelCollector& collector) {
    std::vector<Drawn> all;
    for (const DicomItem& graphic : annotation.items(kGraphicObjects)) {
      all.push_back(
          {graphic.text(kGraphicUnits), graphic.text(kGraphicType), pointsOf(graphic.numbers(kGraphicData)), {}});
    }
    for (const DicomItem& text : annotation.items(kTextObjects)) all.push_back(drawnText(text));
    const std::string layer = annotation.text(kGraphicLayer);
    auto images = annotation.items(kReferencedImages);
    if (images.empty()) images = allImages_;  // for all pictures of the state
    for (const DicomItem& image : images) {
      const auto frames = media.framesOf(image);
      if (frames.empty()) collector.leaveOut("graphic", "their picture is not here", std::int64_t(all.size()));
      for (const MediumFrame& frame : frames) {
        for (const Drawn& drawn : all) put(drawn, layer, image.text(kReferencedInstance), frame, collector);
      }
    }
  }

  void put(const Drawn& drawn, const std::string& layer, const std::string& instance, const MediumFrame& frame,
           LabelCollector& collector) const {
    std::vector<ImagePoint> points = drawn.points;
    const ImageSize size = frame.medium->info.imageSize();
    if (drawn.units == "DISPLAY") {
      const DisplayedArea area = areaFor(root_, instance, size);
      for (ImagePoint& p : points) p = area.inImage(p);
    } else if (drawn.units != "PIXEL") {
      return collector.leaveOut("graphic", "their units are " + (drawn.units.empty() ? "not said" : drawn.units));
    }
    Annotation annotation;
    annotation.medium = frame.medium->id;
    annotation.frame = frame.frame;
    annotation.time = frame.time;
    annotation.note = drawn.text;
    if (drawn.type == "NOTE") {
      if (points.empty() || drawn.text.empty()) return collector.leaveOut("text", "they have no place or no words");
      annotation.shape = NoteAnchor{points.front()};
    } else {
      auto shape = shapeOfGraphic(drawn.type, std::move(points));
      if (!shape) return collector.leaveOut("graphic", "their points do not make a " + drawn.type);
      annotation.shape = std::move(*shape);
    }
    if (auto checked = check(annotation.shape, size); !checked) {
      return collector.leaveOut("graphic", checked.error().message);
    }
    annotation.labelClass = collector.classFor({layer.empty() ? "graphics" : layer, {}, {}});
    collector.add(std::move(annotation));
  }

  const ImportOptions& options_;
  std::stop_token stop_;
  DicomItem root_;
  std::vector<DicomItem> allImages_;
};

class GspsImporter final : public Importer {
 public:
  Result<ImportReport> read(project::Project& project, const ImportOptions& options, std::stop_token stop) override {
    return GspsImport(options, std::move(stop)).run(project);
  }
};

}  // namespace

std::unique_ptr<Importer> gspsImporter() { return std::make_unique<GspsImporter>(); }

}  // namespace fiducial::exchange
