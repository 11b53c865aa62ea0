// Header text in every character set against what pydicom reads (tests/data/dicom/charsets.json).
#include "dicom/character_sets.h"
#include "dicom/image_file.h"
#include "media_opening.h"
#include "support/shared_data.h"

namespace fiducial::media::dicom {
namespace {

std::string bytesOf(const std::string& hex) {
  std::string bytes;
  for (std::size_t at = 0; at + 1 < hex.size(); at += 2) bytes += char(std::stoi(hex.substr(at, 2), nullptr, 16));
  return bytes;
}

TextKind kindOf(const std::string& vr) {
  if (vr == "PN") return TextKind::PersonName;
  return vr == "LT" ? TextKind::Plain : TextKind::List;
}

TEST(DicomText, InEveryCharacterSetIsWhatOthersRead) {
  const auto rows = test::jsonAt(fiducial::test::sourceFolder() / "tests/data/dicom/charsets.json");
  EXPECT_GE(rows.size(), 70U);
  for (const auto& row : rows) {
    const std::string text = textToUtf8(bytesOf(row["hex"]), row["sets"], kindOf(row["kind"]));
    EXPECT_EQ(text, row["text"].get<std::string>()) << row["name"];
  }
}

TEST(DicomText, NamesInTheSharedFilesAreWhatOthersRead) {
  FIDUCIAL_REQUIRE_SHARED(fiducial::test::sharedData("dicom/charsets"));
  int compared = 0;
  for (const auto& row : test::jsonAt(fiducial::test::sourceFolder() / "tests/data/dicom/charsets.json")) {
    const std::string name = row["name"];
    if (!name.ends_with(".dcm PatientName") || name.starts_with("chrSQ")) continue;  // those hold no picture
    const auto path = fiducial::test::sharedData("dicom/charsets/" + name.substr(0, name.find(' ')));
    const auto file = ImageFile::open(path);
    if (!file && file.error().code == ErrorCode::Unsupported) continue;  // no pixel data
    ASSERT_TRUE(file) << name << ": " << file.error().text();
    EXPECT_EQ((*file)->header().patientName, row["text"].get<std::string>()) << name;
    ++compared;
  }
  EXPECT_GE(compared, 12);
}

TEST(DicomText, ThatIsBrokenIsShownAsFarAsItGoes) {
  EXPECT_EQ(textToUtf8("\x1B$B;", {"", "ISO 2022 IR 87"}, TextKind::PersonName), "\uFFFD");
  EXPECT_EQ(textToUtf8("a\x1B", {"", "ISO 2022 IR 87"}, TextKind::PersonName), "a");
  EXPECT_EQ(textToUtf8("Jos\xE9", {"ISO_IR 192"}, TextKind::PersonName), "José");  // Latin-1 called UTF-8
  EXPECT_EQ(textToUtf8("José", {}, TextKind::PersonName), "José");                 // UTF-8 without a word of it
  EXPECT_EQ(textToUtf8("Jos\xE9", {"NO SUCH SET"}, TextKind::List), "José");
  // Korean without the escape that it needs.
  EXPECT_EQ(textToUtf8("\xB1\xE8", {"", "ISO 2022 IR 149"}, TextKind::PersonName), "김");
}

}  // namespace
}  // namespace fiducial::media::dicom
