// The views of the canvas: which plane each shows, where it stands, zoom and pan, and the crosshair that links them.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "fiducial/workspace/workspace.h"

namespace fiducial::workspace {

/// Thread: the owner's.
class ViewParts {
 public:
  /// Another medium: views are laid out anew and fitted. Volumes keep the layout, other kinds have one view.
  void setMedium(const MediumInfo& info);
  void clear();
  void setLayout(LayoutKind layout);
  [[nodiscard]] LayoutKind layout() const { return isVolume() ? layout_ : LayoutKind::Single; }
  [[nodiscard]] int count() const { return static_cast<int>(views_.size()); }
  /// Any index: the first view stands in for those that are not there.
  [[nodiscard]] const ViewState& at(int index) const { return views_[clampIndex(index)]; }
  [[nodiscard]] int active() const { return active_; }
  void setActive(int index) { active_ = static_cast<int>(clampIndex(index)); }

  void resize(int index, double width, double height);
  void fit(int index);
  /// The zoom at which the whole picture is in the view.
  [[nodiscard]] double fittedZoom(int index) const;
  /// The stored slices as a presentation wants them to lie; nothing: as they usually do.
  void present(const PresentationView* presentation);
  void zoom(int index, ScreenPoint anchor, double factor);
  void pan(int index, double dx, double dy);
  /// Clamped. Keeps the crosshair in step.
  void setStep(int index, int step);
  void setFrame(int frame);
  [[nodiscard]] int stepCount(int index) const;
  /// The view that shows the stored slices, or -1.
  [[nodiscard]] int storedView() const;
  [[nodiscard]] bool isStored(int index) const { return at(index).axes.axisStep == 2; }
  [[nodiscard]] std::optional<VoxelPoint> crosshair() const;
  /// Other views step to the point.
  void setCrosshair(int view, ImagePoint at);

 private:
  [[nodiscard]] bool isVolume() const { return info_.kind == MediumKind::Volume; }
  [[nodiscard]] std::size_t clampIndex(int index) const;
  [[nodiscard]] double pixelAspect(const render::PlaneAxes& axes) const;
  void build();
  [[nodiscard]] ViewState viewOf(render::Plane plane) const;
  void fitView(ViewState& view) const;
  void clampCrosshair();

  MediumInfo info_;
  LayoutKind layout_ = LayoutKind::Single;
  std::vector<ViewState> views_{ViewState{}};  ///< never empty
  std::map<int, std::pair<double, double>> sizes_;
  int active_ = 0;
  bool isPresented_ = false;  ///< the stored slices lie as a presentation wanted
  VoxelPoint crosshair_;
};

}  // namespace fiducial::workspace
