// Small values: errors as text, names that are stored or printed, scalar buffers, attributes, records.
#include <gtest/gtest.h>

#include "fiducial/core/attribute.h"
#include "fiducial/core/records.h"
#include "fiducial/core/result.h"
#include "fiducial/core/scalar_buffer.h"

namespace fiducial {
namespace {

TEST(Error, TextNamesTheFileAndTheRemedyOnce) {
  const Error damaged{ErrorCode::Damaged, "pixel data ends early", "slice.dcm", "load it from the archive again"};
  EXPECT_EQ(damaged.text(), "cannot read slice.dcm: pixel data ends early; load it from the archive again");
  EXPECT_EQ((Error{ErrorCode::Unwritable, "the disk is full", "a.json", {}}).text(),
            "cannot write a.json: the disk is full");
  EXPECT_EQ((Error{ErrorCode::Invalid, "no class 7", {}, {}}).text(), "no class 7");
  EXPECT_EQ((Error{ErrorCode::Locked, "a.lock is held", "a.lock", {}}).text(), "a.lock is held");
}

TEST(Names, AreThoseOfTheCommandLine) {
  EXPECT_EQ(nameOf(ScalarType::Int16), "int16");
  EXPECT_EQ(nameOf(ScalarType::Float64), "float64");
  EXPECT_EQ(nameOf(ScalarType::Int64), "int64");
  EXPECT_EQ(nameOf(MediumKind::Cine), "cine");
  EXPECT_EQ(nameOf(RecordKind::LabelClass), "class");
  EXPECT_EQ(nameOf(RecordKind::SkeletonTemplate), "skeleton");
  EXPECT_EQ(nameOf(RecordKind::Measurement), "measurement");
  EXPECT_EQ(nameOf(RecordKind::Reading), "reading");
  EXPECT_EQ(nameOf(static_cast<RecordKind>(99)), "unknown");
}

TEST(ScalarTypes, HaveTheSizeAndSignOfTheirCppType) {
  for (int n = 1; n <= 10; ++n) {
    const auto type = static_cast<ScalarType>(n);
    withScalarType(type, [&]<class T>(T) {
      EXPECT_EQ(scalarTypeOf<T>(), type);
      EXPECT_EQ(sizeOf(type), sizeof(T));
      EXPECT_EQ(isInteger(type), std::is_integral_v<T>);
      EXPECT_EQ(isSigned(type), std::is_signed_v<T>);
    });
  }
}

TEST(ScalarBuffer, SlicesShareTheBytesAndReadOutsIgnoreWhatIsNotThere) {
  auto bytes = std::shared_ptr<std::byte[]>(new std::byte[2 * 3 * 4 * 2]);
  ScalarBuffer volume(ScalarType::Int16, 1, {2, 3, 4}, bytes);
  for (std::size_t n = 0; n < 24; ++n) volume.mutableValues<std::int16_t>()[n] = static_cast<std::int16_t>(n) - 5;
  const ScalarBuffer slice = volume.slice(2);
  EXPECT_EQ(slice.size(), (VolumeSize{2, 3, 1}));
  EXPECT_EQ(slice.bytes().data(), bytes.get() + 24);
  EXPECT_EQ(slice.at({1, 2, 0}), volume.at({1, 2, 2}));
  EXPECT_EQ(volume.at({1, 2, 3}), 18);
  EXPECT_TRUE(volume.slice(4).empty());
  EXPECT_TRUE(volume.slice(-1).empty());
  EXPECT_TRUE(std::isnan(volume.at({2, 0, 0})));
  EXPECT_TRUE(std::isnan(volume.at({0, 0, 0}, 1)));
  EXPECT_TRUE(std::isnan(ScalarBuffer().at({0, 0, 0})));
}

TEST(Attribute, ValuesMustHaveTheTypeRangeAndChoice) {
  AttributeSpec size{.name = "size",
                     .type = AttributeType::Number,
                     .unit = "mm",
                     .min = 0,
                     .max = 50,
                     .choices = {},
                     .defaultValue = {}};
  EXPECT_TRUE(check(size, 50.0));
  EXPECT_EQ(check(size, 50.5).error().message, "attribute 'size' must be at most 50");
  EXPECT_FALSE(check(size, -0.1));
  EXPECT_FALSE(check(size, std::nan("")));
  EXPECT_FALSE(check(size, std::string("5")));
  AttributeSpec grade{.name = "grade",
                      .type = AttributeType::Choice,
                      .unit = {},
                      .min = {},
                      .max = {},
                      .choices = {"a", "b"},
                      .defaultValue = {}};
  EXPECT_TRUE(check(grade, std::string("b")));
  EXPECT_FALSE(check(grade, std::string("c")));
  EXPECT_FALSE(check(grade, true));
  EXPECT_FALSE(check(AttributeSpec{.name = "flag",
                                   .type = AttributeType::Bool,
                                   .unit = {},
                                   .min = {},
                                   .max = {},
                                   .choices = {},
                                   .defaultValue = {}},
                     1.0));
  EXPECT_TRUE(check(AttributeSpec{.name = "text",
                                  .type = AttributeType::Text,
                                  .unit = {},
                                  .min = {},
                                  .max = {},
                                  .choices = {},
                                  .defaultValue = {}},
                    std::string()));
}

TEST(Records, LabelsKnowTheirMedium) {
  EXPECT_EQ(mediumOf(Annotation{.medium = MediumId{7}, .labelClass = {}, .shape = {}, .attributes = {}, .note = {}}),
            MediumId{7});
  EXPECT_EQ(mediumOf(Tag{.medium = MediumId{3}, .labelClass = {}, .question = {}, .value = {}}), MediumId{3});
  EXPECT_EQ(mediumOf(LabelClass{}), MediumId{});
  EXPECT_EQ(mediumOf(Keyframe{}), MediumId{});
  EXPECT_EQ(mediumOf(BrickContent{}), MediumId{});
  EXPECT_EQ(kindOf(Record{Mark{}}), RecordKind::Mark);
}

}  // namespace
}  // namespace fiducial
