#include "fiducial/core/boxed.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <utility>

#include "fiducial/core/edit.h"

namespace fiducial {
namespace {

TEST(Boxed, CopiesAreOfTheValue) {
  Boxed<std::string> first = std::string("one");
  const Boxed<std::string> second = first;
  *first = "two";
  EXPECT_EQ(*second, "one");
  EXPECT_FALSE(first == second);
}

TEST(Boxed, IsEmptyByDefaultAndAfterAMove) {
  Boxed<std::string> first;
  EXPECT_FALSE(first.has_value());
  EXPECT_TRUE(first == Boxed<std::string>(std::nullopt));
  first = std::string("one");
  const Boxed<std::string> second = std::move(first);
  EXPECT_FALSE(first);  // NOLINT: what a move leaves is the point
  EXPECT_EQ(*second, "one");
}

TEST(Boxed, TakesWhatAnOptionalHolds) {
  EXPECT_FALSE(Boxed<std::string>(std::optional<std::string>()));
  EXPECT_EQ(*Boxed<std::string>(std::optional<std::string>("one")), "one");
}

TEST(Boxed, AssigningItselfKeepsTheValue) {
  Boxed<std::string> box = std::string("one");
  const Boxed<std::string>& same = box;
  box = same;
  EXPECT_EQ(*box, "one");
}

TEST(Records, AChangeIsSmallHoweverMuchAMediumKnows) {
  EXPECT_LE(sizeof(Change), 64U);
  EXPECT_LE(sizeof(Record), 200U);
}

TEST(Records, AMediumAndAClassAreSeenThroughTheirBoxes) {
  Medium medium;
  medium.name = "scan";
  Record record = medium;
  EXPECT_EQ(kindOf(record), RecordKind::Medium);
  ASSERT_NE(recordAs<Medium>(record), nullptr);
  recordAs<Medium>(record)->name = "other";
  EXPECT_EQ(recordAs<LabelClass>(record), nullptr);
  const std::string seen = visitRecord(
      [](const auto& value) -> std::string {
        if constexpr (requires { value.info; }) return value.name;
        return {};
      },
      record);
  EXPECT_EQ(seen, "other");
  EXPECT_EQ(kindOf(Record(LabelClass{})), RecordKind::LabelClass);
}

}  // namespace
}  // namespace fiducial
