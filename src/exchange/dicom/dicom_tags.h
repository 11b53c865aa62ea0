// The attributes that label objects are read by. Source: DICOM PS3.6.
#pragma once

#include "fiducial/media/dicom_dataset.h"

namespace fiducial::exchange::dicom_tag {

using Tag = media::DicomTag;

constexpr Tag kSopClass = 0x00080016, kSopInstance = 0x00080018, kModality = 0x00080060, kCodeValue = 0x00080100,
              kCodingScheme = 0x00080102, kCodeMeaning = 0x00080104, kLongCodeValue = 0x00080119,
              kUrnCodeValue = 0x00080120, kReferencedSeries = 0x00081115, kReferencedImages = 0x00081140,
              kReferencedInstances = 0x0008114A, kReferencedSopClass = 0x00081150, kReferencedInstance = 0x00081155,
              kReferencedFrame = 0x00081160, kReferencedSops = 0x00081199, kSourceImages = 0x00082112,
              kDerivationImages = 0x00089124, kStudyUid = 0x0020000D, kSeriesUid = 0x0020000E,
              kImagePosition = 0x00200032, kImageOrientation = 0x00200037, kFrameOfReference = 0x00200052,
              kPlanePosition = 0x00209113, kPlaneOrientation = 0x00209116, kNumberOfFrames = 0x00280008,
              kPixelSpacing = 0x00280030, kPixelPadding = 0x00280120, kPixelMeasures = 0x00289110,
              kTotalColumns = 0x00480006, kTotalRows = 0x00480007, kPlanePositionSlide = 0x0048021A,
              kColumnInMatrix = 0x0048021E, kRowInMatrix = 0x0048021F, kSharedGroups = 0x52009229,
              kPerFrameGroups = 0x52009230;
// Segmentations
constexpr Tag kSegmentationType = 0x00620001, kSegments = 0x00620002, kPropertyCategory = 0x00620003,
              kSegmentNumber = 0x00620004, kSegmentLabel = 0x00620005, kSegmentDescription = 0x00620006,
              kAlgorithmType = 0x00620008, kAlgorithmName = 0x00620009, kSegmentIdentification = 0x0062000A,
              kReferencedSegment = 0x0062000B, kDisplayCielab = 0x0062000D, kLargestFraction = 0x0062000E,
              kPropertyType = 0x0062000F, kFractionalType = 0x00620010, kPropertyTypeModifier = 0x00620011,
              kTrackingId = 0x00620020, kAnatomicRegion = 0x00082218;
// Structure sets
constexpr Tag kReferencedFrameOfReference = 0x30060010, kRtReferencedStudy = 0x30060012,
              kRtReferencedSeries = 0x30060014, kContourImages = 0x30060016, kStructureSetRois = 0x30060020,
              kRoiNumber = 0x30060022, kRoiFrameOfReference = 0x30060024, kRoiName = 0x30060026,
              kRoiDisplayColor = 0x3006002A, kRoiGeneration = 0x30060036, kRoiContours = 0x30060039,
              kContours = 0x30060040, kContourType = 0x30060042, kContourPoints = 0x30060046, kContourData = 0x30060050,
              kRoiObservations = 0x30060080, kReferencedRoi = 0x30060084, kRoiIdentificationCode = 0x30060086,
              kInterpretedType = 0x300600A4;
// Reports and presentation states
constexpr Tag kRelationship = 0x0040A010, kValueType = 0x0040A040, kConceptName = 0x0040A043, kTextValue = 0x0040A160,
              kUidValue = 0x0040A124, kConceptCode = 0x0040A168, kMeasuredValue = 0x0040A300,
              kNumericValue = 0x0040A30A, kMeasurementUnits = 0x004008EA, kContent = 0x0040A730, kEvidence = 0x0040A375,
              kOtherEvidence = 0x0040A385, kContentTemplate = 0x0040A504, kSrFrameOfReference = 0x30060024,
              kPersonName = 0x0040A123, kGraphicAnnotations = 0x00700001, kGraphicLayer = 0x00700002,
              kBoxUnits = 0x00700003, kAnchorUnits = 0x00700004, kGraphicUnits = 0x00700005,
              kUnformattedText = 0x00700006, kTextObjects = 0x00700008, kGraphicObjects = 0x00700009,
              kBoxTopLeft = 0x00700010, kBoxBottomRight = 0x00700011, kAnchorPoint = 0x00700014,
              kGraphicDimensions = 0x00700020, kGraphicData = 0x00700022, kGraphicType = 0x00700023,
              kRotation = 0x00700042, kAreaTopLeft = 0x00700052, kAreaBottomRight = 0x00700053,
              kDisplayedAreas = 0x0070005A;

}  // namespace fiducial::exchange::dicom_tag
