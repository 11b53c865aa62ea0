// main() of the tests that show windows: offscreen, with settings and caches in a folder of their own.
#include <gtest/gtest.h>

#include <QApplication>
#include <QByteArray>
#include <QStandardPaths>

int main(int argc, char** argv) {
  if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", QByteArray("offscreen"));
  ::testing::InitGoogleTest(&argc, argv);
  QStandardPaths::setTestModeEnabled(true);  // the user's own settings are neither read nor written
  QApplication application(argc, argv);
  return RUN_ALL_TESTS();
}
