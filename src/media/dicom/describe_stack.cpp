// From a stack of frames to the MediumInfo that projects, the window and `inspect` show.
#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>

#include "calibration.h"
#include "mosaic.h"
#include "slice_stack.h"

namespace fiducial::media::dicom {
namespace {

void addIdentity(const SliceStack& stack, MediumInfo& info) {
  const ImageHeader& header = stack.frames.front().file->header();
  info.format = "dicom";
  info.modality = header.modality;
  info.seriesDescription = header.seriesDescription;
  info.patientName = header.patientName;
  info.studyUid = header.studyUid;
  info.studyDescription = header.studyDescription;
  info.studyDate = header.studyDate;
  info.seriesUid = header.seriesUid;
  info.selector = stack.selector;
  info.transferSyntax = std::string(header.syntax->uid);
  info.lossy = header.lossy;
  info.inverted = header.format.photometric == "MONOCHROME1";
  info.unit = header.unit;
}

/// Of slices that ask for another window than the middle one, which is that of the whole medium: values must look alike
/// on all slices and on planes across them. Where they are many (a window for each slice), some of them, evenly spaced.
std::vector<WindowLevel> otherWindows(const SliceStack& stack, int slices, const std::vector<WindowLevel>& known) {
  constexpr std::size_t kMost = 8;
  std::vector<WindowLevel> others;
  std::set<std::tuple<double, double, VoiFunction>> seen;
  for (const WindowLevel& window : known) seen.insert({window.center, window.width, window.function});
  const std::vector<WindowLevel>* last = nullptr;
  for (int k = 0; k < slices; ++k) {
    const std::vector<WindowLevel>& windows = stack.frames[std::size_t(k)].header().windows;
    if (windows == known || (last != nullptr && windows == *last)) continue;
    last = &windows;
    for (const WindowLevel& window : windows) {
      if (window.function == VoiFunction::Table) continue;
      if (!seen.insert({window.center, window.width, window.function}).second) continue;
      others.push_back(window);
      others.back().name += (window.name.empty() ? "Slice " : ", slice ") + std::to_string(k + 1);
    }
  }
  if (others.size() <= kMost) return others;
  std::vector<WindowLevel> some;
  for (std::size_t n = 0; n < kMost; ++n) some.push_back(others[n * (others.size() - 1) / (kMost - 1)]);
  return some;
}

void addValues(const SliceStack& stack, const ValuePlan& plan, MediumInfo& info) {
  const FrameRef& middle = stack.frames[stack.frames.size() / 2];
  const ImageHeader& header = middle.file->header();
  info.components = plan.components;
  info.scalar = plan.scalar;
  info.slope = plan.slope;
  info.intercept = plan.intercept;
  info.windows = middle.header().windows;
  if (stack.kind != MediumKind::Cine) info.extras.sliceWindows = otherWindows(stack, info.frames, info.windows);
  info.extras.secondUnit = header.secondUnit;
  if (!header.secondUnit.reason.empty()) info.warnings.push_back(header.secondUnit.reason);
  if (header.padding && !plan.appliesRescale && !plan.appliesTable && !plan.isColour) {
    info.paddingValue = double(*header.padding);
    if (header.paddingLimit) info.extras.paddingLimit = double(*header.paddingLimit);
  }
  if (plan.appliesRescale)
    info.warnings.push_back("the rescale differs from slice to slice; values are shown rescaled");
}

/// The colour profile as it is in the file: kept for those who can use it.
void addProfile(const SliceStack& stack, MediumInfo& info) {
  const ImageFile& file = *stack.frames.front().file;
  const ElementLocation& profile = file.header().iccProfile;
  if (profile.length == 0 || profile.length > (std::uint64_t{16} << 20)) return;
  auto bytes = file.readBytes(profile.offset, std::size_t(profile.length));
  if (bytes) info.extras.iccProfile = std::make_shared<const std::vector<std::byte>>(std::move(*bytes));
}

void addPictureSpacing(const SliceStack& stack, MediumInfo& info) {
  ImageCalibration& calibration = info.extras.calibration;
  info.spacing = pictureSpacing(stack.frames.front().file->header(), calibration);
  if (calibration.source == CalibrationSource::Detector) {
    info.warnings.push_back("distances are those on the detector; what was imaged is smaller");
  } else if (calibration.source == CalibrationSource::DetectorMagnified) {
    info.warnings.push_back("distances are those on the detector, divided by the estimated magnification");
  } else if (calibration.source == CalibrationSource::Nominal) {
    info.warnings.push_back("distances are those on the scanned film");
  }
  if (info.spacing.empty()) return;
  info.affine = Affine({{{info.spacing[0], 0, 0, 0}, {0, info.spacing[1], 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}}});
}

void addTime(const SliceStack& stack, MediumInfo& info) {
  const ImageHeader& header = stack.frames.front().file->header();
  info.timeBase = {1, 1000000};
  double total = 0;
  for (std::size_t n = 1; n < header.frameTimesMs.size(); ++n) {
    total += header.frameTimesMs[n];
    info.variableRate = info.variableRate || std::abs(header.frameTimesMs[n] - header.frameTimesMs[1]) > 0.01;
  }
  double frameMs = header.frameTimeMs;
  if (!header.frameTimesMs.empty() && total > 0) frameMs = total / double(header.frameTimesMs.size() - 1);
  if (!(frameMs > 0)) {
    frameMs = 40;
    const bool isSlide = header.sopClass == "1.2.840.10008.5.1.4.1.1.77.1.6";
    info.warnings.push_back(isSlide ? "a slide scanned in tiles: its frames are the tiles, shown one after another"
                                    : "the header gives no frame time; played at 25 frames a second");
  }
  info.frameRate = 1000 / frameMs;
  info.durationSeconds = frameMs * info.frames / 1000;
}

void addWarnings(const SliceStack& stack, MediumInfo& info) {
  constexpr std::size_t kShown = 20;
  const auto add = [&](const std::string& warning) {
    const bool isNew = std::find(info.warnings.begin(), info.warnings.end(), warning) == info.warnings.end();
    if (isNew && info.warnings.size() < kShown) info.warnings.push_back(warning);
  };
  for (const std::string& warning : stack.warnings) add(warning);
  const ImageFile* last = nullptr;
  for (const FrameRef& ref : stack.frames) {
    const std::string truncation = ref.file->truncation(ref.frame);
    if (!truncation.empty()) add(ref.file->path().filename().string() + ": " + truncation);
    if (ref.file.get() == last) continue;
    last = ref.file.get();
    for (const std::string& warning : ref.file->header().warnings) add(warning);
  }
}

}  // namespace

MediumInfo describe(const SliceStack& stack, ValuePlan& plan) {
  MediumInfo info;
  info.kind = stack.kind;
  addIdentity(stack, info);
  const ImageSize size = pictureSize(stack.frames.front());
  info.columns = size.columns;
  info.rows = size.rows;
  info.times = stack.times;
  info.frames = int(stack.frames.size()) / stack.times;
  plan = planValues(stack.frames);
  addValues(stack, plan, info);
  addProfile(stack, info);
  if (stack.kind == MediumKind::Volume) {
    StackGeometry geometry = geometryOf(std::span(stack.frames).first(std::size_t(info.frames)));
    info.hasGeometry = geometry.isPatientSpace;
    info.affine = geometry.affine;
    const auto spacing = info.affine.spacingMm();
    const bool isCalibrated = stack.frames.front().header().pixelSpacing.has_value();
    if (isCalibrated) info.spacing.assign(spacing.begin(), spacing.end());
    if (isCalibrated) {
      info.extras.calibration.source = info.hasGeometry ? CalibrationSource::Patient : CalibrationSource::Declared;
    }
    info.warnings.insert(info.warnings.end(), geometry.warnings.begin(), geometry.warnings.end());
  } else {
    addPictureSpacing(stack, info);
    if (stack.kind == MediumKind::Cine) addTime(stack, info);
  }
  addWarnings(stack, info);
  return info;
}

}  // namespace fiducial::media::dicom
