// Whole data sets as trees: counts of elements against pydicom 2.3.1 (all nested ones, without group 0002), text in
// character sets against pydicom, and damage: every file of labels cut and flipped, nesting without end.
#include "fiducial/media/dicom_dataset.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <random>
#include <utility>

#include "fiducial/media/dicom_runs.h"
#include "support/shared_data.h"
#include "support/temporary_folder.h"

namespace fiducial::media {
namespace {

namespace fs = std::filesystem;
using test::sharedData;

std::size_t countOf(const DicomDataset& dataset) {
  std::vector<DicomItem> open{dataset.root()};
  std::size_t count = 0;
  while (!open.empty()) {
    const DicomItem item = open.back();
    open.pop_back();
    for (const DicomElement& element : item.elements()) {
      ++count;
      for (std::uint32_t n = 0; n < element.itemCount; ++n) open.push_back(dataset.itemOf(element, n));
    }
  }
  return count;
}

std::string bytesOf(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void write(const fs::path& path, std::string_view bytes) { std::ofstream(path, std::ios::binary) << bytes; }

/// All that the window and the importers ask of a data set.
void useAll(const fs::path& path, bool withNames = true) {
  auto dataset = DicomDataset::open(path);
  if (!dataset) return;
  std::vector<DicomItem> open{(*dataset)->root(), (*dataset)->meta()};
  while (!open.empty()) {
    const DicomItem item = open.back();
    open.pop_back();
    for (const DicomElement& element : item.elements()) {
      if (withNames) {
        EXPECT_FALSE(dicomName(item, element).empty());
        EXPECT_LT(dicomShownValue(**dataset, item, element).size(), 20'000U);
      }
      for (std::uint32_t n = 0; n < element.itemCount; ++n) open.push_back((*dataset)->itemOf(element, n));
    }
  }
  auto reader = DicomRunReader::open(**dataset);
  if (!reader) return;
  for (int frame = 0; frame < std::min(reader->frames(), 4); ++frame) {
    if (auto runs = reader->runs(frame)) {
      for (const SampleRun& run : *runs) {
        ASSERT_TRUE(run.row >= 0 && run.row < reader->rows() && run.first >= 0 && run.first < run.end &&
                    run.end <= reader->columns());
      }
    }
  }
}

TEST(DicomDataset, HasAsManyElementsAsPydicomFinds) {
  FIDUCIAL_REQUIRE_SHARED(sharedData("dicom/seg"));
  const std::pair<const char*, std::size_t> known[] = {
      {"seg/dcmqi_24x38x3/label_seg.dcm", 144},
      {"seg/dcmqi_ct3/seg_partial_overlaps.dcm", 268},
      {"seg/highdicom_ct/seg_image_ct_binary_overlap.dcm", 279},  // implicit VR
      {"seg/liver_deflated.dcm", 143},
      {"seg/liver_rle.dcm", 143},
      {"rtstruct/rtdose.dcm", 51},
      {"rtstruct/rtstruct.dcm", 106},  // no preamble, no meta header
      {"rtstruct/ct_head_vault/rtstruct.dcm", 1260},
      {"rtstruct/rtutils_phantom/dummy_rt.dcm", 192},
      {"sr/comprehensive_sr.dcm", 305},
      {"sr/sr_document_with_multiple_groups.dcm", 412},
      {"sr/dcmqi_tid1500/sr.dcm", 2061},
      {"gsps/ct_pstate_annotations.dcm", 92},
      {"syntaxes/explicit_be_mr.dcm", 72},
      {"syntaxes/implicit_le_mr.dcm", 72},
      {"syntaxes/deflated_ot8.dcm", 29},
      {"enhanced/enhanced_ct_supplemental_palette.dcm", 157},
      {"enhanced/enhanced_mr_10frames_rle.dcm", 131},
  };
  for (const auto& [name, count] : known) {
    auto dataset = DicomDataset::open(sharedData(std::string("dicom/") + name));
    ASSERT_TRUE(dataset) << name << ": " << dataset.error().text();
    EXPECT_EQ(countOf(**dataset), count) << name;
    EXPECT_EQ((*dataset)->damage(), "") << name;
  }
}

TEST(DicomDataset, TextIsDecodedByTheCharacterSetOfItsItem) {
  FIDUCIAL_REQUIRE_SHARED(sharedData("dicom/charsets"));
  constexpr DicomTag kPatientName = 0x00100010;
  const std::pair<const char*, const char*> known[] = {
      {"chrJapMulti", "やまだ^たろう"}, {"chrKoreanMulti", "김희중"}, {"chrX2", "Wang^XiaoDong=王^小东"}};
  for (const auto& [name, text] : known) {
    auto dataset = DicomDataset::open(sharedData(std::string("dicom/charsets/") + name + ".dcm"));
    ASSERT_TRUE(dataset) << name;
    EXPECT_EQ((*dataset)->root().text(kPatientName), text);
  }
  auto nested = DicomDataset::open(sharedData("dicom/charsets/chrSQEncoding1.dcm"));
  ASSERT_TRUE(nested);
  EXPECT_EQ((*nested)->root().item(0x00321064).text(kPatientName), "ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう");
}

TEST(DicomDataset, NamesTypesAndValuesAreThoseOfTheDictionaryAlsoWithImplicitTypes) {
  FIDUCIAL_REQUIRE_SHARED(sharedData("dicom/seg"));
  auto opened = DicomDataset::open(sharedData("dicom/seg/highdicom_ct/seg_image_ct_binary_overlap.dcm"));
  ASSERT_TRUE(opened);
  const DicomDataset& dataset = **opened;
  const DicomItem root = dataset.root();
  const DicomElement* rows = root.find(0x00280010);
  ASSERT_NE(rows, nullptr);
  EXPECT_EQ(rows->type(), "US");
  EXPECT_EQ(dicomName(root, *rows), "Rows");
  EXPECT_EQ(dicomShownValue(dataset, root, *rows), "16");
  EXPECT_EQ(dicomShownValue(dataset, root, *root.find(0x00620002)), "2 items");
  const std::string sopClass = dicomShownValue(dataset, root, *root.find(0x00080016));
  EXPECT_EQ(sopClass, "1.2.840.10008.5.1.4.1.1.66.4 = SegmentationStorage");
  EXPECT_EQ(root.item(0x00620002, 1).text(0x00620005), "second segment");
  EXPECT_EQ(root.item(0x00620002, 7).text(0x00620005), "");
  EXPECT_EQ(dataset.meta().text(0x00020010), "1.2.840.10008.1.2");
}

TEST(DicomDataset, PrivateElementsAreNamedByTheirCreator) {
  test::TemporaryFolder folder;
  const auto element = [](const char* tag, std::string_view vr, std::string value) {
    std::string bytes(tag, 4);
    bytes += vr;
    bytes += char(value.size());
    bytes += '\0';
    return bytes + value;
  };
  std::string bytes = element("\x08\x00\x60\x00", "CS", "MR");
  bytes += element("\x29\x00\x10\x00", "LO", "ACME 1.1");
  bytes += element("\x29\x00\x11\x00", "LO", "SIEMENS CSA HEADER");
  bytes += element("\x29\x00\x01\x10", "LO", "secret");
  bytes += element("\x29\x00\x08\x11", "CS", "IMAGE NUM 4 ");
  write(folder / "private.dcm", bytes);
  auto dataset = DicomDataset::open(folder / "private.dcm");
  ASSERT_TRUE(dataset) << dataset.error().text();
  const DicomItem root = (*dataset)->root();
  EXPECT_EQ(dicomName(root, *root.find(0x00290010)), "Private Creator");
  EXPECT_EQ(dicomName(root, *root.find(0x00291001)), "Private (ACME 1.1)");
  EXPECT_EQ(dicomName(root, *root.find(0x00291108)), "CSAImageHeaderType (SIEMENS CSA HEADER)");
  EXPECT_EQ(dicomShownValue(**dataset, root, *root.find(0x00291108)), "IMAGE NUM 4");
}

TEST(DicomDataset, StopsBehindTheLastTagAsked) {
  FIDUCIAL_REQUIRE_SHARED(sharedData("dicom/seg"));
  auto dataset = DicomDataset::open(sharedData("dicom/seg/dcmqi_ct3/01.dcm"), {.lastTag = 0x00080018});
  ASSERT_TRUE(dataset);
  EXPECT_TRUE((*dataset)->root().has(0x00080018));
  EXPECT_LE((*dataset)->elementCount(), 30U);
  EXPECT_EQ((*dataset)->damage(), "");
}

TEST(DicomDataset, NestingWithoutEndIsSaidAndLeavesTheRest) {
  const fs::path path = sharedData("dicom/malformed/nested_sequences_20000_deep.dcm");
  FIDUCIAL_REQUIRE_SHARED(path);
  auto dataset = DicomDataset::open(path);
  ASSERT_TRUE(dataset) << dataset.error().text();
  EXPECT_NE((*dataset)->damage().find("nested more than"), std::string::npos) << (*dataset)->damage();
  EXPECT_TRUE((*dataset)->root().has(0x00080005));
  EXPECT_TRUE((*dataset)->root().item(0x00081140).item(0x00081140));
}

TEST(DicomDataset, EveryMalformedFileGivesATreeOrAnError) {
  const fs::path folder = sharedData("dicom/malformed");
  FIDUCIAL_REQUIRE_SHARED(folder);
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.is_regular_file()) useAll(entry.path());
  }
}

TEST(DicomDataset, CutAndFlippedLabelFilesNeverCrashOrHang) {
  FIDUCIAL_REQUIRE_SHARED(sharedData("dicom/seg"));
  test::TemporaryFolder folder;
  const fs::path work = folder / "work.dcm";
  std::mt19937 random(20240607);  // any seed: the tree must hold whatever comes
  constexpr std::size_t kLargest = 300'000;
  for (const char* kind : {"dicom/seg", "dicom/rtstruct", "dicom/sr", "dicom/gsps"}) {
    for (const auto& entry : fs::recursive_directory_iterator(sharedData(kind))) {
      if (entry.path().extension() != ".dcm" || entry.file_size() > kLargest) continue;
      const std::string bytes = bytesOf(entry.path());
      SCOPED_TRACE(entry.path().string());
      write(work, bytes);
      // Flips where the header is: pixels hold no claims. In place, for the disk is slower than the parser.
      std::fstream file(work, std::ios::binary | std::ios::in | std::ios::out);
      const auto put = [&](std::size_t at, char byte) {
        file.seekp(std::streamoff(at));
        file.put(byte);
        file.flush();
      };
      for (int n = 0; n < 200; ++n) {
        const std::size_t at = random() % std::min<std::size_t>(bytes.size(), 12'000);
        put(at, char(random()));
        useAll(work, n % 16 == 0);
        put(at, bytes[at]);
      }
      for (std::size_t n = 64; n-- > 0;) {
        fs::resize_file(work, bytes.size() * n / 64);
        useAll(work, n % 16 == 15);
      }
    }
  }
}

std::int64_t pixelsOf(const DicomRunReader& reader, std::uint32_t* sum = nullptr) {
  std::int64_t pixels = 0;
  for (int frame = 0; frame < reader.frames(); ++frame) {
    auto runs = reader.runs(frame);
    EXPECT_TRUE(runs) << runs.error().text();
    if (!runs) return -1;
    for (const SampleRun& run : *runs) {
      pixels += run.end - run.first;
      if (sum != nullptr) *sum += run.value * std::uint32_t(run.end - run.first);
    }
  }
  return pixels;
}

TEST(DicomRuns, AreAsManyPixelsAsPydicomCounts) {  // reference/segments.json
  FIDUCIAL_REQUIRE_SHARED(sharedData("dicom/seg"));
  const std::pair<const char*, std::int64_t> known[] = {
      {"dcmqi_24x38x3/label_seg.dcm", 315},
      {"dcmqi_24x38x3/sparse-labelmap-ppv5.dcm", 630},
      {"dcmqi_ct3/seg_liver.dcm", 107098},
      {"dcmqi_ct3/seg_partial_overlaps.dcm", 43639},
      {"highdicom_ct/seg_image_ct_binary.dcm", 638},
      {"highdicom_ct/seg_image_ct_binary_overlap.dcm", 80},
      {"liver_deflated.dcm", 107098},
      {"liver_rle.dcm", 107098},
      {"highdicom_ct/seg_image_ct_true_fractional.dcm", 661},
  };
  for (const auto& [name, pixels] : known) {
    auto dataset = DicomDataset::open(sharedData(std::string("dicom/seg/") + name));
    ASSERT_TRUE(dataset) << name;
    auto reader = DicomRunReader::open(**dataset);
    ASSERT_TRUE(reader) << name << ": " << reader.error().text();
    std::uint32_t sum = 0;
    EXPECT_EQ(pixelsOf(*reader, &sum), pixels) << name;
    if (reader->bits() == 8 && pixels == 661) {
      EXPECT_EQ(sum, 83136U);
    }
  }
}

}  // namespace
}  // namespace fiducial::media
