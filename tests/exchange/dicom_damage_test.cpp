// Label objects cut at many places and with bytes flipped, imported into a project: an answer, a warning or an error,
// never a crash, a hang over 5 s or half an import. Seeded. A run of all tests takes a sample of files and writes every
// eighth import to the project; FIDUCIAL_DAMAGE=whole takes every label object of the shared data and writes all.
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <random>

#include "fiducial/runtime/atomic_file.h"
#include "label_project.h"
#include "support/shared_data.h"

namespace fiducial::exchange {
namespace {

namespace fs = std::filesystem;
using test::LabelProject;
using test::sharedData;

struct Case {
  const char* format;
  const char* file;
  const char* media;        ///< that they are labels for; empty: none
  const char* before = "";  ///< a SEG that is imported first
  bool isInSample = false;
};

constexpr Case kCases[] = {
    {"dicom-seg", "seg/dcmqi_24x38x3/label_seg.dcm", "seg/dcmqi_24x38x3", "", true},
    {"dicom-seg", "seg/dcmqi_24x38x3/sparse-labelmap-ppv5.dcm", "seg/dcmqi_24x38x3", "", true},
    {"dicom-seg", "seg/dcmqi_24x38x3/label_seg.dcm", ""},  // its pictures are nowhere
    {"dicom-seg", "seg/dcmqi_ct3/seg_liver.dcm", "seg/dcmqi_ct3"},
    {"dicom-seg", "seg/dcmqi_ct3/seg_partial_overlaps.dcm", "seg/dcmqi_ct3"},
    {"dicom-seg", "seg/liver_deflated.dcm", "seg/dcmqi_ct3"},
    {"dicom-seg", "seg/liver_rle.dcm", "seg/dcmqi_ct3"},
    {"dicom-seg", "seg/highdicom_ct/seg_image_ct_binary.dcm", "seg/highdicom_ct/ct_image.dcm"},
    {"dicom-seg", "seg/highdicom_ct/seg_image_ct_binary_overlap.dcm", "seg/highdicom_ct/ct_image.dcm"},
    {"dicom-seg", "seg/highdicom_ct/seg_image_ct_binary_single_frame.dcm", "seg/highdicom_ct/ct_image.dcm"},
    {"dicom-seg", "seg/highdicom_ct/seg_image_ct_true_fractional.dcm", "seg/highdicom_ct/ct_image.dcm"},
    {"dicom-seg", "sr/dcmqi_tid1500/seg.dcm", ""},
    {"rtstruct", "rtstruct/rtutils_phantom/rt.dcm", "rtstruct/rtutils_phantom/ct_1.dcm", "", true},
    {"rtstruct", "rtstruct/rtutils_phantom/dummy_rt.dcm", "rtstruct/rtutils_phantom/ct_1.dcm"},
    {"rtstruct", "rtstruct/rtstruct.dcm", "rtstruct/rtutils_phantom/ct_1.dcm"},
    {"rtstruct", "rtstruct/ct_head_vault/rtstruct.dcm", "ct/head_vault_63"},
    {"dicom-sr", "sr/sr_document_with_multiple_groups.dcm", "gsps/ct.dcm", "", true},
    {"dicom-sr", "sr/sr_document.dcm", "gsps/ct.dcm"},
    {"dicom-sr", "sr/comprehensive_sr.dcm", "gsps/ct.dcm"},
    {"dicom-sr", "sr/basic_text_sr.dcm", "gsps/ct.dcm"},
    {"dicom-sr", "sr/dcmqi_tid1500/sr.dcm", "", "sr/dcmqi_tid1500/seg.dcm", true},
    {"gsps", "gsps/ct_pstate_annotations.dcm", "gsps/ct.dcm", "", true},
    {"gsps", "gsps/ct_pstate_rotate90_flip.dcm", "gsps/ct.dcm"},
    {"gsps", "gsps/mr_overlay_pstate_plain.dcm", "gsps/mr_overlay.dcm"},
};

bool isWholeRun() {
  const char* asked = std::getenv("FIDUCIAL_DAMAGE");
  return asked != nullptr && std::string_view(asked) == "whole";
}

/// Imports one damaged file again and again.
class DamagedImport {
 public:
  DamagedImport(const Case& one, const fs::path& data)
      : format_(findFormat(one.format)),
        project_(*one.media == '\0' ? std::vector<fs::path>() : std::vector<fs::path>{data / one.media}) {
    if (*one.before != '\0') {
      EXPECT_TRUE(project_.import("dicom-seg", data / one.before));
    }
    options_.path = project_.folder() / "work.dcm";
    if (*one.media != '\0') options_.medium = MediumId{project_->media()->front().id};
    // refuses only at the very end
    auto reading = project::Project::open(project_->path(), {.readOnly = true, .annotator = {}});
    EXPECT_TRUE(reading) << reading.error().text();
    if (reading) reading_ = std::move(*reading);
  }

  void run(const std::string& bytes, int n) {
    std::ofstream(options_.path, std::ios::binary) << bytes;
    const bool writes = isWholeRun() || n % 8 == 0;
    const auto started = std::chrono::steady_clock::now();
    auto report = format_->importer()->read(writes ? *project_ : *reading_, options_, {});
    EXPECT_LT(std::chrono::steady_clock::now() - started, std::chrono::seconds(5)) << n;
    if (report && report->edit) {
      EXPECT_TRUE(project_->undo()) << n;
    }
    if (!report) {
      EXPECT_FALSE(report.error().message.empty()) << n;
    }
  }
  [[nodiscard]] bool isWhole() const { return project_->verify()->problems.empty(); }

 private:
  const Format* format_;
  LabelProject project_;
  std::unique_ptr<project::Project> reading_;
  ImportOptions options_;
};

TEST(DicomLabelImport, CutAndFlippedFilesNeverCrashAndNeverHalfImport) {
  const fs::path data = sharedData("dicom");
  FIDUCIAL_REQUIRE_SHARED(data);
  for (const Case& one : kCases) {
    if (!one.isInSample && !isWholeRun()) continue;
    SCOPED_TRACE(std::string(one.file) + " on " + one.media);
    DamagedImport import(one, data);
    const auto whole = runtime::readText(data / one.file);
    ASSERT_TRUE(whole);
    const std::string& bytes = *whole;
    std::mt19937 random(7);
    for (int n = 0; n < 200; ++n) {
      std::string damaged = bytes;
      damaged[random() % bytes.size()] = char(random());
      import.run(damaged, n);
    }
    for (int n = 64; n-- > 0;) import.run(bytes.substr(0, bytes.size() * std::size_t(n) / 64), n);
    EXPECT_TRUE(import.isWhole());
  }
}

}  // namespace
}  // namespace fiducial::exchange
