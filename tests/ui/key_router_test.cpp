// Keys become commands: by letter or by place, not in text fields, and repeats only step.
#include "keys/key_router.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QTest>
#include <QVBoxLayout>

namespace fiducial::ui {
namespace {

QString portable(int key, Qt::KeyboardModifiers modifiers = Qt::NoModifier, quint32 scanCode = 0) {
  return portableKey(QKeyEvent(QEvent::KeyPress, key, modifiers, scanCode, 0, 0));
}

TEST(PortableKey, LettersFollowTheLetter) {
  EXPECT_EQ(portable(Qt::Key_B), QStringLiteral("B"));
  EXPECT_EQ(portable(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier), QStringLiteral("Ctrl+Shift+Z"));
  EXPECT_EQ(portable(Qt::Key_Z, Qt::NoModifier, 29), QStringLiteral("Z")) << "a German Z, where others have Y";
}

TEST(PortableKey, DigitsAndBracketsFollowThePlace) {
  EXPECT_EQ(portable(Qt::Key_Ampersand, Qt::NoModifier, 10), QStringLiteral("Digit1")) << "a French keyboard";
  EXPECT_EQ(portable(Qt::Key_Exclam, Qt::ShiftModifier, 10), QStringLiteral("Shift+Digit1"));
  EXPECT_EQ(portable(Qt::Key_0, Qt::NoModifier, 19), QStringLiteral("Digit0"));
  EXPECT_EQ(portable(Qt::Key_Udiaeresis, Qt::NoModifier, 34), QStringLiteral("BracketLeft"));
  EXPECT_EQ(portable(Qt::Key_Plus, Qt::NoModifier, 35), QStringLiteral("BracketRight"));
}

TEST(PortableKey, NumberPadGivesDigitsAndSizes) {
  EXPECT_EQ(portable(Qt::Key_5, Qt::KeypadModifier, 84), QStringLiteral("Digit5"));
  EXPECT_EQ(portable(Qt::Key_Plus, Qt::KeypadModifier, 86), QStringLiteral("BracketRight"));
  EXPECT_EQ(portable(Qt::Key_Minus, Qt::KeypadModifier, 82), QStringLiteral("BracketLeft"));
}

TEST(PortableKey, NamesAreThoseOfTheCommandTable) {
  EXPECT_EQ(portable(Qt::Key_Question, Qt::ShiftModifier), QStringLiteral("?"));
  EXPECT_EQ(portable(Qt::Key_Return), QStringLiteral("Enter"));
  EXPECT_EQ(portable(Qt::Key_PageDown), QStringLiteral("PgDown"));
  EXPECT_EQ(portable(Qt::Key_Comma), QStringLiteral("Comma"));
  EXPECT_EQ(portable(Qt::Key_Left, Qt::AltModifier | Qt::ShiftModifier), QStringLiteral("Alt+Shift+Left"));
}

TEST(KeySign, ShowsWhatStandsOnTheKey) {
  EXPECT_EQ(keySign(QStringLiteral("Ctrl+Plus")), QStringLiteral("Ctrl++"));
  EXPECT_EQ(keySign(QStringLiteral("Alt+Digit3")), QStringLiteral("Alt+3"));
  EXPECT_EQ(keySign(QStringLiteral("BracketRight")), QStringLiteral("]"));
}

class Keys : public ::testing::Test {
 protected:
  Keys() {
    auto* column = new QVBoxLayout(&window_);
    column->addWidget(&field_);
    column->addWidget(&picture_);
    picture_.setFocusPolicy(Qt::StrongFocus);
    actions_.setHandler(QStringLiteral("file.export"), [this] { ++exports_; });
    actions_.setHandler(QStringLiteral("tool.box"), [this] { ++boxes_; });
    actions_.setHandler(QStringLiteral("help.palette"), [this] { ++palettes_; });
    window_.show();
    window_.activateWindow();
    EXPECT_TRUE(QTest::qWaitForWindowActive(&window_));
    picture_.setFocus();
  }

  workspace::ManualDispatcher dispatcher_;
  workspace::Workspace workspace_{dispatcher_.dispatcher()};
  Theme theme_ = Theme::load(QStringLiteral("dark"));
  IconSet icons_{theme_};
  ActionTable actions_{workspace_, icons_, nullptr};
  QWidget window_;
  QLineEdit field_;
  QWidget picture_;
  KeyRouter router_{{workspace_, theme_, icons_, actions_}, &window_};
  int exports_ = 0;
  int boxes_ = 0;
  int palettes_ = 0;
};

TEST_F(Keys, LettersAreToolsOnThePictureAndTextInAField) {
  QTest::keyClick(&picture_, Qt::Key_B);
  EXPECT_EQ(boxes_, 1);
  field_.setFocus();
  ASSERT_TRUE(field_.hasFocus());
  QTest::keyClick(&field_, Qt::Key_B);
  EXPECT_EQ(boxes_, 1);
  EXPECT_EQ(field_.text(), QStringLiteral("b"));
}

TEST_F(Keys, PaletteOpensFromATextFieldAndEscLeavesIt) {
  field_.setFocus();
  QTest::keyClick(&field_, Qt::Key_K, Qt::ControlModifier);
  EXPECT_EQ(palettes_, 1);
  bool escaped = false;
  QObject::connect(&router_, &KeyRouter::escapedFromText, &window_, [&] { escaped = true; });
  QTest::keyClick(&field_, Qt::Key_Escape);
  EXPECT_TRUE(escaped);
  EXPECT_FALSE(field_.hasFocus());
}

TEST_F(Keys, RepeatsOfAToolKeyDoNothing) {
  QKeyEvent first(QEvent::KeyPress, Qt::Key_B, Qt::NoModifier, QStringLiteral("b"));
  QKeyEvent repeat(QEvent::KeyPress, Qt::Key_B, Qt::NoModifier, QStringLiteral("b"), true);
  QApplication::sendEvent(&picture_, &first);
  for (int n = 0; n < 5; ++n) QApplication::sendEvent(&picture_, &repeat);
  EXPECT_EQ(boxes_, 1);
}

TEST_F(Keys, KeysCanBeGivenToOtherCommands) {
  router_.setKeys(QStringLiteral("tool.box"), QStringLiteral("Y"));
  QTest::keyClick(&picture_, Qt::Key_B);
  EXPECT_EQ(boxes_, 0);
  QTest::keyClick(&picture_, Qt::Key_Y);
  EXPECT_EQ(boxes_, 1);
}

TEST_F(Keys, HeldHHidesLabelsAndATapToggles) {
  QTest::keyPress(&picture_, Qt::Key_H);
  EXPECT_FALSE(workspace_.overlay().labelsVisible);
  QTest::qWait(300);  // longer than a tap
  QTest::keyRelease(&picture_, Qt::Key_H);
  EXPECT_TRUE(workspace_.overlay().labelsVisible);
  QTest::keyClick(&picture_, Qt::Key_H);
  EXPECT_FALSE(workspace_.overlay().labelsVisible);
  QTest::keyClick(&picture_, Qt::Key_H);
  EXPECT_TRUE(workspace_.overlay().labelsVisible);
}

}  // namespace
}  // namespace fiducial::ui
