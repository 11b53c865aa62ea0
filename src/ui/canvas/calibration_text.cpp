#include "canvas/calibration_text.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include "text.h"

namespace fiducial::ui {
namespace {

QString tr(const char* text) { return QCoreApplication::translate("CalibrationText", text); }

QString distances(const MediumInfo& info) {
  const QLocale locale;
  const double across = info.spacing[0];
  const double down = info.spacing.size() > 1 ? info.spacing[1] : across;
  const QString first = locale.toString(across, 'g', 3);
  const QString second = locale.toString(down, 'g', 3);
  return first == second ? tr("%1 mm").arg(first) : tr("%1 × %2 mm").arg(first, second);
}

/// "2D in mm, spectral in s and cm/s".
QString regions(const ImageCalibration& calibration) {
  QStringList said;
  for (const CalibratedRegion& region : calibration.regions) {
    QStringList units;
    for (const std::string* unit : {&region.unitX, &region.unitY})
      if (!unit->empty() && !units.contains(qt(*unit))) units << qt(*unit);
    const QString text = units.isEmpty() ? tr("%1 without units").arg(qt(region.kind))
                                         : tr("%1 in %2").arg(qt(region.kind), units.join(tr(" and ")));
    if (!said.contains(text)) said << text;
  }
  return tr("regions: %1").arg(said.join(QStringLiteral(", ")));
}

}  // namespace

QString calibrationText(const MediumInfo& info) {
  const ImageCalibration& calibration = info.extras.calibration;
  if (calibration.source == CalibrationSource::Regions) return regions(calibration);
  if (info.spacing.empty()) return info.hasGeometry ? QString() : tr("uncalibrated");
  const QString mm = distances(info);
  switch (calibration.source) {
    case CalibrationSource::Declared:
      return tr("%1, the file does not say how measured").arg(mm);
    case CalibrationSource::Geometry:
      return tr("%1, corrected for magnification").arg(mm);
    case CalibrationSource::Fiducial:
      return tr("%1 by an object of known size").arg(mm);
    case CalibrationSource::Detector:
      return tr("%1 at the detector, magnification unknown").arg(mm);
    case CalibrationSource::DetectorMagnified:
      return tr("%1, detector by magnification %2").arg(mm, QLocale().toString(calibration.magnification, 'g', 3));
    case CalibrationSource::Nominal:
      return tr("%1 on the scanned film").arg(mm);
    case CalibrationSource::Given:
      return tr("%1 given by the user").arg(mm);
    case CalibrationSource::None:
    case CalibrationSource::Patient:
    case CalibrationSource::Regions:
      break;
  }
  return {};
}

}  // namespace fiducial::ui
