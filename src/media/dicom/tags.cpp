#include "tags.h"

#include <algorithm>
#include <array>

namespace fiducial::media::dicom {
namespace {

struct Known {
  Tag tag;
  Vr vr;
};

constexpr auto kKnown = [] {
  using namespace tag;
  std::array table{Known{TransferSyntax, vrOf("UI")},
                   Known{SpecificCharacterSet, vrOf("CS")},
                   Known{ImageType, vrOf("CS")},
                   Known{SopClass, vrOf("UI")},
                   Known{SopInstance, vrOf("UI")},
                   Known{StudyDate, vrOf("DA")},
                   Known{Modality, vrOf("CS")},
                   Known{StudyDescription, vrOf("LO")},
                   Known{SeriesDescription, vrOf("LO")},
                   Known{RecommendedDisplayFrameRate, vrOf("IS")},
                   Known{PatientName, vrOf("PN")},
                   Known{SliceThickness, vrOf("DS")},
                   Known{CineRate, vrOf("IS")},
                   Known{EchoTime, vrOf("DS")},
                   Known{SpacingBetweenSlices, vrOf("DS")},
                   Known{FrameTime, vrOf("DS")},
                   Known{FrameTimeVector, vrOf("DS")},
                   Known{ImagerPixelSpacing, vrOf("DS")},
                   Known{UltrasoundRegions, vrOf("SQ")},
                   Known{RegionUnitsX, vrOf("US")},
                   Known{RegionUnitsY, vrOf("US")},
                   Known{PhysicalDeltaX, vrOf("FD")},
                   Known{PhysicalDeltaY, vrOf("FD")},
                   Known{DiffusionBValue, vrOf("FD")},
                   Known{StudyUid, vrOf("UI")},
                   Known{SeriesUid, vrOf("UI")},
                   Known{SeriesNumber, vrOf("IS")},
                   Known{AcquisitionNumber, vrOf("IS")},
                   Known{InstanceNumber, vrOf("IS")},
                   Known{ImagePosition, vrOf("DS")},
                   Known{ImageOrientation, vrOf("DS")},
                   Known{FrameOfReference, vrOf("UI")},
                   Known{TemporalPosition, vrOf("IS")},
                   Known{StackId, vrOf("SH")},
                   Known{FrameContent, vrOf("SQ")},
                   Known{PlanePosition, vrOf("SQ")},
                   Known{PlaneOrientation, vrOf("SQ")},
                   Known{TemporalPositionIndex, vrOf("UL")},
                   Known{SamplesPerPixel, vrOf("US")},
                   Known{Photometric, vrOf("CS")},
                   Known{PlanarConfiguration, vrOf("US")},
                   Known{NumberOfFrames, vrOf("IS")},
                   Known{Rows, vrOf("US")},
                   Known{Columns, vrOf("US")},
                   Known{PixelSpacing, vrOf("DS")},
                   Known{BitsAllocated, vrOf("US")},
                   Known{BitsStored, vrOf("US")},
                   Known{HighBit, vrOf("US")},
                   Known{PixelRepresentation, vrOf("US")},
                   Known{PixelPaddingValue, vrOf("US")},
                   Known{WindowCenter, vrOf("DS")},
                   Known{WindowWidth, vrOf("DS")},
                   Known{RescaleIntercept, vrOf("DS")},
                   Known{RescaleSlope, vrOf("DS")},
                   Known{RescaleType, vrOf("LO")},
                   Known{WindowExplanation, vrOf("LO")},
                   Known{RedDescriptor, vrOf("US")},
                   Known{GreenDescriptor, vrOf("US")},
                   Known{BlueDescriptor, vrOf("US")},
                   Known{RedData, vrOf("OW")},
                   Known{GreenData, vrOf("OW")},
                   Known{BlueData, vrOf("OW")},
                   Known{RedSegments, vrOf("OW")},
                   Known{GreenSegments, vrOf("OW")},
                   Known{BlueSegments, vrOf("OW")},
                   Known{LossyCompression, vrOf("CS")},
                   Known{ModalityLut, vrOf("SQ")},
                   Known{LutDescriptor, vrOf("US")},
                   Known{LutExplanation, vrOf("LO")},
                   Known{LutData, vrOf("OW")},
                   Known{VoiLut, vrOf("SQ")},
                   Known{PixelMeasures, vrOf("SQ")},
                   Known{FrameVoiLut, vrOf("SQ")},
                   Known{PixelValueTransformation, vrOf("SQ")},
                   Known{Units, vrOf("CS")},
                   Known{GridFrameOffsets, vrOf("DS")},
                   Known{DoseGridScaling, vrOf("DS")},
                   Known{SharedGroups, vrOf("SQ")},
                   Known{PerFrameGroups, vrOf("SQ")},
                   Known{ExtendedOffsets, vrOf("OV")},
                   Known{ExtendedLengths, vrOf("OV")}};
  std::sort(table.begin(), table.end(), [](const Known& a, const Known& b) { return a.tag < b.tag; });
  return table;
}();

}  // namespace

Vr knownVr(Tag tag) {
  const auto at = std::lower_bound(kKnown.begin(), kKnown.end(), tag, [](const Known& a, Tag b) { return a.tag < b; });
  return at != kKnown.end() && at->tag == tag ? at->vr : Vr{0};
}

}  // namespace fiducial::media::dicom
