// The data elements this program looks at, by their names. Those of group 6000 stand for all overlay groups. Shared by
// what reads pictures, presentation states and label objects. Source: DICOM PS3.6.
#pragma once

#include "fiducial/media/dicom_dataset.h"

namespace fiducial::media::dicom::tag {

using Tag = DicomTag;

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
// Of geometry: what tells pictures of one place apart, mosaics, calibration, and the directory of a file set.
constexpr Tag DirectoryRecordType = 0x00041430, ReferencedFile = 0x00041500, AcquisitionTime = 0x00080032,
              ContentTime = 0x00080033, FrameType = 0x00089007, TriggerTime = 0x00181060, Magnification = 0x00181114,
              NominalScannedSpacing = 0x00182010, RegionSpatialFormat = 0x00186012, RegionFlags = 0x00186016,
              RegionMinX = 0x00186018, RegionMinY = 0x0018601A, RegionMaxX = 0x0018601C, RegionMaxY = 0x0018601E,
              RegionReferenceX = 0x00186020, RegionReferenceY = 0x00186022, RegionValueX = 0x00186028,
              RegionValueY = 0x0018602A, FrameAcquisitionDateTime = 0x00189074, DiffusionDirectionality = 0x00189075,
              EffectiveEchoTime = 0x00189082, MrEcho = 0x00189114, MrDiffusion = 0x00189117,
              CardiacSynchronization = 0x00189118, MrFrameType = 0x00189226, CtFrameType = 0x00189329,
              PetFrameType = 0x00189751, SiemensMrCreator = 0x00190010, MosaicCount = 0x0019100A,
              SiemensBValue = 0x0019100C, InStackPosition = 0x00209057, CardiacTriggerDelay = 0x00209153,
              FrameAcquisitionNumber = 0x00209156, DimensionIndexValues = 0x00209157, Concatenation = 0x00209161,
              TemporalPositionOffset = 0x0020930D, TemporalPositionGroup = 0x00209310, CalibrationType = 0x00280A02,
              CalibrationText = 0x00280A04, CsaCreator = 0x00290010, CsaImageHeader = 0x00291010,
              GeParametersCreator = 0x00430010, GeBValue = 0x00431039, PhilipsImagingCreator = 0x20010010,
              PhilipsBValue = 0x20011003;
// Of values: windows, padding, overlays (group 6000 stands for all of them), colour, and the dose of PET.
constexpr Tag VoiLutFunction = 0x00281056, PixelPaddingLimit = 0x00280121, IccProfile = 0x00282000,
              FrameReferenceTime = 0x00541300, ActualFrameDuration = 0x00181242, OverlayRows = 0x60000010,
              OverlayColumns = 0x60000011, OverlayFrames = 0x60000015, OverlayDescription = 0x60000022,
              OverlayType = 0x60000040, OverlayOrigin = 0x60000050, OverlayFirstFrame = 0x60000051,
              OverlayBitsAllocated = 0x60000100, OverlayBitPosition = 0x60000102, OverlayLabel = 0x60001500,
              OverlayData = 0x60003000, SeriesDate = 0x00080021, AcquisitionDate = 0x00080022, SeriesTime = 0x00080031,
              PatientSex = 0x00100040, PatientSize = 0x00101020, PatientWeight = 0x00101030,
              Radiopharmaceuticals = 0x00540016, RadiopharmaceuticalStart = 0x00181072, RadionuclideDose = 0x00181074,
              RadionuclideHalfLife = 0x00181075, RadiopharmaceuticalStartDateTime = 0x00181078,
              CorrectedImage = 0x00280051, DecayCorrection = 0x00541102, GePetCreator = 0x00090010,
              GePetScanDateTime = 0x0009100D, PhilipsPetCreator = 0x70530010, PhilipsSuvFactor = 0x70531000,
              PhilipsActivityFactor = 0x70531009;
// Of places that are not each picture's own: nuclear medicine, ultrasound volumes.
constexpr Tag DetectorInformation = 0x00540022, RrIntervalVector = 0x00540060, TimeSlotVector = 0x00540070,
              SliceVector = 0x00540080, PositionInVolume = 0x00209301, OrientationInVolume = 0x00209302,
              PlanePositionVolume = 0x0020930E, PlaneOrientationVolume = 0x0020930F, ImagePlaneSpacing = 0x30020011;
// Of enhanced PET.
constexpr Tag DecayCorrected = 0x00189758, AttenuationCorrected = 0x00189759, DecayCorrectionDateTime = 0x00189701,
              RealWorldValueMaps = 0x00409096, RealWorldIntercept = 0x00409224, RealWorldSlope = 0x00409225;
// Of label objects: what they are and what they refer to, functional groups, tiles.
constexpr Tag CodeValue = 0x00080100, CodingScheme = 0x00080102, CodeMeaning = 0x00080104, LongCodeValue = 0x00080119,
              UrnCodeValue = 0x00080120, ReferencedSeries = 0x00081115, ReferencedImages = 0x00081140,
              ReferencedInstances = 0x0008114A, ReferencedInstance = 0x00081155, ReferencedFrame = 0x00081160,
              ReferencedSops = 0x00081199, SourceImages = 0x00082112, DerivationImages = 0x00089124,
              TotalColumns = 0x00480006, TotalRows = 0x00480007, FocalPlanes = 0x00480303,
              DimensionOrganization = 0x00209311, PlanePositionSlide = 0x0048021A, ColumnInMatrix = 0x0048021E,
              RowInMatrix = 0x0048021F;
// Of segmentations.
constexpr Tag SegmentationType = 0x00620001, Segments = 0x00620002, PropertyCategory = 0x00620003,
              SegmentNumber = 0x00620004, SegmentLabel = 0x00620005, SegmentDescription = 0x00620006,
              AlgorithmType = 0x00620008, AlgorithmName = 0x00620009, SegmentIdentification = 0x0062000A,
              ReferencedSegment = 0x0062000B, DisplayCielab = 0x0062000D, LargestFraction = 0x0062000E,
              PropertyType = 0x0062000F, PropertyTypeModifier = 0x00620011, TrackingId = 0x00620020,
              TrackingUid = 0x00620021, AnatomicRegion = 0x00082218;
// Of structure sets.
constexpr Tag ReferencedFrameOfReference = 0x30060010, RtReferencedStudy = 0x30060012, RtReferencedSeries = 0x30060014,
              ContourImages = 0x30060016, StructureSetRois = 0x30060020, RoiNumber = 0x30060022,
              ReferencedFrameOfReferenceUid = 0x30060024, RoiName = 0x30060026, RoiDisplayColor = 0x3006002A,
              RoiGeneration = 0x30060036, RoiContours = 0x30060039, Contours = 0x30060040, ContourType = 0x30060042,
              ContourData = 0x30060050, RoiObservations = 0x30060080, ReferencedRoi = 0x30060084,
              RoiIdentificationCode = 0x30060086, InterpretedType = 0x300600A4;
// Of reports and graphics.
constexpr Tag ValueType = 0x0040A040, ConceptName = 0x0040A043, TextValue = 0x0040A160, UidValue = 0x0040A124,
              ConceptCode = 0x0040A168, MeasuredValue = 0x0040A300, NumericValue = 0x0040A30A,
              MeasurementUnits = 0x004008EA, Content = 0x0040A730, Evidence = 0x0040A375, OtherEvidence = 0x0040A385,
              GraphicAnnotations = 0x00700001, GraphicLayer = 0x00700002, BoxUnits = 0x00700003,
              AnchorUnits = 0x00700004, GraphicUnits = 0x00700005, UnformattedText = 0x00700006,
              TextObjects = 0x00700008, GraphicObjects = 0x00700009, BoxTopLeft = 0x00700010, AnchorPoint = 0x00700014,
              GraphicData = 0x00700022, GraphicType = 0x00700023, ImageRotation = 0x00700042, AreaTopLeft = 0x00700052,
              AreaBottomRight = 0x00700053, DisplayedAreas = 0x0070005A;
// Of presentation states.
constexpr Tag ShutterShape = 0x00181600, ShutterLeft = 0x00181602, ShutterRight = 0x00181604, ShutterUpper = 0x00181606,
              ShutterLower = 0x00181608, ShutterCenter = 0x00181610, ShutterRadius = 0x00181612,
              ShutterVertices = 0x00181620, ShutterValue = 0x00181622, ShutterOverlay = 0x00181623,
              ShutterCielab = 0x00181624, SoftcopyVoi = 0x00283110, ImageFlip = 0x00700041, ContentLabel = 0x00700080,
              ContentDescription = 0x00700081, SizeMode = 0x00700100, PresentationMagnification = 0x00700103,
              LightTables = 0x20500010, LightShape = 0x20500020;

}  // namespace fiducial::media::dicom::tag
