#include "window_layout.h"

#include <QGuiApplication>
#include <QMainWindow>
#include <QRect>
#include <QScreen>
#include <QSettings>
#include <algorithm>

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

/// A window from a screen that is no longer there comes back on one that is; one that is too large shrinks.
QRect onScreens(QRect wanted) {
  const QScreen* screen = QGuiApplication::screenAt(wanted.center());
  if (!screen) screen = QGuiApplication::primaryScreen();
  const QRect area = screen->availableGeometry();
  wanted.setSize(wanted.size().boundedTo(area.size()));
  wanted.moveLeft(std::clamp(wanted.left(), area.left(), area.right() + 1 - wanted.width()));
  wanted.moveTop(std::clamp(wanted.top(), area.top(), area.bottom() + 1 - wanted.height()));
  return wanted;
}

}  // namespace

QString WindowLayout::file() const { return fromPath(folder_ / "window.ini"); }

void WindowLayout::restore(QMainWindow& window) {
  if (folder_.empty()) return;
  QSettings settings(file(), QSettings::IniFormat);
  const QRect place = settings.value(QStringLiteral("place")).toRect();
  // Not restoreGeometry(): without a window manager it makes room for a title bar at each start, and the window sinks.
  if (place.isValid()) {
    const bool isSpread = settings.value(QStringLiteral("maximised")).toBool();
    window.setWindowState(isSpread ? Qt::WindowMaximized : Qt::WindowNoState);
    window.setGeometry(onScreens(place));
  }
  window.restoreState(settings.value(QStringLiteral("layout/any")).toByteArray(), kLayoutVersion);
}

void WindowLayout::save(const QMainWindow& window) const {
  if (folder_.empty()) return;
  QSettings settings(file(), QSettings::IniFormat);
  const bool isSpread = window.isMaximized() || window.isFullScreen();
  settings.setValue(QStringLiteral("place"), isSpread ? window.normalGeometry() : window.geometry());
  settings.setValue(QStringLiteral("maximised"), isSpread);
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
