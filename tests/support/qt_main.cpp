// main() of the tests that show windows: offscreen, with settings, data and caches in a folder of their own, so that
// they neither see the user's nor each other's.
#include <gtest/gtest.h>

#include <QApplication>
#include <QByteArray>

#include "support/temporary_folder.h"

int main(int argc, char** argv) {
  ::testing::InitGoogleTest(&argc, argv);
  const fiducial::test::TemporaryFolder home;
  for (const char* variable : {"XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"}) {
    qputenv(variable, QByteArray::fromStdString(home.path().string()));
  }
  if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", QByteArray("offscreen"));
  QApplication application(argc, argv);
  return RUN_ALL_TESTS();
}
