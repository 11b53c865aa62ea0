// What is set once, on its page: it holds at once, is remembered, and the memory bound holds for the next volume.
#include <gtest/gtest.h>

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QSpinBox>

#include "fiducial/media/memory_bound.h"
#include "journey.h"
#include "support/temporary_folder.h"

namespace fiducial::test {
namespace {

TEST(SettingsJourney, TheMemoryForVolumesIsSetOnThePageAndRemembered) {
  TemporaryFolder folder;
  const std::int64_t before = media::memoryBound();
  {
    Journey user(folder / "settings");
    const bool answered = user.inDialog(
        [&] { EXPECT_TRUE(user.choose("file.settings")); },
        [&](QWidget& dialog) {
          auto* memory = dialog.findChild<QDoubleSpinBox*>("settings.memory");
          EXPECT_EQ(memory->value(), 0) << "automatic at first";
          EXPECT_TRUE(memory->text().startsWith(QLatin1String("automatic: ")));
          memory->setValue(1.5);
          dialog.findChild<QSpinBox*>("settings.largeStep")->setValue(25);
          auto* mouse = dialog.findChild<QComboBox*>("settings.mouse");
          EXPECT_EQ(mouse->count(), 3);
          EXPECT_EQ(dialog.findChild<QComboBox*>("settings.theme")->count(), 3);
          dialog.grab().save(qEnvironmentVariable("FIDUCIAL_SCREENSHOTS") + QStringLiteral("/settings.png"));
          dialog.close();
        });
    ASSERT_TRUE(answered);
    EXPECT_EQ(media::memoryBound(), std::int64_t{3} << 29) << "1.5 GB";
    EXPECT_EQ(user.workspace().largeStep(), 25);
  }
  media::setMemoryBound(before);
  Journey again(folder / "settings");
  EXPECT_EQ(media::memoryBound(), std::int64_t{3} << 29) << "remembered";
  EXPECT_EQ(again.workspace().largeStep(), 25);
  EXPECT_TRUE(again.inDialog([&] { EXPECT_TRUE(again.choose("file.settings")); },
                             [&](QWidget& dialog) {
                               dialog.findChild<QDoubleSpinBox*>("settings.memory")->setValue(0);
                               dialog.close();
                             }));
  EXPECT_EQ(media::memoryBound(), before) << "automatic again";
}

}  // namespace
}  // namespace fiducial::test
