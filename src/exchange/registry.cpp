// The table of dataset formats: the only list of them.
#include <array>
#include <utility>

#include "coco/coco_formats.h"
#include "dicom/dicom_formats.h"
#include "fiducial/exchange/format.h"
#include "nifti/nifti_format.h"

namespace fiducial::exchange {
namespace {

constexpr std::array kFormats = {
    // alphabetical
    Format{"coco", "COCO instances", kCocoKinds, cocoImporter, cocoExporter},
    Format{"dicom-seg", "DICOM segmentation (SEG)", kDicomSegKinds, dicomSegImporter, nullptr},
    Format{"dicom-sr", "DICOM report (SR TID 1500)", kDicomSrKinds, dicomSrImporter, nullptr},
    Format{"gsps", "DICOM presentation state (GSPS)", kGspsKinds, gspsImporter, nullptr},
    Format{"nifti", "NIfTI label volumes", Kinds::Segmentation, nullptr, niftiExporter},
    Format{"rtstruct", "Radiotherapy structures (RTSTRUCT)", kRtStructKinds, rtStructImporter, nullptr},
};

constexpr std::array<std::pair<Kinds, std::string_view>, 15> kNames{{
    {Kinds::Box, "box"},
    {Kinds::RotatedBox, "rotated_box"},
    {Kinds::Ellipse, "ellipse"},
    {Kinds::Polygon, "polygon"},
    {Kinds::Polyline, "polyline"},
    {Kinds::Points, "points"},
    {Kinds::Skeleton, "skeleton"},
    {Kinds::Arrow, "arrow"},
    {Kinds::Note, "note"},
    {Kinds::Mask, "mask"},
    {Kinds::Track, "track"},
    {Kinds::Segmentation, "segmentation"},
    {Kinds::Event, "event"},
    {Kinds::Tag, "tag"},
    {Kinds::Measurement, "measurement"},
}};

}  // namespace

std::vector<std::string> names(Kinds kinds) {
  std::vector<std::string> result;
  for (const auto& [kind, name] : kNames) {
    if (holds(kinds, kind)) result.emplace_back(name);
  }
  return result;
}

std::span<const Format> formats() { return kFormats; }

const Format* findFormat(std::string_view name) {
  for (const Format& format : kFormats) {
    if (format.name == name) return &format;
  }
  return nullptr;
}

}  // namespace fiducial::exchange
