// Geometry and rescale of every frame: from the file's own attributes, its functional groups, or a dose grid's offsets.
#include <cmath>
#include <set>

#include "image_header.h"

namespace fiducial::media::dicom {
namespace {

double length(const Vector3& v) { return std::sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]); }

std::optional<Orientation> orientationOf(const DataSet& data, std::vector<std::string>& warnings,
                                         Tag name = tag::ImageOrientation) {
  const std::vector<double> six = data.numbers(name);
  if (six.size() != 6) return std::nullopt;
  Orientation orientation{{six[0], six[1], six[2]}, {six[3], six[4], six[5]}};
  const double row = length(orientation.row);
  const double column = length(orientation.column);
  if (!(row > 0.1) || !(column > 0.1)) return std::nullopt;
  double cosine = 0;
  for (int n = 0; n < 3; ++n) {
    cosine += orientation.row[std::size_t(n)] * orientation.column[std::size_t(n)] / (row * column);
  }
  if (std::abs(cosine) > 0.95) return std::nullopt;  // nearly parallel: no plane
  if (std::abs(cosine) > 1e-3) {
    warnings.push_back("Image Orientation: its rows and columns are not at right angles; taken as they are");
  }
  const bool isUnit = std::abs(row - 1) < 1e-3 && std::abs(column - 1) < 1e-3;
  if (!isUnit) {
    for (int n = 0; n < 3; ++n) {
      orientation.row[std::size_t(n)] /= row;
      orientation.column[std::size_t(n)] /= column;
    }
  }
  return orientation;
}

std::optional<Vector3> positionOf(const DataSet& data, Tag name = tag::ImagePosition) {
  const std::vector<double> three = data.numbers(name);
  if (three.size() != 3) return std::nullopt;
  return Vector3{three[0], three[1], three[2]};
}

void readMeasures(const DataSet& data, FrameHeader& frame, std::vector<std::string>& warnings) {
  const std::vector<double> spacing = data.numbers(tag::PixelSpacing);
  if (spacing.size() == 2 && spacing[0] > 0 && spacing[1] > 0) {
    frame.pixelSpacing = std::array{spacing[0], spacing[1]};
  } else if (!data.text(tag::PixelSpacing).empty()) {
    warnings.push_back("Pixel Spacing is not two positive numbers; the picture has no scale");
  }
  frame.thickness = std::abs(data.number(tag::SliceThickness).value_or(frame.thickness));
  frame.sliceSpacing = std::abs(data.number(tag::SpacingBetweenSlices).value_or(frame.sliceSpacing));
}

void readRescale(const DataSet& data, FrameHeader& frame, std::vector<std::string>& warnings) {
  if (!data.has(tag::RescaleSlope) && !data.has(tag::RescaleIntercept)) return;
  const auto slope = data.number(tag::RescaleSlope);
  const auto intercept = data.number(tag::RescaleIntercept);
  if (!intercept && data.has(tag::RescaleIntercept)) {
    warnings.push_back("Rescale Intercept is not a number; stored values are shown");
    return;
  }
  if (slope && *slope == 0) {
    warnings.push_back("Rescale Slope is 0; 1 is taken");
  } else if (!slope && data.has(tag::RescaleSlope) && !data.text(tag::RescaleSlope).empty()) {
    warnings.push_back("Rescale Slope is not a number; 1 is taken");
  }
  frame.rescale = {slope && *slope != 0 ? *slope : 1.0, intercept.value_or(0)};
}

/// Of an ultrasound volume, whose planes lie in its own coordinates. Source: PS3.3 C.7.6.16.2 (planes in volumes).
void readPlaneOfVolume(const DataSet& groups, FrameHeader& frame, std::vector<std::string>& warnings) {
  if (const DataSet* item = groups.item(tag::PlanePositionVolume)) {
    frame.position = positionOf(*item, tag::PositionInVolume);
    frame.isInPatient = false;
  }
  if (const DataSet* item = groups.item(tag::PlaneOrientationVolume)) {
    frame.orientation = orientationOf(*item, warnings, tag::OrientationInVolume);
    frame.isInPatient = false;
  }
}

/// What one functional group item (shared or of a frame) says, over what `frame` holds already.
void readGroups(const DataSet& groups, const WindowContext& context, FrameHeader& frame,
                std::vector<std::string>& warnings) {
  if (const DataSet* item = groups.item(tag::PlanePosition)) frame.position = positionOf(*item);
  if (const DataSet* item = groups.item(tag::PlaneOrientation)) frame.orientation = orientationOf(*item, warnings);
  readPlaneOfVolume(groups, frame, warnings);
  if (const DataSet* item = groups.item(tag::PixelMeasures)) readMeasures(*item, frame, warnings);
  if (const DataSet* item = groups.item(tag::PixelValueTransformation)) readRescale(*item, frame, warnings);
  if (const DataSet* item = groups.item(tag::FrameVoiLut)) frame.windows = readWindows(*item, context);
  if (const DataSet* item = groups.item(tag::FrameContent)) {
    frame.stack = item->text(tag::StackId);
  }
  readKindOfGroups(groups, frame.kind);
}

/// Frame n lies `distances[n]` mm along the normal of the first.
void placeAlongNormal(const std::vector<double>& distances, ImageHeader& header) {
  const FrameHeader first = header.frameHeaders.front();
  if (distances.size() != std::size_t(header.frames) || !first.position || !first.orientation) return;
  const auto& [row, column] = *first.orientation;
  const Vector3 normal{row[1] * column[2] - row[2] * column[1], row[2] * column[0] - row[0] * column[2],
                       row[0] * column[1] - row[1] * column[0]};
  header.frameHeaders.assign(distances.size(), first);
  for (std::size_t n = 0; n < distances.size(); ++n) {
    Vector3& position = *header.frameHeaders[n].position;
    for (std::size_t axis = 0; axis < 3; ++axis) position[axis] += normal[axis] * distances[n];
  }
  header.hasFrameGeometry = true;
}

/// RT Dose, PS3.3 C.8.8.3.2. Offsets that begin at the position itself are patient coordinates, the others distances.
void placeDose(std::vector<double> offsets, ImageHeader& header) {
  if (offsets.empty()) return;
  const double first = offsets.front();
  for (double& offset : offsets) offset -= first;
  placeAlongNormal(offsets, header);
}

/// "RECON TOMO" and "RECON GATED TOMO": slices, where other nuclear medicine is seen from a detector.
bool isReconstructedNuclear(const ImageHeader& header) {
  return header.sopClass == "1.2.840.10008.5.1.4.1.1.20" && header.imageType.size() > 2 &&
         header.imageType[2].starts_with("RECON");
}

/// The place of the first slice is told with the detector. Source: PS3.3 C.8.4.11.
void readDetectorPlace(const DataSet& data, FrameHeader& frame, std::vector<std::string>& warnings) {
  const DataSet* detector = data.item(tag::DetectorInformation);
  if (detector == nullptr) return;
  if (!frame.position) frame.position = positionOf(*detector);
  if (!frame.orientation) frame.orientation = orientationOf(*detector, warnings);
}

/// Which slice each frame is, from 1; where it is not said they are in order.
std::vector<double> slicesOf(const DataSet& data, const ImageHeader& header) {
  std::vector<double> slices = data.numbers(tag::SliceVector);
  const bool isGated = header.imageType[2].find("GATED") != std::string::npos;
  if (slices.empty() && !isGated) {
    for (int n = 1; n <= header.frames; ++n) slices.push_back(n);
  }
  return slices;
}

/// Slices along the normal, before the first where the spacing is negative. Source: PS3.3 C.8.4.15, C.8.4.8.
void placeNuclear(const DataSet& data, ImageHeader& header) {
  const double thickness = data.number(tag::SliceThickness).value_or(0);
  const double spacing = data.number(tag::SpacingBetweenSlices).value_or(thickness);
  std::vector<double> distances = slicesOf(data, header);
  if (spacing == 0) return;
  for (double& distance : distances) distance = (distance - 1) * spacing;
  placeAlongNormal(distances, header);
  const std::vector<double> beats = data.numbers(tag::RrIntervalVector);
  const std::vector<double> slots = data.numbers(tag::TimeSlotVector);
  for (std::size_t n = 0; n < header.frameHeaders.size(); ++n) {
    const double beat = beats.size() == header.frameHeaders.size() ? beats[n] : 0;
    const double slot = slots.size() == header.frameHeaders.size() ? slots[n] : 0;
    header.frameHeaders[n].kind.temporal = std::int64_t(beat) * 65536 + std::int64_t(slot);
  }
}

/// Of the values of the first frame.
std::string unitOfGroups(const DataSet& data, const std::string& modality) {
  for (const Tag groups : {tag::SharedGroups, tag::PerFrameGroups}) {
    const DataSet* group = data.item(groups);
    const DataSet* values = group == nullptr ? nullptr : group->item(tag::PixelValueTransformation);
    if (values == nullptr) continue;
    const std::string unit = values->text(tag::RescaleType);
    if (unit != "US" && !unit.empty()) return unit;
    return modality == "CT" ? "HU" : "";
  }
  return {};
}

void removeRepetitions(std::vector<std::string>& warnings) {
  std::set<std::string> seen;
  std::erase_if(warnings, [&](const std::string& warning) { return !seen.insert(warning).second; });
}

}  // namespace

void readFrameHeaders(const DataSet& data, ImageHeader& header) {
  FrameHeader common;
  common.position = positionOf(data);
  common.orientation = orientationOf(data, header.warnings);
  readMeasures(data, common, header.warnings);
  readRescale(data, common, header.warnings);
  const WindowContext context{data.texts(tag::SpecificCharacterSet),
                              header.format.isSigned || common.rescale.intercept < 0};
  common.windows = readWindows(data, context);
  const bool isNuclear = isReconstructedNuclear(header);
  if (isNuclear) readDetectorPlace(data, common, header.warnings);
  common.kind = frameKindOf(data);
  if (const auto scaling = data.number(tag::DoseGridScaling); scaling && *scaling > 0) common.rescale = {*scaling, 0};
  if (const DataSet* shared = data.item(tag::SharedGroups)) readGroups(*shared, context, common, header.warnings);

  const std::vector<DataSet>& perFrame = data.items(tag::PerFrameGroups);
  if (perFrame.size() >= std::size_t(header.frames)) {
    for (int n = 0; n < header.frames; ++n) {
      FrameHeader& frame = header.frameHeaders.emplace_back(common);
      readGroups(perFrame[std::size_t(n)], context, frame, header.warnings);
      const DataSet& groups = perFrame[std::size_t(n)];
      header.hasFrameGeometry =
          header.hasFrameGeometry || groups.has(tag::PlanePosition) || groups.has(tag::PlanePositionVolume);
    }
  } else {
    if (!perFrame.empty())
      header.warnings.push_back("fewer functional groups than frames; the frames have no geometry");
    header.frameHeaders.push_back(common);
    placeDose(data.numbers(tag::GridFrameOffsets), header);
    if (isNuclear && header.frames > 1) placeNuclear(data, header);
  }
  if (header.unit.empty()) header.unit = unitOfGroups(data, header.modality);
  removeRepetitions(header.warnings);
}

}  // namespace fiducial::media::dicom
