// What is typed into the small windows: frames, splits, names of commands.
#include <gtest/gtest.h>

#include "dialogs/command_palette.h"
#include "dialogs/export_dialog.h"
#include "dialogs/filter_popup.h"
#include "dialogs/go_to_frame.h"
#include "panels/elided_label.h"
#include "panels/window_number.h"

namespace fiducial::ui {
namespace {

TEST(GoToFrameText, NumbersAreFramesAndSlicesCountFromOne) {
  EXPECT_EQ(parseFrame(QStringLiteral("120"), 25, false), 120);
  EXPECT_EQ(parseFrame(QStringLiteral(" 120 "), 25, true), 119);
}

TEST(GoToFrameText, TimesBecomeTheFrameThatIsShownThen) {
  EXPECT_EQ(parseFrame(QStringLiteral("1:02.5"), 24, false), 1500);
  EXPECT_EQ(parseFrame(QStringLiteral("62.5s"), 24, false), 1500);
  EXPECT_EQ(parseFrame(QStringLiteral("1:00:00"), 25, false), 90000);
  EXPECT_EQ(parseFrame(QStringLiteral("0.1s"), 30, false), 3) << "0.1 is a little less than a tenth";
}

TEST(GoToFrameText, AnythingElseIsNothing) {
  for (const char* text : {"", "abc", "1:", ":", "1:-2", "-1s", "1:02,5", "inf", "nan", "99999999999999s", "1e300"})
    EXPECT_EQ(parseFrame(QString::fromLatin1(text), 25, false), std::nullopt) << text;
  EXPECT_EQ(parseFrame(QStringLiteral("1:02"), 0, false), std::nullopt) << "a medium without times";
}

TEST(SplitText, NamesAndSharesInTheirOrder) {
  const auto split = parseSplit(QStringLiteral("train=0.8, val = 0.2"));
  ASSERT_TRUE(split.has_value());
  ASSERT_EQ(split->size(), 2U);
  EXPECT_EQ((*split)[0], (std::pair<std::string, double>{"train", 0.8}));
  EXPECT_EQ((*split)[1], (std::pair<std::string, double>{"val", 0.2}));
}

TEST(SplitText, EmptyIsNoSplitAndNonsenseIsNone) {
  ASSERT_TRUE(parseSplit({}).has_value());
  EXPECT_TRUE(parseSplit({})->empty());
  for (const char* text : {"train", "train=", "=0.5", "train=0", "train=-1", "train=x", "a=1=2", "train=inf"})
    EXPECT_FALSE(parseSplit(QString::fromLatin1(text)).has_value()) << text;
}

TEST(MatchScore, LettersInOrderFitAndOthersDoNot) {
  EXPECT_GE(matchScore(QStringLiteral("exd"), QStringLiteral("Export dataset")), 0);
  EXPECT_LT(matchScore(QStringLiteral("dxe"), QStringLiteral("Export dataset")), 0);
  EXPECT_EQ(matchScore({}, QStringLiteral("Export dataset")), 0);
}

TEST(MatchScore, WordsMayComeInAnyOrder) {
  EXPECT_GE(matchScore(QStringLiteral("light theme"), QStringLiteral("Theme: light View")), 0);
  EXPECT_LT(matchScore(QStringLiteral("light mouse"), QStringLiteral("Theme: light View")), 0);
  const int asWritten = matchScore(QStringLiteral("theme light"), QStringLiteral("theme light"));
  EXPECT_GT(asWritten, matchScore(QStringLiteral("light theme"), QStringLiteral("theme light")));
}

TEST(MatchScore, BeginningBeatsWordStartsBeatLettersWithin) {
  const int beginning = matchScore(QStringLiteral("box"), QStringLiteral("Box"));
  const int word = matchScore(QStringLiteral("box"), QStringLiteral("Draw box"));
  const int scattered = matchScore(QStringLiteral("box"), QStringLiteral("about xylophones"));
  EXPECT_GT(beginning, word);
  EXPECT_GT(word, scattered);
  EXPECT_GE(scattered, 0);
}

TEST(WindowNumber, IsWholeWhereThatIsFineEnough) {
  EXPECT_EQ(windowNumber(645.4400001), QStringLiteral("645"));
  EXPECT_EQ(windowNumber(-600), QStringLiteral("-600"));
  EXPECT_EQ(windowNumber(39.54321), QStringLiteral("39.5"));
  EXPECT_EQ(windowNumber(0.012345), QStringLiteral("0.0123"));
}

TEST(ElidedLabel, LongTextTakesTheLinesItIsGiven) {
  ElidedLabel label;
  label.setText(QStringLiteral("one word after another ").repeated(20));
  const int line = label.heightForWidth(100000);
  label.setMaxLines(3);
  EXPECT_EQ(label.heightForWidth(200), 3 * line);
  EXPECT_EQ(label.heightForWidth(100000), line);
  EXPECT_FALSE(label.grab().isNull());
}

}  // namespace
}  // namespace fiducial::ui
