// A slice or frame plus view parameters to RGBA pixels: window, zoom, pan, masks and their outlines. No widgets.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "fiducial/core/bricks.h"
#include "fiducial/core/medium.h"
#include "fiducial/core/run_mask.h"
#include "fiducial/core/scalar_buffer.h"
#include "fiducial/render/palette.h"
#include "fiducial/render/plane_view.h"

namespace fiducial::render {

/// 32-bit pixels, 0xffRRGGBB each (QImage::Format_RGB32), top-left first. Owner: the caller, who may reuse it.
struct Raster {
  int width = 0;
  int height = 0;
  std::vector<std::uint32_t> pixels;
  void resize(int w, int h);
};

enum class Interpolation : std::uint8_t { Nearest, Linear };

/// How stored gray or colour becomes light.
struct Tone {
  WindowLevel window;  ///< in output units
  double slope = 1;    ///< output = stored * slope + intercept
  double intercept = 0;
  bool inverted = false;  ///< MONOCHROME1, or the user's Invert
  double brightness = 0;  ///< colour only, -1..1
  double contrast = 1;    ///< colour only, 0..4
  /// Presentation LUT: 0..65535 over the whole range of light, before the inversion; null: none.
  std::shared_ptr<const std::vector<std::uint16_t>> lightTable{};
  friend bool operator==(const Tone&, const Tone&) = default;
};

/// One plane of a buffer. `values` may be a volume (gray) or a single picture (gray, RGB or RGBX).
struct PictureView {
  ScalarBuffer values;
  PlaneAxes axes;
  int step = 0;  ///< index along axes.axisStep
  Tone tone;
  Interpolation interpolation = Interpolation::Linear;
  double squaresFromZoom = 8;  ///< from this zoom on pixels are shown as squares, whatever `interpolation` says
};

/// A labelled region over the picture: a segment's bricks in the view's plane, or a mask on a 2D picture.
struct MaskLayer {
  const BrickVolume* bricks = nullptr;  ///< borrowed for the call
  const RunMask* mask = nullptr;        ///< borrowed for the call
  Rgba color;                           ///< alpha unused
  double fill = 0.3;                    ///< opacity of the inside
  double outlinePx = 1.5;               ///< opaque outline in screen pixels, 0: none
};

/// Draws the picture (ground #000 outside) into `target`, whose size is the view's in device pixels; `transform` must
/// be in device pixels too (ViewTransform::scaled) and made with the view's axes. A `step` that is not there gives
/// ground. Window: its function; LINEAR where output values are whole numbers, else LINEAR_EXACT (PS3.3 C.11.2.1.2).
/// Thread: any; uses both cores for large targets.
void renderPicture(const PictureView& view, const ViewTransform& transform, Raster& target);
/// Blends masks over what is there, in order. Outlines lie inside the region's border. Shown smaller than it is, a
/// region never loses its last pixel. Masks must have passed check().
void renderMasks(std::span<const MaskLayer> layers, const PlaneAxes& axes, int step, const ViewTransform& transform,
                 Raster& target);

/// A window for a medium without a stored one: 0.5 to 99.5 % of all loaded values without padding (CT: 400/40 is the
/// caller's choice). Padding is a value or, with a limit, a range in either order. Looks at no more than about a
/// million evenly spread samples.
[[nodiscard]] WindowLevel percentileWindow(const ScalarBuffer& values, double slope, double intercept,
                                           std::optional<double> storedPadding,
                                           std::optional<double> paddingLimit = {});
/// The VOI the medium asks for, else CT 400/40, else percentiles; for colour a neutral tone, and for 8-bit photographs
/// and videos, which are made for the eye already, 0..255.
[[nodiscard]] Tone defaultTone(const MediumInfo& info, const ScalarBuffer& values);

}  // namespace fiducial::render
