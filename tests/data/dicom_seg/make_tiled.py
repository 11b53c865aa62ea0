"""Makes slide.dcm, tiled_sparse.dcm, tiled_full.dcm and tiled.json beside it, with highdicom 0.28 (PyPI).

The slide is one picture of 50 x 40 pixels that is its own whole pixel matrix. The segmentations cut it into tiles of
16 x 12 pixels, so that the last column and row of tiles reach over its border; highdicom leaves empty tiles out of the
sparse one. tiled.json is what highdicom's reader puts together again from the files: for each segment its pixels,
as runs over the matrix row by row, background first."""

import json
import warnings

import highdicom as hd
import numpy as np
import pydicom
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.sr.codedict import codes
from pydicom.uid import ExplicitVRLittleEndian

warnings.filterwarnings("ignore")
ROOT = "1.2.826.0.1.3680043.10.2."
COLUMNS, ROWS = 50, 40


def item(**values):
    made = Dataset()
    for name, value in values.items():
        setattr(made, name, value)
    return made


def slide():
    d = Dataset()
    d.file_meta = FileMetaDataset()
    d.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    d.file_meta.MediaStorageSOPClassUID = "1.2.840.10008.5.1.4.1.1.77.1.6"
    d.file_meta.MediaStorageSOPInstanceUID = ROOT + "3"
    d.SOPClassUID, d.SOPInstanceUID = d.file_meta.MediaStorageSOPClassUID, ROOT + "3"
    d.StudyInstanceUID, d.SeriesInstanceUID, d.FrameOfReferenceUID = ROOT + "1", ROOT + "2", ROOT + "4"
    d.Modality, d.PatientID, d.PatientName, d.StudyID = "SM", "slide", "Slide^Made", "1"
    d.PatientBirthDate = d.PatientSex = d.AccessionNumber = d.StudyDate = d.StudyTime = d.ReferringPhysicianName = ""
    d.SeriesNumber = d.InstanceNumber = 1
    d.ImageType = ["ORIGINAL", "PRIMARY", "VOLUME", "NONE"]
    d.ContainerIdentifier = "c1"
    d.IssuerOfTheContainerIdentifierSequence = []
    d.ContainerTypeCodeSequence = [item(CodeValue="433466003", CodingSchemeDesignator="SCT", CodeMeaning="Slide")]
    d.SpecimenDescriptionSequence = [
        item(
            SpecimenIdentifier="s1",
            SpecimenUID=ROOT + "5",
            IssuerOfTheSpecimenIdentifierSequence=[],
            SpecimenPreparationSequence=[],
        )
    ]
    d.ImagedVolumeWidth, d.ImagedVolumeHeight, d.ImagedVolumeDepth = 0.5, 0.4, 0.001
    d.TotalPixelMatrixColumns, d.TotalPixelMatrixRows = COLUMNS, ROWS
    d.TotalPixelMatrixOriginSequence = [item(XOffsetInSlideCoordinateSystem=10.0, YOffsetInSlideCoordinateSystem=20.0)]
    d.ImageOrientationSlide = [0, -1, 0, -1, 0, 0]
    d.DimensionOrganizationType = "TILED_FULL"
    d.NumberOfOpticalPaths = d.TotalPixelMatrixFocalPlanes = 1
    d.OpticalPathSequence = [item(OpticalPathIdentifier="1")]
    measures = item(PixelSpacing=[0.01, 0.01], SliceThickness=0.001)
    d.SharedFunctionalGroupsSequence = [item(PixelMeasuresSequence=[measures])]
    d.NumberOfFrames, d.Rows, d.Columns = 1, ROWS, COLUMNS
    d.SamplesPerPixel, d.PhotometricInterpretation, d.PlanarConfiguration = 3, "RGB", 0
    d.BitsAllocated = d.BitsStored = 8
    d.HighBit, d.PixelRepresentation, d.LossyImageCompression = 7, 0, "00"
    y, x = np.mgrid[:ROWS, :COLUMNS]
    d.PixelData = np.stack([x * 5, y * 6, x + y], -1).astype(np.uint8).tobytes()
    return d


def segment(number, name):
    return hd.seg.SegmentDescription(
        segment_number=number,
        segment_label=name,
        segmented_property_category=codes.SCT.Tissue,
        segmented_property_type=codes.SCT.Tumor if number == 1 else codes.SCT.Artery,
        algorithm_type=hd.seg.SegmentAlgorithmTypeValues.MANUAL,
    )


def segmentation(source, masks, organization, number):
    return hd.seg.Segmentation(
        source_images=[source],
        pixel_array=masks[np.newaxis],
        segmentation_type=hd.seg.SegmentationTypeValues.BINARY,
        segment_descriptions=[segment(1, "tumor"), segment(2, "vessel")],
        series_instance_uid=ROOT + "6",
        series_number=2,
        sop_instance_uid=ROOT + str(number),
        instance_number=1,
        manufacturer="made",
        manufacturer_model_name="made",
        software_versions="1",
        device_serial_number="1",
        tile_pixel_array=True,
        tile_size=(12, 16),
        dimension_organization_type=organization,
        omit_empty_frames=organization == "TILED_SPARSE",
    )


def runs(mask):
    counts, value = [0], 0
    for pixel in mask.ravel():
        if pixel != value:
            counts.append(0)
            value = pixel
        counts[-1] += 1
    return counts


source = slide()
source.save_as("slide.dcm", enforce_file_format=True)
masks = np.zeros((ROWS, COLUMNS, 2), np.uint8)
y, x = np.mgrid[:ROWS, :COLUMNS]
masks[..., 0] = (x - 20) ** 2 + (y - 14) ** 2 < 90  # over several tiles, some of them left out
masks[..., 0] |= (x >= 47) & (y >= 37)  # the corner, in the tile that reaches over two borders
masks[..., 1] = (abs(x - y) < 2) & (x < 30)  # over the other
answers = {}
for organization, number in (("TILED_SPARSE", 7), ("TILED_FULL", 8)):
    name = organization.lower() + ".dcm"
    segmentation(source, masks, organization, number).save_as(name)
    read = hd.seg.segread(name)
    matrix = read.get_total_pixel_matrix(combine_segments=False)
    assert (matrix == masks).all()
    frames = int(read.NumberOfFrames)
    answers[name] = {"frames": frames, "tumor": runs(matrix[..., 0]), "vessel": runs(matrix[..., 1])}
with open("tiled.json", "w") as out:
    json.dump(answers, out)
    out.write("\n")
