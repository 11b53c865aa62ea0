#include "fiducial/media/presentation_state.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "bitmap_shutter.h"
#include "fiducial/media/dicom_dataset.h"
#include "fiducial/media/dicom_tags.h"
#include "image_header.h"
#include "lookup_table.h"

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

/// Light of a colour given as L*a*b* in 16 bits each, of which the lightness is taken (PS3.3 C.10.7.1.1).
double lightOfCielab(double lightness) {
  const double l = std::clamp(lightness / 65535 * 100, 0.0, 100.0);
  const double linear = l > 8 ? std::pow((l + 16) / 116, 3) : l / 903.3;
  return linear > 0.0031308 ? 1.055 * std::pow(linear, 1 / 2.4) - 0.055 : linear * 12.92;
}

double shutterLightOf(DicomItem root) {
  if (const std::vector<double> color = root.numbers(tag::ShutterCielab); color.size() == 3) {
    return lightOfCielab(color.front());
  }
  return std::clamp(root.number(tag::ShutterValue).value_or(0) / 65535.0, 0.0, 1.0);
}

void readShutters(const DicomDataset& file, DicomItem root, PresentationState& state) {
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
    } else if (shape == "BITMAP") {
      auto bitmap = dicom::bitmapShutter(file, root);
      if (!bitmap) {
        state.warnings.push_back("its bitmap shutter is not in it and not applied");
        continue;
      }
      shutter = std::move(*bitmap);
    } else {
      state.warnings.push_back("a shutter of shape " + shape + " is not applied");
      continue;
    }
    state.common.shutters.push_back(std::move(shutter));
  }
  state.common.shutterLight = shutterLightOf(root);
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

void readModality(const DicomDataset& file, DicomItem root, PresentationState& state) {
  if (const DicomItem item = root.item(tag::ModalityLut)) {
    const dicom::DataSet data = copied(file, item);
    const dicom::Element* element = data.find(tag::LutDescriptor);
    const bool isSigned = element != nullptr && element->vr == dicom::vrOf("SS");
    if (const auto descriptor = dicom::descriptorOf(data, tag::LutDescriptor, isSigned)) {
      auto table = std::make_shared<VoiTable>();
      table->first = double(descriptor->first);
      table->top = double((1 << std::clamp(descriptor->bits, 8, 16)) - 1);
      table->entries = dicom::entriesOf(data, tag::LutData, *descriptor);
      if (!table->entries.empty()) state.modalityTable = std::move(table);
    }
    if (!state.modalityTable) state.warnings.emplace_back("its modality table is shorter than it says");
  } else if (const double slope = root.number(tag::RescaleSlope).value_or(0); slope != 0) {
    state.slope = slope;
    state.intercept = root.number(tag::RescaleIntercept).value_or(0);
  }
}

void readProfile(const DicomDataset& file, DicomItem root, PresentationState& state) {
  const DicomElement* element = root.find(tag::IccProfile);
  if (element == nullptr) return;
  const std::string profile = file.bytes(*element);
  const auto bytes = std::as_bytes(std::span(profile));
  state.iccProfile = std::make_shared<const std::vector<std::byte>>(bytes.begin(), bytes.end());
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
  readModality(**file, root, state);
  readWindowsOf(**file, root, state);
  readAreas(root, state);
  readSpatial(root, state);
  readShutters(**file, root, state);
  readLight(**file, root, state);
  readProfile(**file, root, state);
  return state;
}

}  // namespace fiducial::media
