// DICOM objects without a picture, and what to tell the user of them. Source: DICOM PS3.4 annex B, PS3.6 annex A.
#include <array>

#include "image_header.h"

namespace fiducial::media::dicom {
namespace {

struct ObjectKind {
  std::string_view uidPrefix;
  std::string_view reason;
};

constexpr std::array kWithoutPicture{
    ObjectKind{"1.2.840.10008.1.3.10", "an index (DICOMDIR); its files are listed by themselves"},
    ObjectKind{"1.2.840.10008.5.1.4.1.1.88.59", "a key object selection (KO): no picture in it"},
    ObjectKind{
        "1.2.840.10008.5.1.4.1.1.88.",
        "a structured report (SR): no picture in it; measurements (TID 1500) come in with import --format dicom-sr"},
    ObjectKind{"1.2.840.10008.5.1.4.1.1.11.",
               "a presentation state (PR): no picture in it; its graphics come in with import --format gsps"},
    ObjectKind{"1.2.840.10008.5.1.4.1.1.66.4",
               "a segmentation (SEG): labels for other pictures; bring them in with import --format dicom-seg"},
    ObjectKind{"1.2.840.10008.5.1.4.1.1.66.7",
               "a segmentation (SEG): labels for other pictures; bring them in with import --format dicom-seg"},
    ObjectKind{"1.2.840.10008.5.1.4.1.1.66", "raw or registration data: no picture in it"},
    ObjectKind{"1.2.840.10008.5.1.4.1.1.67", "a real world value map (RWVM): no picture in it"},
    ObjectKind{
        "1.2.840.10008.5.1.4.1.1.481.3",
        "radiotherapy structures (RTSTRUCT): labels for other pictures; bring them in with import --format rtstruct"},
    ObjectKind{"1.2.840.10008.5.1.4.1.1.481.5", "a radiotherapy plan (RTPLAN): no picture in it"},
    ObjectKind{"1.2.840.10008.5.1.4.1.1.481.8", "a radiotherapy plan (RTPLAN): no picture in it"},
    ObjectKind{"1.2.840.10008.5.1.4.1.1.9.", "a recording of signals (waveform): no picture in it"},
    ObjectKind{"1.2.840.10008.5.1.4.1.1.104.", "a document (encapsulated PDF, CDA or model): no picture in it"},
};

}  // namespace

std::string reasonWithoutPicture(std::string_view sopClass, std::string_view modality) {
  for (const ObjectKind& kind : kWithoutPicture) {
    const bool isFamily = kind.uidPrefix.ends_with('.');
    if (isFamily ? sopClass.starts_with(kind.uidPrefix) : sopClass == kind.uidPrefix) return std::string(kind.reason);
  }
  if (modality == "SEG")
    return "a segmentation (SEG): labels for other pictures; bring them in with import --format dicom-seg";
  if (modality == "RTSTRUCT")
    return "radiotherapy structures (RTSTRUCT): labels for other pictures; bring them in with import --format rtstruct";
  if (modality == "RTPLAN") return "a radiotherapy plan (RTPLAN): no picture in it";
  if (modality == "SR")
    return "a structured report (SR): no picture in it; measurements (TID 1500) come in with import --format dicom-sr";
  return {};
}

}  // namespace fiducial::media::dicom
