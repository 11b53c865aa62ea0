#!/usr/bin/env python3
"""Makes tests/data/dicom/mosaic: two Siemens mosaics (two times of one stack) from slices of shared/data's T1, and
what dcm2niix says of them.

Usage: make_mosaic.py SHARED_DATA   (needs pydicom, nibabel and the program dcm2niix)
The CSA header holds the two entries that give a mosaic its geometry; the slices run against row x column, as sagittal
stacks of the scanner do. mosaic.json: the affine (LPS) and some voxels of dcm2niix' conversion.
"""
import copy
import json
import math
import pathlib
import struct
import subprocess
import sys
import tempfile

import nibabel
import numpy
import pydicom

TILES, SIDE = 7, 24
HERE = pathlib.Path(__file__).parent / "mosaic"


def csa_entry(name, values):
    entry = name.encode().ljust(64, b"\0") + struct.pack("<i4siii", len(values), b"FD\0\0", 4, 6, 77)
    for n in range(6):
        text = (values[n] + "\0").encode() if n < len(values) else b""
        entry += struct.pack("<iiii", len(text), len(text), 77, len(text)) + text + b"\0" * (-len(text) % 4)
    return entry


def csa_header(entries):
    return b"SV10\4\3\2\1" + struct.pack("<ii", len(entries), 77) + b"".join(csa_entry(*entry) for entry in entries)


def mosaic_of(slices, time):
    first = slices[0]
    per_row = math.ceil(math.sqrt(TILES))
    pixels = numpy.zeros((per_row * SIDE, per_row * SIDE), "<u2")
    for n, one in enumerate(slices):
        y, x = n // per_row * SIDE, n % per_row * SIDE
        pixels[y:y + SIDE, x:x + SIDE] = one.pixel_array[150:150 + SIDE, 120:120 + SIDE] + 10 * time
    row = numpy.array(first.ImageOrientationPatient[:3], float)
    column = numpy.array(first.ImageOrientationPatient[3:], float)
    along = numpy.subtract(slices[1].ImagePositionPatient, slices[0].ImagePositionPatient).astype(float)
    down, across = (float(value) for value in first.PixelSpacing)
    corner = numpy.array(first.ImagePositionPatient, float) + row * across * 120 + column * down * 150
    inset = SIDE * (per_row - 1) / 2
    made = pydicom.Dataset()
    made.file_meta = pydicom.dataset.FileMetaDataset()
    made.file_meta.TransferSyntaxUID = pydicom.uid.ExplicitVRLittleEndian
    made.SpecificCharacterSet = "ISO_IR 100"
    made.ImageType = ["ORIGINAL", "PRIMARY", "M", "ND", "MOSAIC"]
    made.SOPClassUID = made.file_meta.MediaStorageSOPClassUID = "1.2.840.10008.5.1.4.1.1.4"
    made.SOPInstanceUID = made.file_meta.MediaStorageSOPInstanceUID = f"1.2.826.0.1.3680043.10.2.{time + 1}"
    made.StudyDate, made.StudyTime = "20200101", "120000"
    made.AcquisitionDate, made.AcquisitionTime = "20200101", f"12000{2 * time}.000000"
    made.Modality, made.Manufacturer, made.SeriesDescription = "MR", "SIEMENS", "mosaic"
    made.ManufacturerModelName = "Made"
    made.ScanningSequence, made.MRAcquisitionType = "EP", "2D"
    made.SliceThickness = made.SpacingBetweenSlices = format(float(numpy.linalg.norm(along)), ".6f")
    made.RepetitionTime, made.EchoTime = "2000", "30"
    made.MagneticFieldStrength = "3"
    made.StudyInstanceUID, made.SeriesInstanceUID = "1.2.826.0.1.3680043.10.2.90", "1.2.826.0.1.3680043.10.2.91"
    made.SeriesNumber, made.AcquisitionNumber, made.InstanceNumber = 5, time + 1, time + 1
    made.ImagePositionPatient = [format(v, ".8f") for v in corner - row * across * inset - column * down * inset]
    made.ImageOrientationPatient = first.ImageOrientationPatient
    made.FrameOfReferenceUID = "1.2.826.0.1.3680043.10.2.92"
    made.SamplesPerPixel, made.PhotometricInterpretation = 1, "MONOCHROME2"
    made.Rows = made.Columns = per_row * SIDE
    made.PixelSpacing = first.PixelSpacing
    made.BitsAllocated, made.BitsStored, made.HighBit, made.PixelRepresentation = 16, 12, 11, 0
    made.add_new(0x00190010, "LO", "SIEMENS MR HEADER")
    made.add_new(0x0019100A, "US", TILES)
    made.add_new(0x00290010, "LO", "SIEMENS CSA HEADER")
    normal = along / numpy.linalg.norm(along)
    made.add_new(0x00291010, "OB", csa_header([("NumberOfImagesInMosaic", [str(TILES)]),
                                               ("SliceNormalVector", [format(v, ".8f") for v in normal])]))
    made.PixelData = numpy.clip(pixels, 0, 4095).tobytes()
    return made


def main(shared):
    files = sorted(pathlib.Path(shared, "dicom/mr/T1_oblique").glob("*"))
    read = sorted((pydicom.dcmread(file, force=True) for file in files), key=lambda d: int(d.InstanceNumber))
    normal = numpy.cross(read[0].ImageOrientationPatient[:3], read[0].ImageOrientationPatient[3:])
    slices = sorted(read, key=lambda d: -numpy.dot(normal, d.ImagePositionPatient))[20:20 + TILES]
    HERE.mkdir(exist_ok=True)
    for time in (0, 1):
        mosaic_of(copy.deepcopy(slices), time).save_as(HERE / f"time_{time}.dcm", write_like_original=False)
    with tempfile.TemporaryDirectory() as out:
        subprocess.run(["dcm2niix", "-z", "n", "-b", "n", "-x", "n", "-f", "m", "-o", out, HERE], check=True)
        image = nibabel.load(pathlib.Path(out, "m.nii"))
        values = numpy.asanyarray(image.dataobj).copy()
    lps = numpy.diag([-1, -1, 1, 1]) @ image.affine
    probes = [[i, j, k, t, int(values[i, j, k, t])] for i in range(0, SIDE, 5) for j in range(0, SIDE, 5)
              for k in range(values.shape[2]) for t in range(values.shape[3])]
    (HERE / "mosaic.json").write_text(json.dumps({"by": "dcm2niix", "size": list(values.shape),
                                                  "affine_lps": lps.tolist(), "probes": probes}))


if __name__ == "__main__":
    main(sys.argv[1])
