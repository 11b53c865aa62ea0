#include "canvas/corner_text.h"

#include <QCoreApplication>
#include <QLocale>
#include <QPainter>
#include <cmath>

#include "canvas/calibration_text.h"
#include "canvas/outlined_text.h"
#include "panels/window_number.h"
#include "text.h"

namespace fiducial::ui {
namespace {

constexpr double kMargin = 8;
constexpr double kBarMaxPx = 140;

QString tr(const char* text) { return QCoreApplication::translate("CornerText", text); }

QString planeName(render::Plane plane) {
  switch (plane) {
    case render::Plane::Axial:
      return tr("Axial");
    case render::Plane::Sagittal:
      return tr("Sagittal");
    case render::Plane::Coronal:
      return tr("Coronal");
    case render::Plane::Stored:
      break;
  }
  return {};
}

QString topLeft(const workspace::MediumItem& item) {
  QStringList lines;
  if (!item.subject.empty()) lines << qt(item.subject);
  const QString date = qt(item.medium.value.info.studyDate);
  if (date.size() == 8) lines << QStringLiteral("%1-%2-%3").arg(date.left(4), date.mid(4, 2), date.mid(6, 2));
  return lines.join(QLatin1Char('\n'));
}

QString topRight(const workspace::MediumItem& item) {
  const MediumInfo& info = item.medium.value.info;
  QStringList lines{qt(item.medium.value.name)};
  const QString series = qt(info.seriesDescription);
  if (!series.isEmpty() && series != lines.front()) lines << series;
  QStringList said;
  if (!info.modality.empty()) said << qt(info.modality);
  if (info.lossy) said << tr("lossy");
  if (info.hasGeometry && info.kind == MediumKind::Volume && info.affine.isSheared()) said << tr("tilted");
  if (info.variableRate) said << tr("variable frame rate");
  if (!said.isEmpty()) lines << said.join(QStringLiteral(" · "));
  return lines.join(QLatin1Char('\n'));
}

QString bottomLeft(const workspace::Workspace& workspace, int view) {
  QStringList lines;
  const auto picture = workspace.pictureView(view);
  const render::Tone& tone = workspace.tone();
  if (picture && picture->values.components() == 1) {
    QString window =
        QStringLiteral("W %1  L %2").arg(windowNumber(tone.window.width), windowNumber(tone.window.center));
    if (!tone.window.name.empty()) window += QStringLiteral("  ") + qt(tone.window.name);
    lines << window;
  } else if (picture && (tone.brightness != 0 || tone.contrast != 1)) {
    lines << tr("brightness %1  contrast %2").arg(tone.brightness, 0, 'f', 2).arg(tone.contrast, 0, 'f', 2);
  }
  lines << QStringLiteral("%1 %").arg(qRound(workspace.view(view).transform.zoom() * 100));
  return lines.join(QLatin1Char('\n'));
}

QString bottomRight(const workspace::Workspace& workspace, const MediumInfo& info, int view) {
  const workspace::ViewState& state = workspace.view(view);
  QStringList lines;
  if (const QString name = planeName(state.plane); !name.isEmpty()) lines << name;
  if (info.kind == MediumKind::Volume) {
    lines << tr("slice %1 of %2").arg(state.step + 1).arg(workspace.viewStepCount(view));
    if (info.hasGeometry) {
      const double mm = info.affine.spacingMm()[static_cast<std::size_t>(state.axes.axisStep)];
      lines << tr("%1 mm apart").arg(QLocale().toString(mm, 'g', 3));
    }
  } else if (workspace.frameCount() > 1) {
    const QString about = info.framesProvisional ? QStringLiteral("~") : QString();
    lines << tr("frame %1 of %2%3").arg(workspace.frame()).arg(about).arg(workspace.frameCount());
    lines << qt(workspace.timecode(workspace.frame()));
  }
  if (workspace.timeCount() > 1) lines << tr("time %1 of %2").arg(workspace.time() + 1).arg(workspace.timeCount());
  if (info.kind != MediumKind::Video && view == 0)
    if (const QString known = calibrationText(workspace.shownInfo()); !known.isEmpty()) lines << known;
  return lines.join(QLatin1Char('\n'));
}

}  // namespace

void paintCorners(QPainter& painter, const UiContext& context, int view, const QRectF& area, int coveredTopPx) {
  const workspace::MediumItem* item = context.workspace.currentMedium();
  if (!item || !context.workspace.overlay().text) return;
  const QRectF inner = area.adjusted(kMargin, kMargin, -kMargin, -kMargin);
  const Theme& theme = context.theme;
  const QPointF below(0, coveredTopPx);
  if (view == 0)
    paintOutlinedText(painter, theme, inner.topLeft() + below, Qt::AlignLeft | Qt::AlignTop, topLeft(*item));
  if (view == 0)
    paintOutlinedText(painter, theme, inner.topRight() + below, Qt::AlignRight | Qt::AlignTop, topRight(*item));
  paintOutlinedText(painter, theme, inner.bottomLeft(), Qt::AlignLeft | Qt::AlignBottom,
                    bottomLeft(context.workspace, view));
  paintOutlinedText(painter, theme, inner.bottomRight(), Qt::AlignRight | Qt::AlignBottom,
                    bottomRight(context.workspace, item->medium.value.info, view));
}

void paintOrientation(QPainter& painter, const UiContext& context, int view, const QRectF& area, int coveredTopPx) {
  const workspace::MediumItem* item = context.workspace.currentMedium();
  if (!item || !context.workspace.overlay().text) return;
  const MediumInfo& info = item->medium.value.info;
  const auto letters = render::orientationLetters(context.workspace.view(view).axes, info.affine, info.hasGeometry);
  const QRectF inner = area.adjusted(kMargin, kMargin, -kMargin, -kMargin);
  const QPointF middle = inner.center();
  const Theme& theme = context.theme;
  paintOutlinedText(painter, theme, {inner.left(), middle.y()}, Qt::AlignLeft | Qt::AlignVCenter, qt(letters.left));
  paintOutlinedText(painter, theme, {inner.right(), middle.y()}, Qt::AlignRight | Qt::AlignVCenter, qt(letters.right));
  paintOutlinedText(painter, theme, {middle.x(), inner.top() + coveredTopPx}, Qt::AlignHCenter | Qt::AlignTop,
                    qt(letters.top));
  paintOutlinedText(painter, theme, {middle.x(), inner.bottom()}, Qt::AlignHCenter | Qt::AlignBottom,
                    qt(letters.bottom));
}

double scaleBarMm(double pxPerMm, double maxPx) {
  if (!(pxPerMm > 0)) return 0;
  const double mm = maxPx / pxPerMm;
  const double decade = std::pow(10.0, std::floor(std::log10(mm)));
  for (const double step : {5.0, 2.0, 1.0})
    if (step * decade <= mm) return step * decade;
  return decade;
}

void paintScaleBar(QPainter& painter, const UiContext& context, int view, const QRectF& area) {
  const workspace::MediumItem* item = context.workspace.currentMedium();
  if (!item || !context.workspace.overlay().text) return;
  const MediumInfo& info = item->medium.value.info;
  if (info.spacing.empty()) return;
  const workspace::ViewState& state = context.workspace.view(view);
  const double spacing = info.hasGeometry ? render::pixelSpacingMm(state.axes, info.affine)[0] : info.spacing.front();
  const double pxPerMm = state.transform.zoom() / spacing;
  // The texts of the lower corners keep their place: a narrow view has a short bar.
  const double mm = scaleBarMm(pxPerMm, std::min(kBarMaxPx, area.width() / 4));
  if (mm <= 0) return;
  const QString text = mm >= 10 ? tr("%1 cm").arg(mm / 10) : mm < 1 ? tr("%1 µm").arg(mm * 1000) : tr("%1 mm").arg(mm);
  const double width = mm * pxPerMm;
  const double y = area.bottom() - 26;
  const double left = area.center().x() - width / 2;
  const auto stroke = [&](const QColor& color, double pen) {
    painter.setPen(QPen(color, pen, Qt::SolidLine, Qt::FlatCap));
    painter.drawLine(QPointF(left, y), QPointF(left + width, y));
    painter.drawLine(QPointF(left, y - 4), QPointF(left, y + 4));
    painter.drawLine(QPointF(left + width, y - 4), QPointF(left + width, y + 4));
  };
  stroke(context.theme.color("overlayOutline"), 3.5);
  stroke(context.theme.color("overlayText"), 1.5);
  paintOutlinedText(painter, context.theme, {area.center().x(), y - 6}, Qt::AlignHCenter | Qt::AlignBottom, text);
}

}  // namespace fiducial::ui
