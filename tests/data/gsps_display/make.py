"""Makes presentation states whose graphics are in DISPLAY units, and answers.json: where they are in the picture.
Arguments: the root of the shared test data; the folder to write to.

No formula of PS3.3 is used for the answers: the displayed part of an array of pixel numbers is cut out, turned (Image
Rotation, clockwise) and then mirrored (Image Horizontal Flip) as an array, and a pixel's place on the display is where
its number then stands. Corners of the displayed area are the numbers in the corners of what is displayed."""
import json
import sys

import numpy as np
import pydicom
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian

shared, out = sys.argv[1:]
ct = pydicom.dcmread(shared + "/dicom/gsps/ct.dcm", stop_before_pixels=True)
ROOT = "1.2.826.0.1.3680043.10.4."
LEFT, TOP, RIGHT, BOTTOM = 30, 12, 110, 72  # what is displayed: neither square nor in the middle
MARKS = [(40, 20), (100, 20), (40, 65), (107, 70)]  # column, row


def item(**values):
    made = Dataset()
    for name, value in values.items():
        setattr(made, name, value)
    return made


def displayed(turn, flip):
    numbers = np.arange(ct.Rows * ct.Columns).reshape(ct.Rows, ct.Columns)[TOP:BOTTOM, LEFT:RIGHT]
    numbers = np.rot90(numbers, -turn // 90)  # rot90 turns counter-clockwise
    return np.fliplr(numbers) if flip else numbers


def place(shown, mark):
    row, column = np.argwhere(shown == mark[1] * ct.Columns + mark[0])[0]
    return [(column + 0.5) / shown.shape[1], (row + 0.5) / shown.shape[0]]


def corner(number):
    return [int(number % ct.Columns) + 1, int(number // ct.Columns) + 1]


def state(turn, flip, name, number):
    shown = displayed(turn, flip)
    d = Dataset()
    d.file_meta = FileMetaDataset()
    d.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    d.file_meta.MediaStorageSOPClassUID = "1.2.840.10008.5.1.4.1.1.11.1"
    d.file_meta.MediaStorageSOPInstanceUID = ROOT + str(number)
    d.SOPClassUID, d.SOPInstanceUID = d.file_meta.MediaStorageSOPClassUID, ROOT + str(number)
    d.StudyInstanceUID, d.SeriesInstanceUID, d.Modality = ct.StudyInstanceUID, ROOT + "1", "PR"
    image = item(ReferencedSOPClassUID=ct.SOPClassUID, ReferencedSOPInstanceUID=ct.SOPInstanceUID)
    d.ReferencedSeriesSequence = [item(SeriesInstanceUID=ct.SeriesInstanceUID, ReferencedImageSequence=[image])]
    d.ImageRotation, d.ImageHorizontalFlip = turn, "Y" if flip else "N"
    d.DisplayedAreaSelectionSequence = [
        item(
            DisplayedAreaTopLeftHandCorner=corner(shown[0, 0]),
            DisplayedAreaBottomRightHandCorner=corner(shown[-1, -1]),
            PresentationSizeMode="SCALE TO FIT",
            PresentationPixelAspectRatio=[1, 1],
        )
    ]
    places = [place(shown, mark) for mark in MARKS]
    line = item(
        GraphicAnnotationUnits="DISPLAY",
        GraphicDimensions=2,
        NumberOfGraphicPoints=len(places),
        GraphicData=[v for p in places for v in p],
        GraphicType="POLYLINE",
        GraphicFilled="N",
    )
    text = item(
        AnchorPointAnnotationUnits="DISPLAY",
        UnformattedTextValue="here",
        AnchorPoint=places[0],
        AnchorPointVisibility="Y",
    )
    d.GraphicAnnotationSequence = [item(GraphicLayer="MARKS", GraphicObjectSequence=[line], TextObjectSequence=[text])]
    d.save_as(out + "/" + name, enforce_file_format=True)


names = []
for number, (turn, flip) in enumerate([(t, f) for t in (0, 90, 180, 270) for f in (False, True)]):
    names.append("turn_%d%s.dcm" % (turn, "_flip" if flip else ""))
    state(turn, flip, names[-1], number + 2)
with open(out + "/answers.json", "w") as file:
    json.dump({"files": names, "points": [[c + 0.5, r + 0.5] for c, r in MARKS]}, file)
    file.write("\n")
