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

constexpr int kAgain = 1000;  ///< the window wants to be made anew

/// What a window shows: the one after it begins there.
struct Place {
  std::vector<std::filesystem::path> paths;
  fiducial::MediumId medium{};
  int frame = 0;
  int time = 0;
};

/// Shows one window until it is closed; `place` becomes where it was left.
int runWindow(const std::filesystem::path& settings, Place& place) {
  QApplication::setQuitOnLastWindowClosed(true);
  fiducial::ui::MainWindow window(settings);
  QObject::connect(&window, &fiducial::ui::MainWindow::restartWished, [&] {
    const fiducial::workspace::Workspace& workspace = window.workspace();
    place = {};
    if (const auto* project = workspace.project()) place.paths = {project->path()};
    if (const auto* item = workspace.currentMedium()) place.medium = fiducial::MediumId{item->medium.id};
    place.frame = workspace.frame();
    place.time = workspace.time();
    QApplication::setQuitOnLastWindowClosed(false);  // a quit still queued would end the next window at once
    window.close();
    QApplication::exit(kAgain);
  });
  window.show();
  if (!place.paths.empty())
    QTimer::singleShot(0, &window, [&] {
      window.workspace().openPaths(place.paths);
      if (isNone(place.medium)) return;
      window.workspace().showMedium(place.medium);
      window.workspace().setFrame(place.frame);
      window.workspace().setTime(place.time);
    });
  return QApplication::exec();
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
  Arguments arguments = readArguments(QApplication::arguments());
  Place place{.paths = arguments.paths, .medium = {}, .frame = 0, .time = 0};
  for (;;) {
    fiducial::ui::prepareApplication(application, settings, arguments.theme);
    const int code = runWindow(settings, place);
    if (code != kAgain) return code;
    arguments.theme.clear();  // the one that was chosen meanwhile
  }
}
