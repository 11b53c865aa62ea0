#include "window_layout.h"

#include <QMainWindow>
#include <QSettings>

#include "fiducial/workspace/workspace.h"
#include "text.h"

namespace fiducial::ui {
namespace {

constexpr int kLayoutVersion =
    1;  ///< changes when docks or toolbars are added, so that old arrangements are not mixed in

QString modalityOf(const workspace::MediumItem* medium) {
  if (!medium) return QStringLiteral("any");
  const MediumInfo& info = medium->medium.value.info;
  return info.modality.empty() ? qt(nameOf(info.kind)) : qt(info.modality);
}

}  // namespace

QString WindowLayout::file() const { return fromPath(folder_ / "window.ini"); }

void WindowLayout::restore(QMainWindow& window) {
  if (folder_.empty()) return;
  QSettings settings(file(), QSettings::IniFormat);
  window.restoreGeometry(settings.value(QStringLiteral("geometry")).toByteArray());
  window.restoreState(settings.value(QStringLiteral("layout/any")).toByteArray(), kLayoutVersion);
}

void WindowLayout::save(const QMainWindow& window) const {
  if (folder_.empty()) return;
  QSettings settings(file(), QSettings::IniFormat);
  settings.setValue(QStringLiteral("geometry"), window.saveGeometry());
  settings.setValue(QStringLiteral("layout/%1").arg(modality_), window.saveState(kLayoutVersion));
  settings.setValue(QStringLiteral("layout/any"), window.saveState(kLayoutVersion));
}

void WindowLayout::switchTo(QMainWindow& window, const workspace::MediumItem* medium) {
  const QString next = modalityOf(medium);
  if (next == modality_ || folder_.empty()) return;
  save(window);
  modality_ = next;
  QSettings settings(file(), QSettings::IniFormat);
  const QByteArray state = settings.value(QStringLiteral("layout/%1").arg(modality_)).toByteArray();
  if (!state.isEmpty()) window.restoreState(state, kLayoutVersion);
}

}  // namespace fiducial::ui
