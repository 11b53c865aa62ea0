#include "fiducial/media/presentation_state.h"

#include <algorithm>
#include <cmath>

#include "fiducial/media/dicom_dataset.h"
#include "fiducial/media/dicom_tags.h"
#include "image_header.h"

namespace fiducial::media {
namespace {

namespace tag = dicom::tag;

constexpr std::string_view kPresentationStates = "1.2.840.10008.5.1.4.1.1.11.";

/// The item as the header reader knows it, for what is read there already.
dicom::DataSet copied(const DicomDataset& file, DicomItem item) {
  dicom::DataSet data;
  for (const DicomElement& element : item.elements()) {
    dicom::Element& copy = data.elements.emplace_back();
    data.bigEndian = element.bigEndian;
    copy.tag = element.tag;
    copy.vr = dicom::Vr((static_cast<unsigned char>(element.vr[0]) << 8) | static_cast<unsigned char>(element.vr[1]));
    if (!element.isSequence) copy.value = file.bytes(element);
    for (std::uint32_t n = 0; n < element.itemCount; ++n) copy.items.push_back(copied(file, file.itemOf(element, n)));
  }
  return data;
}

std::vector<ReferencedPicture> picturesOf(DicomItem item, const std::string& series) {
  std::vector<ReferencedPicture> pictures;
  for (const DicomItem& image : item.items(tag::ReferencedImages)) {
    ReferencedPicture picture{series, image.text(tag::ReferencedInstance), {}};
    for (const double frame : image.numbers(tag::ReferencedFrame)) picture.frames.push_back(int(frame) - 1);
    pictures.push_back(std::move(picture));
  }
  return pictures;
}

bool holds(const std::vector<ReferencedPicture>& pictures, std::string_view instance, int frame) {
  return std::ranges::any_of(pictures, [&](const ReferencedPicture& picture) {
    if (picture.sopInstance != instance) return false;
    return picture.frames.empty() || std::ranges::find(picture.frames, frame) != picture.frames.end();
  });
}

void readShutters(DicomItem root, PresentationState& state) {
  for (const std::string& shape : root.texts(tag::ShutterShape)) {
    Shutter shutter;
    if (shape == "RECTANGULAR") {  // edges are columns and rows from 1, both shown
      shutter.left = root.number(tag::ShutterLeft).value_or(1) - 1;
      shutter.right = root.number(tag::ShutterRight).value_or(1e9);
      shutter.top = root.number(tag::ShutterUpper).value_or(1) - 1;
      shutter.bottom = root.number(tag::ShutterLower).value_or(1e9);
    } else if (shape == "CIRCULAR") {
      const std::vector<double> center = root.numbers(tag::ShutterCenter);  // row, column
      if (center.size() != 2) continue;
      shutter.shape = Shutter::Shape::Circle;
      shutter.center = {center[1] - 0.5, center[0] - 0.5};
      shutter.radius = root.number(tag::ShutterRadius).value_or(0);
    } else if (shape == "POLYGONAL") {
      const std::vector<double> vertices = root.numbers(tag::ShutterVertices);  // row, column ...
      shutter.shape = Shutter::Shape::Polygon;
      for (std::size_t n = 0; n + 1 < vertices.size(); n += 2) {
        shutter.outline.push_back({vertices[n + 1] - 0.5, vertices[n] - 0.5});
      }
      if (shutter.outline.size() < 3) continue;
    } else {
      state.warnings.push_back("a shutter of shape " + shape + " is not applied");
      continue;
    }
    state.common.shutters.push_back(std::move(shutter));
  }
  state.common.shutterLight = std::clamp(root.number(tag::ShutterValue).value_or(0) / 65535.0, 0.0, 1.0);
}

void readSpatial(DicomItem root, PresentationState& state) {
  state.common.flip = root.text(tag::ImageFlip) == "Y";
  const std::int64_t rotation = root.integer(tag::ImageRotation).value_or(0);
  if (rotation % 90 != 0) {
    state.warnings.push_back("a rotation by " + std::to_string(rotation) + " degrees is not applied");
    return;
  }
  state.common.rotation = int((rotation % 360 + 360) % 360);
}

void readAreas(DicomItem root, PresentationState& state) {
  for (const DicomItem& item : root.items(tag::DisplayedAreas)) {
    const std::vector<double> first = item.numbers(tag::AreaTopLeft);  // column, row
    const std::vector<double> last = item.numbers(tag::AreaBottomRight);
    if (first.size() != 2 || last.size() != 2) continue;
    // The corners are those on the screen: a turned or flipped picture names them the other way round.
    PresentationPart part;
    part.pictures = picturesOf(item, {});
    part.area = Box::spanning({std::min(first[0], last[0]) - 1, std::min(first[1], last[1]) - 1},
                              {std::max(first[0], last[0]), std::max(first[1], last[1])});
    if (item.text(tag::SizeMode) == "MAGNIFY")
      part.magnification = std::max(0.0, item.number(tag::PresentationMagnification).value_or(0));
    state.parts.push_back(std::move(part));
  }
}

void readWindowsOf(const DicomDataset& file, DicomItem root, PresentationState& state) {
  dicom::WindowContext context;
  context.characterSets = root.texts(tag::SpecificCharacterSet);
  context.hasNegativeValues = state.intercept < 0;
  for (const DicomItem& item : root.items(tag::SoftcopyVoi)) {
    for (WindowLevel& window : dicom::readWindows(copied(file, item), context)) {
      PresentationPart part;
      part.pictures = picturesOf(item, {});
      part.window = std::move(window);
      state.parts.push_back(std::move(part));
    }
  }
}

void readLight(const DicomDataset& file, DicomItem root, PresentationState& state) {
  const std::string shape = root.text(tag::LightShape);
  state.common.inverted = shape == "INVERSE";
  const DicomItem table = root.item(tag::LightTables);
  if (!table) return;
  const dicom::DataSet data = copied(file, table);
  const std::vector<std::uint16_t> descriptor = data.words(tag::LutDescriptor);
  state.common.lightTable = data.words(tag::LutData);
  if (descriptor.size() < 3 || state.common.lightTable.empty()) return;
  const double top = double((1 << std::clamp<int>(descriptor[2], 8, 16)) - 1);
  for (std::uint16_t& value : state.common.lightTable) {
    value = std::uint16_t(std::lround(std::min(1.0, value / top) * 65535));
  }
}

}  // namespace

bool PresentationState::isFor(std::string_view instance) const {
  return std::ranges::find(pictures, instance, &ReferencedPicture::sopInstance) != pictures.end();
}

PresentationView PresentationState::viewOf(std::string_view instance, int frame) const {
  PresentationView view = common;
  for (const PresentationPart& part : parts) {
    if (!part.pictures.empty() && !holds(part.pictures, instance, frame)) continue;
    if (part.window && !view.window) view.window = part.window;
    if (part.area && !view.area) {
      view.area = part.area;
      view.magnification = part.magnification;
    }
  }
  return view;
}

Result<PresentationState> readPresentationState(const std::filesystem::path& path) {
  auto file = DicomDataset::open(path);
  if (!file) return file.error();
  const DicomItem root = (*file)->root();
  if (!root.text(tag::SopClass).starts_with(kPresentationStates)) {
    return Error{ErrorCode::Unsupported, "this is not a presentation state", path.string(), ""};
  }
  if (!(*file)->damage().empty()) return Error{ErrorCode::Damaged, (*file)->damage(), path.string(), ""};
  PresentationState state;
  state.sopInstance = root.text(tag::SopInstance);
  for (const DicomItem& series : root.items(tag::ReferencedSeries)) {
    for (ReferencedPicture& picture : picturesOf(series, series.text(tag::SeriesUid))) {
      state.pictures.push_back(std::move(picture));
    }
  }
  state.common.name = root.text(tag::ContentLabel);
  state.common.description = root.text(tag::ContentDescription);
  if (root.has(tag::RescaleSlope)) {
    state.hasRescale = true;
    const double slope = root.number(tag::RescaleSlope).value_or(1);
    state.slope = slope != 0 ? slope : 1;
    state.intercept = root.number(tag::RescaleIntercept).value_or(0);
  }
  if (root.has(tag::ModalityLut)) state.warnings.push_back("its own modality table is not applied");
  readWindowsOf(**file, root, state);
  readAreas(root, state);
  readSpatial(root, state);
  readShutters(root, state);
  readLight(**file, root, state);
  return state;
}

}  // namespace fiducial::media
