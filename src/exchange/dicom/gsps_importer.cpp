// Graphics of softcopy presentation states (GSPS) into a project as one edit: annotations on the frames they are drawn
// on. Source: DICOM PS3.3 C.10.5 (graphic annotation), C.10.4 (displayed area).
#include <algorithm>
#include <cmath>

#include "dicom/coded_concept.h"
#include "dicom/dicom_formats.h"
#include "dicom/graphic_shape.h"
#include "dicom/label_object.h"
#include "fiducial/media/dicom_tags.h"

namespace fiducial::exchange {
namespace {

namespace tag = media::dicom::tag;
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
  const auto images = area.items(tag::ReferencedImages);
  return images.empty() || std::any_of(images.begin(), images.end(), [&](const DicomItem& image) {
           return image.text(tag::ReferencedInstance) == instance;
         });
}

DisplayedArea areaFor(DicomItem root, const std::string& instance, ImageSize size) {
  DisplayedArea area{0, 0, double(size.columns), double(size.rows)};
  const auto turn = root.integer(tag::ImageRotation).value_or(0);
  area.isTurned = turn == 90 || turn == 270;
  for (const DicomItem& item : root.items(tag::DisplayedAreas)) {
    const auto from = item.numbers(tag::AreaTopLeft), to = item.numbers(tag::AreaBottomRight);
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
  Drawn drawn{item.text(tag::AnchorUnits), "NOTE", pointsOf(item.numbers(tag::AnchorPoint)),
              item.text(tag::UnformattedText)};
  if (!drawn.points.empty()) return drawn;
  drawn.units = item.text(tag::BoxUnits);
  drawn.points = pointsOf(item.numbers(tag::BoxTopLeft));
  return drawn;
}

class GspsObject final : public LabelObject {
 public:
  Status read(std::shared_ptr<const media::DicomDataset> dataset) override {
    root_ = dataset->root();
    const bool isState = root_.text(tag::SopClass).starts_with("1.2.840.10008.5.1.4.1.1.11.");
    if (isState || root_.text(tag::Modality) == "PR") return {};
    return notSuchAnObject(*dataset, "this is no presentation state", {});
  }
  std::optional<References> references() const override {
    References references;
    references.study = root_.text(tag::StudyUid);
    for (const DicomItem& series : root_.items(tag::ReferencedSeries)) {
      references.addSeries(series);
      references.addAll(series, tag::ReferencedImages);
    }
    return references;
  }

  Status take(const LabelImport& import) override {
    const auto annotations = root_.items(tag::GraphicAnnotations);
    for (const DicomItem& annotation : annotations) takeGraphics(annotation, import.media, import.collector);
    if (annotations.empty()) import.collector.note("there are no graphics in this presentation state");
    return {};
  }

 private:
  /// Those of a graphic annotation; where it names none, all pictures of the state.
  [[nodiscard]] std::vector<DicomItem> imagesOf(DicomItem annotation) const {
    auto images = annotation.items(tag::ReferencedImages);
    if (!images.empty()) return images;
    for (const DicomItem& series : root_.items(tag::ReferencedSeries)) {
      for (const DicomItem& image : series.items(tag::ReferencedImages)) images.push_back(image);
    }
    return images;
  }

  void takeGraphics(DicomItem annotation, const ReferencedMedia& media, LabelCollector& collector) {
    std::vector<Drawn> all;
    for (const DicomItem& graphic : annotation.items(tag::GraphicObjects)) {
      all.push_back({graphic.text(tag::GraphicUnits),
                     graphic.text(tag::GraphicType),
                     pointsOf(graphic.numbers(tag::GraphicData)),
                     {}});
    }
    for (const DicomItem& text : annotation.items(tag::TextObjects)) all.push_back(drawnText(text));
    const std::string layer = annotation.text(tag::GraphicLayer);
    for (const DicomItem& image : imagesOf(annotation)) {
      const auto frames = media.framesOf(image);
      if (frames.empty()) collector.leaveOut("graphic", "their picture is not here", std::int64_t(all.size()));
      for (const MediumFrame& frame : frames) {
        for (const Drawn& drawn : all) put(drawn, layer, image.text(tag::ReferencedInstance), frame, collector);
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

  DicomItem root_;
};

}  // namespace

std::unique_ptr<Importer> gspsImporter() { return labelImporter<GspsObject>("GSPS"); }

}  // namespace fiducial::exchange
