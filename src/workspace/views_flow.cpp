// The facade's views: what the renderer needs, tone, crosshair, read-out.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "parts.h"
#include "presentation_parts.h"

namespace fiducial::workspace {
namespace {

/// A coarse picture is smooth when it is shown whole; who zooms in wants to see its pixels.
constexpr double kSquaresBeyondFit = 1.2;
constexpr double kAlwaysSquaresFrom = 48;  ///< a picture of a few pixels

std::string number(double value, const char* format) {
  char text[48];
  std::snprintf(text, sizeof text, format, value);
  return text;
}

/// The slice to show for a step: itself, or while it loads the one shown before, or the nearest that is there.
std::optional<int> loadedStep(const media::Volume& volume, int step, std::optional<int> before) {
  if (volume.isLoaded(step)) return step;
  if (before && volume.isLoaded(*before)) return before;
  const int count = volume.info().frames;
  for (int away = 1; away < count; ++away) {
    if (step - away >= 0 && volume.isLoaded(step - away)) return step - away;
    if (step + away < count && volume.isLoaded(step + away)) return step + away;
  }
  return std::nullopt;
}

std::string letterNumber(double value, char positive, char negative) {
  return std::string(1, value >= 0 ? positive : negative) + " " + number(std::abs(value), "%.1f");
}

/// Where a point of an ultrasound picture is in the units of its region: "12.3 mm  40.1 mm (2D)".
std::string regionText(const ImageCalibration& calibration, VoxelPoint at) {
  const ImagePoint point{at.i + 0.5, at.j + 0.5};
  const CalibratedRegion* region = regionAt(calibration, point);
  if (!region) return "outside the calibrated regions";
  const std::optional<RegionValue> value = valueAt(*region, point);
  const double x = value ? value->x : (point.x - region->left) * region->perPixelX;
  const double y = value ? value->y : (point.y - region->top) * region->perPixelY;
  return number(x, "%.1f") + " " + region->unitX + "  " + number(y, "%.1f") + " " + region->unitY + " (" +
         region->kind + ")";
}

std::string patientText(const MediumInfo& info, VoxelPoint at) {
  if (info.hasGeometry) {
    const PatientPoint p = info.affine.voxelToPatient(at);
    return letterNumber(p.x, 'L', 'R') + "  " + letterNumber(p.y, 'P', 'A') + "  " + letterNumber(p.z, 'S', 'I') +
           " mm";
  }
  if (info.extras.calibration.source == CalibrationSource::Regions) return regionText(info.extras.calibration, at);
  if (info.spacing.size() >= 2) {
    return number((at.i + 0.5) * info.spacing[0], "%.1f") + " x " + number((at.j + 0.5) * info.spacing[1], "%.1f") +
           " mm";
  }
  return "uncalibrated";
}

std::string valueText(const ScalarBuffer& values, Voxel at, const MediumInfo& info) {
  if (values.components() >= 3) {
    std::string text;
    for (int c = 0; c < 3; ++c) text += (c > 0 ? ", " : "") + number(values.at(at, c), "%.0f");
    return text;
  }
  const double value = values.at(at) * info.slope + info.intercept;
  const bool isWhole = value == std::floor(value) && std::abs(value) < 1e9;
  std::string text = number(value, isWhole ? "%.0f" : "%.4g") + (info.unit.empty() ? "" : " " + info.unit);
  const SecondUnit& second = info.extras.secondUnit;
  if (!second.unit.empty()) text += "  " + number(value * second.factor, "%.2f") + " " + second.unit;
  return text;
}

}  // namespace

LayoutKind Workspace::layout() const { return parts_->views.layout(); }

void Workspace::setLayout(LayoutKind layout) {
  parts_->finishGesture();
  parts_->views.setLayout(layout);
  parts_->views.setFrame(parts_->frame);
  parts_->notices.changed(Topic::View | Topic::Picture);
}

int Workspace::viewCount() const { return parts_->views.count(); }
const ViewState& Workspace::view(int index) const { return parts_->views.at(index); }
int Workspace::activeView() const { return parts_->views.active(); }

void Workspace::setActiveView(int index) {
  if (index == parts_->views.active()) return;
  parts_->views.setActive(index);
  parts_->notices.changed(Topic::View);
}

void Workspace::resizeView(int index, double width, double height) {
  parts_->views.resize(index, width, height);
  parts_->notices.changed(Topic::View);
}

void Workspace::fit(int index) {
  parts_->views.fit(index);
  parts_->notices.changed(Topic::View);
}

void Workspace::zoomView(int index, ScreenPoint anchor, double factor) {
  parts_->views.zoom(index, anchor, factor);
  parts_->notices.changed(Topic::View);
}

void Workspace::setZoom(int index, double zoom) {
  const ViewState& view = parts_->views.at(index);
  if (view.transform.zoom() <= 0) return;
  zoomView(index, {view.width / 2, view.height / 2}, zoom / view.transform.zoom());
}

void Workspace::panView(int index, double dx, double dy) {
  parts_->views.pan(index, dx, dy);
  parts_->notices.changed(Topic::View);
}

int Workspace::viewStepCount(int index) const { return parts_->views.stepCount(index); }

void Workspace::setViewStep(int index, int step) {
  Parts& p = *parts_;
  if (!p.medium.isVolume() || p.views.isStored(index)) return p.setFrame(step);
  p.finishGesture();
  p.views.setStep(index, step);
  p.notices.changed(Topic::View | Topic::Picture);
}

void Workspace::stepView(int index, int delta) {
  const bool isFrame = !parts_->medium.isVolume() || parts_->views.isStored(index);
  setViewStep(index, (isFrame ? parts_->frame : parts_->views.at(index).step) + delta);
}

std::optional<render::PictureView> Workspace::pictureView(int index) const {
  Parts& p = *parts_;
  render::PictureView picture;
  picture.axes = p.views.at(index).axes;
  picture.tone = p.tones.tone();
  picture.squaresFromZoom =
      std::clamp(kSquaresBeyondFit * p.views.fittedZoom(index), picture.squaresFromZoom, kAlwaysSquaresFrom);
  if (!p.medium.isVolume()) {
    const auto frame = p.medium.shownFrame();
    if (!frame) return std::nullopt;
    picture.values = frame->pixels;
    return picture;
  }
  const auto volume = p.medium.volume();
  if (!volume) return std::nullopt;
  picture.values = volume->values();
  picture.step = p.views.at(index).step;
  if (!p.views.isStored(index)) {
    // Other planes cross all slices: they are shown once all are there.
    return volume->isComplete() ? std::optional(picture) : std::nullopt;
  }
  const auto before = p.shownStep.find(index);
  const std::optional<int> step =
      loadedStep(*volume, picture.step, before == p.shownStep.end() ? std::nullopt : std::optional(before->second));
  if (!step) return std::nullopt;
  p.shownStep[index] = picture.step = *step;
  return picture;
}

std::vector<render::MaskLayer> Workspace::maskLayers(int index) const {
  Parts& p = *parts_;
  std::vector<render::MaskLayer> layers;
  if (!p.medium.medium()) return layers;
  p.addFileLayers(index, layers);
  if (!p.overlay.labelsVisible) return layers;
  const auto add = [&](ClassId id, bool isActive, double fill, double activeFill) -> render::MaskLayer& {
    const LabelClass* labelClass = p.labels.findClass(id);
    render::MaskLayer& layer = layers.emplace_back();
    layer.color = render::parseColor(labelClass ? labelClass->color : "");
    layer.fill = isActive ? activeFill : fill;
    if (p.overlay.style == OverlayOptions::Style::Outline) layer.fill = 0;
    if (p.overlay.style == OverlayOptions::Style::Fill) layer.outlinePx = 0;
    return layer;
  };
  const std::optional<edit::Preview>& preview = p.tools.preview;
  const auto working = [&](SegmentationId id) -> const BrickVolume* {
    if (!preview) return nullptr;
    const auto found = std::ranges::find(preview->segments, id, [](const auto& segment) { return segment.first; });
    return found == preview->segments.end() ? nullptr : found->second.get();
  };
  for (const auto& [id, segment] : p.labels.segments()) {
    if (p.selection.hidden.contains({RecordKind::Segmentation, raw(id)})) continue;
    const BrickVolume* changed = working(id);
    add(segment.segmentation.value.labelClass, id == p.tools.activeSegment, 0.3, 0.45).bricks =
        changed ? changed : &segment.voxels;
  }
  if (const BrickVolume* fresh = working(SegmentationId{})) add(p.tools.currentClass, true, 0.3, 0.45).bricks = fresh;
  if (p.medium.isVolume() && !p.views.isStored(index)) return layers;
  for (const edit::SceneShape& shape : shapes()) {
    const auto* mask = std::get_if<RunMask>(&shape.shape);
    if (!mask || p.selection.hidden.contains(shape.ref) || (preview && preview->replaces == shape.ref)) continue;
    const bool isSelected = std::ranges::find(selection(), shape.ref) != selection().end();
    add(shape.labelClass, isSelected, 0.3, 0.45).mask = mask;
  }
  if (preview && preview->shape) {
    if (const auto* mask = std::get_if<RunMask>(&*preview->shape)) {
      ClassId of = p.tools.currentClass;
      if (preview->replaces) of = p.labels.classOf(*preview->replaces).value_or(of);
      add(of, true, 0.3, 0.45).mask = mask;
    }
  }
  return layers;
}

const render::Tone& Workspace::tone() const { return parts_->tones.tone(); }

void Workspace::setTone(render::Tone tone) {
  parts_->tones.set(std::move(tone));
  parts_->notices.changed(Topic::View);
}

void Workspace::dragWindow(double dx, double dy) {
  parts_->tones.drag(dx, dy);
  parts_->notices.changed(Topic::View);
}

std::vector<WindowLevel> Workspace::windowPresets() const { return parts_->tones.presets(); }

void Workspace::applyWindowPreset(int index) {
  Parts& p = *parts_;
  p.tones.applyPreset(index);
  const PresentationView* wanted = p.tones.presentationOf(index);
  p.presentation = wanted ? std::optional(*wanted) : std::nullopt;
  p.shutter = wanted && !wanted->shutters.empty() ? hiddenBy(*wanted, p.medium.info().imageSize()) : RunMask{};
  p.views.present(wanted);
  parts_->notices.changed(Topic::View);
}

const OverlayOptions& Workspace::overlay() const { return parts_->overlay; }

void Workspace::setOverlay(OverlayOptions overlay) {
  parts_->overlay = overlay;
  parts_->notices.changed(Topic::View);
}

Workspace::Probe Workspace::probe(int view, ImagePoint at) const {
  const Parts& p = *parts_;
  Probe probe;
  if (!p.medium.medium()) return probe;
  const ViewState& state = p.views.at(view);
  const VoxelPoint voxel = render::pictureToVoxel(state.axes, at, p.medium.isVolume() ? state.step : 0);
  probe.image = "x " + number(at.x, "%.1f") + "  y " + number(at.y, "%.1f");
  probe.patient = patientText(p.medium.info(), voxel);
  const Voxel nearest{static_cast<int>(std::lround(voxel.i)), static_cast<int>(std::lround(voxel.j)),
                      static_cast<int>(std::lround(voxel.k))};
  if (const auto volume = p.medium.volume()) {
    const bool isThere = volume->values().size().contains(nearest) && volume->isLoaded(nearest.k);
    if (isThere) probe.value = valueText(volume->values(), nearest, volume->info());
  } else if (const auto frame = p.medium.shownFrame()) {
    if (frame->pixels.size().contains(nearest)) probe.value = valueText(frame->pixels, nearest, p.medium.info());
  }
  return probe;
}

std::optional<VoxelPoint> Workspace::crosshair() const { return parts_->views.crosshair(); }

void Workspace::setCrosshair(int view, ImagePoint at) {
  Parts& p = *parts_;
  if (!p.medium.isVolume()) return;
  p.views.setCrosshair(view, at);
  const int slice = static_cast<int>(std::lround(p.views.crosshair()->k));
  if (slice != p.frame) p.setFrame(slice);
  p.notices.changed(Topic::View | Topic::Picture);
}

}  // namespace fiducial::workspace
