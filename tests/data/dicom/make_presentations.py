#!/usr/bin/env python3
"""Makes presentation/*.dcm and presentations.json: presentation states with a transformation of their own, a bitmap
shutter, and one for colour. Light of gray states is what DCMTK's dcmp2pgm draws (it leaves bitmap shutters out), checked
here against the formulas of PS3.3 C.11. Needs pydicom, numpy, PIL and dcmtk; run in this folder.
"""
import json
import os
import subprocess
import sys

import numpy as np
import pydicom
from PIL import Image
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence
from pydicom.uid import ExplicitVRLittleEndian

sys.argv = sys.argv[:1]
import make_pixels as made

os.makedirs("presentation", exist_ok=True)
out = {"light": {}}
ROWS, COLUMNS = 12, 16


def save(d, name):
    d.save_as(f"presentation/{name}.dcm", write_like_original=False)


def complete(d):
    """What DCMTK asks of states."""
    for key in ("PatientName", "PatientID", "PatientBirthDate", "PatientSex", "StudyDate", "StudyTime", "StudyID",
                "AccessionNumber", "ReferringPhysicianName", "Manufacturer"):
        setattr(d, key, "")
    d.PatientName, d.PatientID, d.SeriesNumber, d.InstanceNumber, d.ContentCreatorName = "Made", "1", "1", "1", ""


def picture(name, slope, intercept):
    d = made.base("presented " + name, ExplicitVRLittleEndian, RescaleSlope=str(slope), RescaleIntercept=str(intercept),
                  Rows=ROWS, Columns=COLUMNS)
    complete(d)
    made.bits(d, 16, 16, 15, 1)
    stored = np.arange(ROWS * COLUMNS).reshape(ROWS, COLUMNS) * 7 - 200
    d.PixelData = stored.astype("<i2").tobytes()
    d["PixelData"].VR = "OW"
    save(d, name)
    return d, stored


def state(name, of, sop_class="1.2.840.10008.5.1.4.1.1.11.1", window=(300, 400), rescale=None):
    d = made.base("state " + name, ExplicitVRLittleEndian, SOPClassUID=sop_class)
    for key in ("SamplesPerPixel", "PhotometricInterpretation", "Rows", "Columns"):
        delattr(d, key)
    complete(d)
    d.Modality, d.ContentLabel, d.ContentDescription = "PR", name.replace(" ", "_").upper(), name
    image = Dataset()
    image.ReferencedSOPClassUID, image.ReferencedSOPInstanceUID = of.SOPClassUID, of.SOPInstanceUID
    series = Dataset()
    series.SeriesInstanceUID, series.ReferencedImageSequence = of.SeriesInstanceUID, Sequence([image])
    d.ReferencedSeriesSequence = Sequence([series])
    area = Dataset()
    area.DisplayedAreaTopLeftHandCorner, area.DisplayedAreaBottomRightHandCorner = [1, 1], [of.Columns, of.Rows]
    area.PresentationSizeMode, area.PresentationPixelAspectRatio = "SCALE TO FIT", ["1", "1"]
    d.DisplayedAreaSelectionSequence = Sequence([area])
    d.PresentationCreationDate, d.PresentationCreationTime = "20200102", "110000"
    if sop_class.endswith(".1"):
        d.PresentationLUTShape = "IDENTITY"
    if window:
        item = Dataset()
        item.WindowCenter, item.WindowWidth = str(window[0]), str(window[1])
        d.SoftcopyVOILUTSequence = Sequence([item])
    if rescale:
        d.RescaleSlope, d.RescaleIntercept, d.RescaleType = str(rescale[0]), str(rescale[1]), "US"
    return d


def linear(values, center, width):
    return np.clip((values - (center - 0.5)) / (width - 1) + 0.5, 0, 1) * 255


def drawn(d, name, image, expected):
    save(d, name)
    pgm = f"/tmp/{name}.pgm"
    subprocess.run(["dcmp2pgm", "-p", f"presentation/{name}.dcm", f"presentation/{image}.dcm", pgm], check=True)
    light = np.array(Image.open(pgm)).astype(int)
    os.remove(pgm)
    assert np.abs(light - expected).max() <= 1.001, (name, np.abs(light - expected).max())
    out["light"][name.upper()] = dict(picture=image, light=light.ravel().tolist())


gray, stored = picture("gray", 1, -100)
half, _ = picture("half", 0.5, 10)

drawn(state("stored values", gray), "stored_values", "gray", linear(stored, 300, 400))
drawn(state("stored of half", half), "stored_of_half", "half", linear(stored, 300, 400))
drawn(state("other rescale", gray, rescale=(2, 50)), "other_rescale", "gray", linear(stored * 2 + 50, 300, 400))


def with_table(d):
    table = Dataset()
    entries = (np.arange(900) ** 2 // 1000 + 100).astype("<u2")
    table.add_new((0x0028, 0x3002), "SS", [900, -100, 16])
    table.add_new((0x0028, 0x3004), "LO", "US")
    table.add_new((0x0028, 0x3006), "OW", entries.tobytes())
    d.ModalityLUTSequence = Sequence([table])
    return d, entries[np.clip(stored + 100, 0, 899)].astype(int)


d, values = with_table(state("own table", gray))
drawn(d, "own_table", "gray", linear(values, 300, 400))
d, values = with_table(state("bare table", gray, window=None))
drawn(d, "bare_table", "gray", values / 65535 * 255)

d = state("bitmap", gray, rescale=(1, -100))
bits = np.zeros((6, 8), "u1")
bits[1:3, 2:8] = 1
bits[5, 0] = 1
d.ShutterShape, d.ShutterPresentationValue = "BITMAP", 32768
d.add_new((0x0018, 0x1623), "US", 0x6004)
for element, vr, value in ((0x0010, "US", 6), (0x0011, "US", 8), (0x0040, "CS", "G"), (0x0050, "SS", [3, 10]),
                           (0x0100, "US", 1), (0x0102, "US", 0),
                           (0x3000, "OW", np.packbits(bits.ravel(), bitorder="little").tobytes())):
    d.add_new((0x6004, element), vr, value)
save(d, "bitmap")
whole = np.zeros((ROWS, COLUMNS), int)
whole[2:8, 9:16] = bits[:, :7]  # the eighth column lies beside the picture
out["bitmap"] = whole.ravel().tolist()

colour = made.base("presented colour", ExplicitVRLittleEndian, SamplesPerPixel=3, PhotometricInterpretation="RGB")
colour.PlanarConfiguration = 0
made.bits(colour, 8, 8, 7)
colour.PixelData = bytes(range(45)) + b"\0"
colour["PixelData"].VR = "OB"
save(colour, "colour")
d = state("colour", colour, sop_class="1.2.840.10008.5.1.4.1.1.11.2", window=None)
d.ICCProfile = b"\0\0\0\x84" + b"\0" * 32 + b"acsp" + b"\0" * 92
area = d.DisplayedAreaSelectionSequence[0]
area.DisplayedAreaTopLeftHandCorner, area.DisplayedAreaBottomRightHandCorner = [2, 1], [4, 3]
d.ImageHorizontalFlip, d.ImageRotation = "Y", 270
d.ShutterShape, d.ShutterLeftVerticalEdge, d.ShutterRightVerticalEdge = "RECTANGULAR", 2, 4
d.ShutterUpperHorizontalEdge, d.ShutterLowerHorizontalEdge = 1, 3
d.add_new((0x0018, 0x1624), "US", [35092, 32896, 32896])  # L* 53.55, neutral: sRGB 128
layer, point, graphics = Dataset(), Dataset(), Dataset()
layer.GraphicLayer, layer.GraphicLayerOrder = "L1", 1
point.GraphicAnnotationUnits, point.GraphicDimensions, point.NumberOfGraphicPoints = "PIXEL", 2, 1
point.GraphicData, point.GraphicType, point.GraphicFilled = [3.0, 2.0], "POINT", "N"
graphics.GraphicLayer, graphics.GraphicObjectSequence = "L1", Sequence([point])
d.GraphicLayerSequence, d.GraphicAnnotationSequence = Sequence([layer]), Sequence([graphics])
save(d, "colour_state")

with open("presentations.json", "w") as file:
    json.dump(out, file, separators=(",", ":"))
    file.write("\n")
print(len(os.listdir("presentation")), "files")
