#include "theme/application_theme.h"

#include <QApplication>
#include <QIcon>
#include <QPixmap>
#include <QSettings>

#include "fiducial/ui/main_window.h"
#include "text.h"
#include "theme/fiducial_style.h"
#include "theme/icon_set.h"

namespace fiducial::ui {
namespace {

Theme& chosenTheme() {
  static Theme theme = Theme::load(QStringLiteral("dark"));
  return theme;
}

QString rememberedTheme(const std::filesystem::path& settingsFolder) {
  if (settingsFolder.empty()) return {};
  return QSettings(fromPath(settingsFolder / "window.ini"), QSettings::IniFormat)
      .value(QStringLiteral("theme"))
      .toString();
}

}  // namespace

const Theme& applicationTheme() { return chosenTheme(); }

void prepareApplication(QApplication& application, const std::filesystem::path& settingsFolder, const QString& theme) {
  QApplication::setApplicationName(QStringLiteral("Fiducial"));
  QApplication::setApplicationVersion(QStringLiteral(FIDUCIAL_VERSION));
  chosenTheme() = Theme::load(theme.isEmpty() ? rememberedTheme(settingsFolder) : theme);
  application.setStyle(new FiducialStyle(chosenTheme()));  // NOLINT: the application owns its style
  QApplication::setPalette(chosenTheme().palette());
  QFont font = QApplication::font();
  font.setPixelSize(chosenTheme().metric("textPx"));
  QApplication::setFont(font);
  QIcon icon;
  for (const int size : {16, 24, 32, 48, 64, 128, 256})
    icon.addPixmap(IconSet(chosenTheme()).pixmap(QStringLiteral("fiducial"), {}, size, 1));
  QApplication::setWindowIcon(icon);
}

}  // namespace fiducial::ui
