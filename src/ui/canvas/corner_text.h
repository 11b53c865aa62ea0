// What stands around a picture: the four corners, orientation letters and the scale bar.
#pragma once

#include <QRectF>

#include "ui_context.h"

class QPainter;

namespace fiducial::ui {

/// `coveredTopPx` of the area lie under something else: what stands at the top moves below it, the rest stays.
void paintCorners(QPainter& painter, const UiContext& context, int view, const QRectF& area, int coveredTopPx);
void paintOrientation(QPainter& painter, const UiContext& context, int view, const QRectF& area, int coveredTopPx);
void paintScaleBar(QPainter& painter, const UiContext& context, int view, const QRectF& area);
/// The largest of 1, 2, 5 x 10^n mm that fits `maxPx` at `pxPerMm`.
[[nodiscard]] double scaleBarMm(double pxPerMm, double maxPx);

}  // namespace fiducial::ui
