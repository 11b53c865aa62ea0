// The data elements this program looks at, with the value representation they have where the file does not say
// (implicit VR). Source: DICOM PS3.6.
#pragma once

#include <cstdint>

namespace fiducial::media::dicom {

using Tag = std::uint32_t;  // group << 16 | element
using Vr = std::uint16_t;   // two letters, first in the high byte

constexpr Vr vrOf(const char (&text)[3]) {
  return Vr((static_cast<unsigned>(text[0]) << 8) | static_cast<unsigned>(text[1]));
}

namespace tag {
constexpr Tag MediaStorageClass = 0x00020002, TransferSyntax = 0x00020010, SpecificCharacterSet = 0x00080005,
              ImageType = 0x00080008, SopClass = 0x00080016, SopInstance = 0x00080018, StudyDate = 0x00080020,
              Modality = 0x00080060, StudyDescription = 0x00081030, SeriesDescription = 0x0008103E,
              RecommendedDisplayFrameRate = 0x00082144, DirectoryRecordSequence = 0x00041220, PatientName = 0x00100010,
              SliceThickness = 0x00180050, CineRate = 0x00180040, EchoTime = 0x00180081,
              SpacingBetweenSlices = 0x00180088, FrameTime = 0x00181063, FrameTimeVector = 0x00181065,
              ImagerPixelSpacing = 0x00181164, UltrasoundRegions = 0x00186011, RegionUnitsX = 0x00186024,
              RegionUnitsY = 0x00186026, PhysicalDeltaX = 0x0018602C, PhysicalDeltaY = 0x0018602E,
              DiffusionBValue = 0x00189087, StudyUid = 0x0020000D, SeriesUid = 0x0020000E, SeriesNumber = 0x00200011,
              AcquisitionNumber = 0x00200012, InstanceNumber = 0x00200013, ImagePosition = 0x00200032,
              ImageOrientation = 0x00200037, FrameOfReference = 0x00200052, TemporalPosition = 0x00200100,
              StackId = 0x00209056, FrameContent = 0x00209111, PlanePosition = 0x00209113,
              PlaneOrientation = 0x00209116, TemporalPositionIndex = 0x00209128, SamplesPerPixel = 0x00280002,
              Photometric = 0x00280004, PlanarConfiguration = 0x00280006, NumberOfFrames = 0x00280008,
              Rows = 0x00280010, Columns = 0x00280011, PixelSpacing = 0x00280030, BitsAllocated = 0x00280100,
              BitsStored = 0x00280101, HighBit = 0x00280102, PixelRepresentation = 0x00280103,
              PixelPaddingValue = 0x00280120, WindowCenter = 0x00281050, WindowWidth = 0x00281051,
              RescaleIntercept = 0x00281052, RescaleSlope = 0x00281053, RescaleType = 0x00281054,
              WindowExplanation = 0x00281055, RedDescriptor = 0x00281101, GreenDescriptor = 0x00281102,
              BlueDescriptor = 0x00281103, RedData = 0x00281201, GreenData = 0x00281202, BlueData = 0x00281203,
              RedSegments = 0x00281221, GreenSegments = 0x00281222, BlueSegments = 0x00281223,
              LossyCompression = 0x00282110, ModalityLut = 0x00283000, LutDescriptor = 0x00283002,
              LutExplanation = 0x00283003, LutData = 0x00283006, VoiLut = 0x00283010, PixelMeasures = 0x00289110,
              FrameVoiLut = 0x00289132, PixelValueTransformation = 0x00289145, Units = 0x00541001,
              GridFrameOffsets = 0x3004000C, DoseGridScaling = 0x3004000E, SharedGroups = 0x52009229,
              PerFrameGroups = 0x52009230, ExtendedOffsets = 0x7FE00001, ExtendedLengths = 0x7FE00002,
              FloatPixelData = 0x7FE00008, DoublePixelData = 0x7FE00009, PixelData = 0x7FE00010, Item = 0xFFFEE000,
              ItemEnd = 0xFFFEE00D, SequenceEnd = 0xFFFEE0DD;
}  // namespace tag

/// The VR of an element we keep; 0 for all others.
[[nodiscard]] Vr knownVr(Tag tag);

}  // namespace fiducial::media::dicom
