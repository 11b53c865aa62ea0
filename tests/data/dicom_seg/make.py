"""Makes the segmentations beside it with pydicom, from files of the shared test data (argument: its root)."""
import sys
import warnings

import numpy as np
import pydicom
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian

warnings.filterwarnings("ignore")
root = sys.argv[1]


def code(value, scheme, meaning):
    item = Dataset()
    item.CodeValue, item.CodingSchemeDesignator, item.CodeMeaning = value, scheme, meaning
    return [item]


def segmentation(source, masks, name, uid):
    """masks: (segment, functional groups, 2D bool array) a frame."""
    meta = FileMetaDataset()
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    meta.MediaStorageSOPClassUID = "1.2.840.10008.5.1.4.1.1.66.4"
    meta.MediaStorageSOPInstanceUID = uid
    d = FileDataset("", {}, file_meta=meta, preamble=b"\0" * 128)
    d.is_little_endian, d.is_implicit_VR = True, False
    d.SOPClassUID, d.SOPInstanceUID, d.Modality = meta.MediaStorageSOPClassUID, uid, "SEG"
    d.StudyInstanceUID, d.SeriesInstanceUID = source.StudyInstanceUID, uid + ".1"
    if "FrameOfReferenceUID" in source:
        d.FrameOfReferenceUID = source.FrameOfReferenceUID
    d.SegmentationType, d.SamplesPerPixel, d.PhotometricInterpretation = "BINARY", 1, "MONOCHROME2"
    d.Rows, d.Columns = masks[0][2].shape
    d.BitsAllocated = d.BitsStored = 1
    d.HighBit = d.PixelRepresentation = 0
    d.NumberOfFrames = len(masks)
    d.SegmentSequence = []
    for number in sorted({m[0] for m in masks}):
        s = Dataset()
        s.SegmentNumber, s.SegmentLabel, s.SegmentAlgorithmType = number, "part %d" % number, "MANUAL"
        s.SegmentedPropertyCategoryCodeSequence = code("123037004", "SCT", "Anatomical Structure")
        s.SegmentedPropertyTypeCodeSequence = code("80891009", "SCT", "Heart")
        d.SegmentSequence.append(s)
    series = Dataset()
    series.SeriesInstanceUID = source.SeriesInstanceUID
    d.ReferencedSeriesSequence = [series]
    d.SharedFunctionalGroupsSequence = [Dataset()]
    d.PerFrameFunctionalGroupsSequence = [m[1] for m in masks]
    bits = np.packbits(np.concatenate([m[2].ravel() for m in masks]), bitorder="little").tobytes()
    d.PixelData = bits + b"\0" * (len(bits) % 2)
    d["PixelData"].VR = "OB"
    d.save_as(name, write_like_original=False)


def groups(number):
    g, s = Dataset(), Dataset()
    s.ReferencedSegmentNumber = number
    g.SegmentIdentificationSequence = [s]
    return g


# A cine: each frame says which frame of it it is on. 240 x 320: frames end in the middle of no byte; so 239 rows
# would not fit the picture, and the odd case is the series below.
cine = pydicom.dcmread(root + "/dicom/us/cine_echo_30frames_jpeg.dcm", stop_before_pixels=True)
frames = []
for segment, number in [(1, 1), (1, 3), (2, 3), (1, 30)]:
    g = groups(segment)
    reference = Dataset()
    reference.ReferencedSOPClassUID, reference.ReferencedSOPInstanceUID = cine.SOPClassUID, cine.SOPInstanceUID
    reference.ReferencedFrameNumber = number
    derivation = Dataset()
    derivation.SourceImageSequence = [reference]
    g.DerivationImageSequence = [derivation]
    mask = np.zeros((cine.Rows, cine.Columns), bool)
    mask[10 * segment : 10 * segment + number, 20:25] = True
    frames.append((segment, g, mask))
segmentation(cine, frames, "cine.dcm", "1.2.826.0.1.3680043.10.1.1")

# The series of seg/dcmqi_24x38x3 without a reference: a coronal frame of 7 x 3 pixels (not byte aligned), mirrored from
# right to left and from foot to head; one between voxels; one whose last column is outside.
ct = pydicom.dcmread(root + "/dicom/seg/dcmqi_24x38x3/IMG0001.dcm", stop_before_pixels=True)
origin = np.array([46.464900970458984, 5.0188097953796378, -177.75])  # of label.nrrd
step = np.array([0.7, 0.7, 2.5])


def plane(voxel, segment, mask):
    g = groups(segment)
    position, orientation, measures = Dataset(), Dataset(), Dataset()
    position.ImagePositionPatient = ["%.6f" % v for v in origin + step * np.array(voxel)]
    orientation.ImageOrientationPatient = [-1, 0, 0, 0, 0, -1]
    measures.PixelSpacing, measures.SliceThickness = [2.5, 0.7], 0.7
    g.PlanePositionSequence, g.PlaneOrientationSequence, g.PixelMeasuresSequence = [position], [orientation], [measures]
    return (segment, g, mask)


mask = np.zeros((3, 7), bool)
mask[0, 0] = mask[1, 2] = mask[2, 6] = True
segmentation(
    ct,
    [plane((10, 5, 2), 1, mask), plane((10, 5.5, 2), 1, mask), plane((5, 9, 2), 2, mask)],
    "coronal.dcm",
    "1.2.826.0.1.3680043.10.1.2",
)

# Two of the three slices of the same series, so that its grid begins one slice higher than the pictures'.
slices = [pydicom.dcmread(root + "/dicom/seg/dcmqi_24x38x3/IMG000%d.dcm" % n, stop_before_pixels=True) for n in (1, 2, 3)]
slices.sort(key=lambda d: float(d.ImagePositionPatient[2]))
frames = []
for k, d in enumerate(slices[1:], 1):
    g = groups(1)
    position, orientation, measures = Dataset(), Dataset(), Dataset()
    position.ImagePositionPatient = d.ImagePositionPatient
    orientation.ImageOrientationPatient = d.ImageOrientationPatient
    measures.PixelSpacing, measures.SliceThickness = d.PixelSpacing, 2.5
    g.PlanePositionSequence, g.PlaneOrientationSequence, g.PixelMeasuresSequence = [position], [orientation], [measures]
    mask = np.zeros((d.Rows, d.Columns), bool)
    mask[3, 4 + k] = mask[30, 20] = True
    frames.append((1, g, mask))
segmentation(ct, frames, "upper_slices.dcm", "1.2.826.0.1.3680043.10.1.3")
