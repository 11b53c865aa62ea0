// The workstation: fiducial [PROJECT | FILE | FOLDER ...]

#include <QApplication>
#include <QStandardPaths>
#include <QTimer>
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include "fiducial/ui/main_window.h"
#include "fiducial/workspace/workspace.h"

namespace {

constexpr const char* kUsage =
    "fiducial [PROJECT | FILE | FOLDER ...]\n"
    "  Opens a .fiducial project, or scans, videos, images and folders of them.\n"
    "  --theme NAME   dark, light or high-contrast\n"
    "  --version, --help\n";

struct Arguments {
  QString theme;
  std::vector<std::filesystem::path> paths;
};

Arguments readArguments(const QStringList& words) {
  Arguments arguments;
  for (qsizetype n = 1; n < words.size(); ++n) {
    if (words[n] == QLatin1String("--theme") && n + 1 < words.size())
      arguments.theme = words[++n];
    else
      arguments.paths.emplace_back(std::filesystem::absolute(words[n].toStdString()));
  }
  return arguments;
}

}  // namespace

int main(int argc, char** argv) {
  for (int n = 1; n < argc; ++n) {
    const std::string word = argv[n];
    if (word == "--help" || word == "-h") return std::fputs(kUsage, stdout) < 0;
    if (word == "--version") return std::printf("fiducial %s\n", FIDUCIAL_VERSION) < 0;
  }
  QApplication application(argc, argv);
  QApplication::setApplicationName(QStringLiteral("Fiducial"));
  const std::filesystem::path settings =
      QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation).toStdString();
  const Arguments arguments = readArguments(QApplication::arguments());
  fiducial::ui::prepareApplication(application, settings, arguments.theme);
  fiducial::ui::MainWindow window(settings);
  window.show();
  if (!arguments.paths.empty()) QTimer::singleShot(0, &window, [&] { window.workspace().openPaths(arguments.paths); });
  return QApplication::exec();
}
