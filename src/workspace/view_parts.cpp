#include "view_parts.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "presentation_parts.h"

namespace fiducial::workspace {
namespace {

double& along(VoxelPoint& point, int axis) { return axis == 0 ? point.i : axis == 1 ? point.j : point.k; }
double along(const VoxelPoint& point, int axis) { return axis == 0 ? point.i : axis == 1 ? point.j : point.k; }

}  // namespace

std::size_t ViewParts::clampIndex(int index) const {
  return index >= 0 && index < count() ? static_cast<std::size_t>(index) : 0;
}

void ViewParts::clear() {
  info_ = {};
  views_ = {ViewState{}};
  if (const auto size = sizes_.find(0); size != sizes_.end()) {
    std::tie(views_[0].width, views_[0].height) = size->second;
  }
  active_ = 0;
}

void ViewParts::setMedium(const MediumInfo& info) {
  const bool isSameGrid = info.kind == info_.kind && info.imageSize() == info_.imageSize() &&
                          info.frames == info_.frames && info.affine == info_.affine &&
                          info.sampleAspect == info_.sampleAspect && info.spacing == info_.spacing;
  info_ = info;
  if (isSameGrid) return;  // loading refined something else: zoom and place stay
  crosshair_ = {(info.columns - 1) / 2.0, (info.rows - 1) / 2.0, std::floor((info.frames - 1) / 2.0)};
  if (!isVolume()) crosshair_.k = 0;
  build();
}

void ViewParts::setLayout(LayoutKind layout) {
  if (layout == layout_) return;
  layout_ = layout;
  build();
}

void ViewParts::build() {
  using render::Plane;
  views_.clear();
  isPresented_ = false;
  if (layout() == LayoutKind::Single) {
    views_.push_back(viewOf(Plane::Stored));
  } else {
    // The plane that is the stored one comes first, so that shapes stand in the first view.
    views_.push_back(viewOf(Plane::Stored));
    for (const Plane plane : {Plane::Axial, Plane::Coronal, Plane::Sagittal}) {
      const ViewState view = viewOf(plane);
      if (view.axes.axisStep != 2) views_.push_back(view);
    }
  }
  for (int n = 0; n < count(); ++n) {
    ViewState& view = views_[static_cast<std::size_t>(n)];
    if (const auto size = sizes_.find(n); size != sizes_.end()) std::tie(view.width, view.height) = size->second;
    fitView(view);
  }
  active_ = 0;
}

ViewState ViewParts::viewOf(render::Plane plane) const {
  ViewState view;
  view.plane = plane;
  if (isVolume()) {
    view.axes = render::planeAxesFor(info_.affine, info_.hasGeometry, plane);
    view.step = static_cast<int>(std::lround(along(crosshair_, view.axes.axisStep)));
  }
  return view;
}

double ViewParts::pixelAspect(const render::PlaneAxes& axes) const {
  if (isVolume()) {
    const std::array<double, 2> spacing = render::pixelSpacingMm(axes, info_.affine);
    return spacing[0] > 0 && spacing[1] > 0 ? spacing[1] / spacing[0] : 1;
  }
  if (info_.spacing.size() >= 2 && info_.spacing[0] > 0 && info_.spacing[1] > 0) {
    return info_.spacing[1] / info_.spacing[0];
  }
  const double aspect = info_.sampleAspect.toDouble();
  return aspect > 0 ? 1 / aspect : 1;
}

void ViewParts::fitView(ViewState& view) const {
  const ImageSize size = render::pictureSize(view.axes, {info_.columns, info_.rows, isVolume() ? info_.frames : 1});
  if (size.columns <= 0 || size.rows <= 0) return;
  view.transform = render::ViewTransform::fitted(view.axes, size, pixelAspect(view.axes), view.width, view.height);
  view.fitted = true;
}

void ViewParts::resize(int index, double width, double height) {
  sizes_[index] = {width, height};
  if (index < 0 || index >= count()) return;
  ViewState& view = views_[static_cast<std::size_t>(index)];
  const double dx = (width - view.width) / 2;
  const double dy = (height - view.height) / 2;
  view.width = width;
  view.height = height;
  if (view.fitted) {
    fitView(view);
  } else {
    view.transform = view.transform.panned(dx, dy);
  }
}

void ViewParts::present(const PresentationView* presentation) {
  const ImageSize picture{info_.columns, info_.rows};
  const bool turns = presentation != nullptr && isSpatial(*presentation, picture);
  if (!turns && !isPresented_) return;
  isPresented_ = turns;
  for (ViewState& view : views_) {
    if (view.axes.axisStep != 2) continue;
    view.axes = turns ? axesOf(*presentation) : viewOf(view.plane).axes;
    fitView(view);
    if (!turns || !presentation->area) continue;
    const Box& area = *presentation->area;
    const ImageSize size{std::max(1, static_cast<int>(area.width)), std::max(1, static_cast<int>(area.height))};
    if (size == picture) continue;
    const double aspect = pixelAspect(view.axes);
    double zoom = render::ViewTransform::fitted(view.axes, size, aspect, view.width, view.height).zoom();
    if (presentation->magnification > 0) zoom = presentation->magnification;
    view.transform =
        render::ViewTransform(view.axes, picture, aspect, zoom, {view.width / 2, view.height / 2}, area.center());
    view.fitted = false;
  }
}

double ViewParts::fittedZoom(int index) const {
  ViewState view = at(index);
  fitView(view);
  return view.transform.zoom();
}

void ViewParts::fit(int index) { fitView(views_[clampIndex(index)]); }

void ViewParts::zoom(int index, ScreenPoint anchor, double factor) {
  ViewState& view = views_[clampIndex(index)];
  view.transform = view.transform.zoomedAt(anchor, factor);
  view.fitted = false;
}

void ViewParts::pan(int index, double dx, double dy) {
  ViewState& view = views_[clampIndex(index)];
  view.transform = view.transform.panned(dx, dy);
  view.fitted = false;
}

int ViewParts::stepCount(int index) const {
  return std::max(render::stepCount(at(index).axes, {info_.columns, info_.rows, info_.frames}), 1);
}

void ViewParts::setStep(int index, int step) {
  ViewState& view = views_[clampIndex(index)];
  view.step = std::clamp(step, 0, stepCount(index) - 1);
  if (isVolume()) along(crosshair_, view.axes.axisStep) = view.step;
}

void ViewParts::setFrame(int frame) {
  if (!isVolume()) return;
  if (const int stored = storedView(); stored >= 0) {
    setStep(stored, frame);
  } else {
    crosshair_.k = frame;
  }
}

int ViewParts::storedView() const {
  for (int n = 0; n < count(); ++n) {
    if (isStored(n)) return n;
  }
  return -1;
}

std::optional<VoxelPoint> ViewParts::crosshair() const {
  if (!isVolume()) return std::nullopt;
  return crosshair_;
}

void ViewParts::setCrosshair(int view, ImagePoint at) {
  if (!isVolume()) return;
  const ViewState& from = this->at(view);
  crosshair_ = render::pictureToVoxel(from.axes, at, from.step);
  clampCrosshair();
  for (ViewState& other : views_) {
    other.step = static_cast<int>(std::lround(along(crosshair_, other.axes.axisStep)));
  }
}

void ViewParts::clampCrosshair() {
  crosshair_.i = std::clamp(crosshair_.i, 0.0, std::max(info_.columns - 1.0, 0.0));
  crosshair_.j = std::clamp(crosshair_.j, 0.0, std::max(info_.rows - 1.0, 0.0));
  crosshair_.k = std::clamp(crosshair_.k, 0.0, std::max(info_.frames - 1.0, 0.0));
}

}  // namespace fiducial::workspace
