#!/usr/bin/env python3
"""Makes values/*.dcm and values.json: windows, VOI tables, overlays, per-frame values and PET, with what is right.

Light (0..255) is what pydicom's apply_voi_lut gives, scaled from its range; SUV is computed here by the QIBA formula.
Needs pydicom and numpy. Run in this folder, after make_pixels.py: python3 make_values.py [shared/data/dicom]
"""
import json, os, sys
import numpy as np
import pydicom
from pydicom.dataset import Dataset
from pydicom.pixel_data_handlers.util import apply_modality_lut, apply_voi, apply_windowing
from pydicom.sequence import Sequence
from pydicom.uid import ExplicitVRBigEndian, ExplicitVRLittleEndian, ImplicitVRLittleEndian

sys.argv, folders = sys.argv[:1], sys.argv[1:]
import make_pixels as made  # its files are made again, the same

os.makedirs("values", exist_ok=True)
out = {"light": {}, "windows": {}, "overlays": {}, "suv": {}, "frames": {}}


def save(d, name):
    d.save_as(f"values/{name}.dcm", write_like_original=False)


def light_of(d, index, is_table):
    """Of every stored value in the file, by window or table number `index`."""
    values = apply_modality_lut(d.pixel_array, d)
    if is_table:
        item = d.VOILUTSequence[index]
        count, first, bits = item.LUTDescriptor
        entries = item.LUTData
        if isinstance(entries, bytes):
            entries = np.frombuffer(entries, ("<" if d.is_little_endian else ">") + "u2")
        looked = np.array(entries)[np.clip(values.astype(int) - first, 0, count - 1)]
        # pydicom 2.3 wraps indices of 8-bit tables at 256 where it should clamp them.
        assert bits == 8 or (looked == apply_voi(values.astype(int), d, index=index)).all()
        return (looked / (2 ** bits - 1) * 255).ravel().tolist()
    low, high = -(2 ** 15), 2 ** 15 - 1
    if not d.PixelRepresentation:
        low, high = 0, 2 ** d.BitsStored - 1
    slope, intercept = float(d.get("RescaleSlope", 1)), float(d.get("RescaleIntercept", 0))
    low, high = low * slope + intercept, high * slope + intercept
    return ((apply_windowing(values, d, index=index) - low) / (high - low) * 255).ravel().tolist()


def grey(name, values, signed, syntax=ExplicitVRLittleEndian, **tags):
    d = made.base(name, syntax, **tags)
    made.bits(d, 16, 16, 15, signed)
    d.PixelData = made.packed(values, "i2" if signed else "u2", syntax == ExplicitVRBigEndian)
    d["PixelData"].VR = "OW"
    return d


def with_light(d, name, windows=0, tables=0):
    save(d, name)
    read = pydicom.dcmread(f"values/{name}.dcm")
    rows = []
    many = lambda value: list(value) if isinstance(value, pydicom.multival.MultiValue) else [value]
    for n in range(windows):
        rows.append(dict(function=read.get("VOILUTFunction", "LINEAR"), center=float(many(read.WindowCenter)[n]),
                         width=float(many(read.WindowWidth)[n]), light=light_of(read, n, False),
                         name=(many(read.get("WindowCenterWidthExplanation", "")) + [""] * windows)[n]))
    for n in range(tables):
        item = read.VOILUTSequence[n]
        count, first, depth = item.LUTDescriptor
        entries = item.LUTData
        if isinstance(entries, bytes):
            entries = np.frombuffer(entries, ("<" if read.is_little_endian else ">") + "u2")
        rows.append(dict(function="TABLE", first=int(first), top=2 ** depth - 1, entries=[int(e) for e in entries],
                         name=item.get("LUTExplanation", "Lookup table"), light=light_of(read, n, True)))
    out["light"][name] = dict(stored=read.pixel_array.ravel().astype(int).tolist(), signed=read.PixelRepresentation,
                              slope=float(read.get("RescaleSlope", 1)), rows=rows,
                              intercept=float(read.get("RescaleIntercept", 0)))


for function in (None, "LINEAR", "LINEAR_EXACT", "SIGMOID"):
    d = grey("window", made.s12, 1, RescaleSlope="1", RescaleIntercept="-24",
             WindowCenter=["40", "-600", "0.5"], WindowWidth=["400", "1500", "1"],
             WindowCenterWidthExplanation=["SOFT", "Lunge", "THRESHOLD"])
    if function:
        d.VOILUTFunction = function
    with_light(d, "window_" + (function or "not_said").lower(), 3)


def table_item(entries, first, bits, vr, name=None, packed="u2", big=False):
    item = Dataset()
    item.add_new("LUTDescriptor", vr, [len(entries), first, bits])
    item.add_new("LUTData", "OW", made.packed(entries, packed, big))
    if name:
        item.LUTExplanation = name
    return item


curve = (np.sqrt(np.arange(512) / 511) * 4095).astype(int)
for syntax, kind in ((ExplicitVRLittleEndian, "explicit"), (ImplicitVRLittleEndian, "implicit"),
                     (ExplicitVRBigEndian, "big_endian")):
    d = grey("table", made.s12, 1, syntax, RescaleSlope="1", RescaleIntercept="-24")
    big = syntax == ExplicitVRBigEndian
    d.VOILUTSequence = Sequence([table_item(curve, -100, 12, "SS", "HARD", big=big),
                                 table_item(255 - np.arange(256), 0, 8, "SS", None, big=big)])
    with_light(d, "voi_table_" + kind, 0, 2)
d = grey("both", made.u12, 0, WindowCenter="2048", WindowWidth="4096")
d.VOILUTSequence = Sequence([table_item(curve, 1000, 12, "US", "CURVE")])
with_light(d, "window_and_table", 1, 1)

# Names in another character set.
d = grey("names", made.u12, 0, WindowCenter=["40", "50"], WindowWidth=["400", "500"])
d.SpecificCharacterSet = ["", "ISO 2022 IR 87"]
d.WindowCenterWidthExplanation = ["骨", "肺野"]
save(d, "window_names_japanese")
out["windows"]["window_names_japanese"] = ["骨", "肺野"]

if folders:  # shared: light of every stored value by its VOI table
    d = pydicom.dcmread(folders[0] + "/luts/voi_lut.dcm")
    stored = np.arange(256)
    item = d.VOILUTSequence[0]
    out["sharedVoiLut"] = (apply_voi(stored, d).astype(float) / (2 ** item.LUTDescriptor[2] - 1) * 255).tolist()
    plane = pydicom.dcmread(folders[0] + "/luts/mr_overlay.dcm").overlay_array(0x6000)
    out["sharedOverlayPixels"] = int(plane.sum())
    d = pydicom.dcmread(folders[0] + "/luts/modality_lut.dcm")
    # Its 12 bits are signed, which pydicom 2.3 does not carry up.
    item = d.ModalityLUTSequence[0]
    outputs = np.array(item.LUTData)[((d.pixel_array & 0xFFF) ^ 0x800) - 0x800 - item.LUTDescriptor[1]]
    out["sharedModalityLut"] = outputs[::37, ::41].ravel().astype(float).tolist()

# Enhanced object: rescale and windows of each frame.
d = grey("enhanced", np.concatenate([made.u12[:15], made.u12[:15]]), 0, NumberOfFrames="2",
         SOPClassUID="1.2.840.10008.5.1.4.1.1.2.1")
d.Modality = "CT"
d.SpecificCharacterSet = "ISO_IR 192"


def group(k):
    item, transform, voi, position, orientation, measures = (Dataset() for _ in range(6))
    transform.RescaleSlope, transform.RescaleIntercept, transform.RescaleType = ["1", "2"][k], ["-1024", "-500"][k], "HU"
    voi.WindowCenter, voi.WindowWidth, voi.WindowCenterWidthExplanation = [40 + k, 300], [400, 1500 + k], ["Weich", "Größe"]
    voi.VOILUTFunction = "LINEAR_EXACT"
    position.ImagePositionPatient = [0, 0, 5 * k]
    orientation.ImageOrientationPatient = [1, 0, 0, 0, 1, 0]
    measures.PixelSpacing, measures.SliceThickness = [1, 1], 5
    item.PixelValueTransformationSequence = Sequence([transform])
    item.FrameVOILUTSequence = Sequence([voi])
    item.PlanePositionSequence = Sequence([position])
    item.PlaneOrientationSequence = Sequence([orientation])
    item.PixelMeasuresSequence = Sequence([measures])
    return item


d.SharedFunctionalGroupsSequence = Sequence([Dataset()])
d.PerFrameFunctionalGroupsSequence = Sequence([group(0), group(1)])
save(d, "enhanced_ct_2_frames")
out["frames"]["enhanced_ct_2_frames"] = np.concatenate([made.u12 - 1024.0, made.u12 * 2.0 - 500]).tolist()
# A modality table over two frames, and one that a rescale stands beside.


def overlay(d, group, rows, columns, origin, plane, big=False, **more):
    d.add_new((group, 0x0010), "US", rows)
    d.add_new((group, 0x0011), "US", columns)
    d.add_new((group, 0x0040), "CS", more.get("kind", "G"))
    d.add_new((group, 0x0050), "SS", origin)
    d.add_new((group, 0x0100), "US", more.get("allocated", 1))
    d.add_new((group, 0x0102), "US", more.get("bit", 0))
    if "frames" in more:
        d.add_new((group, 0x0015), "IS", str(more["frames"]))
        d.add_new((group, 0x0051), "US", more["first"])
    if "label" in more:
        d.add_new((group, 0x1500), "LO", more["label"])
    if plane is not None:
        data = np.packbits(plane.ravel().astype("u1"), bitorder="little").tobytes()
        data += b"\0" * (len(data) % 2)
        if big:
            data = b"".join(data[n:n + 2][::-1] for n in range(0, len(data), 2))
        d.add_new((group, 0x3000), "OW", data)


def whole(plane, origin, rows=3, columns=5):
    """The plane where it lies on the picture, row by row."""
    picture = np.zeros((rows, columns), int)
    for y in range(plane.shape[0]):
        for x in range(plane.shape[1]):
            r, c = y + origin[0] - 1, x + origin[1] - 1
            if 0 <= r < rows and 0 <= c < columns:
                picture[r, c] = plane[y, x]
    return picture.ravel().tolist()


checker = (np.indices((3, 5)).sum(axis=0) % 2).astype(int)
small = np.ones((2, 3), int)
for syntax, kind in ((ExplicitVRLittleEndian, "explicit"), (ImplicitVRLittleEndian, "implicit"),
                     (ExplicitVRBigEndian, "big_endian")):
    d = grey("overlay" + kind, made.u12, 0, syntax)
    big = syntax == ExplicitVRBigEndian
    overlay(d, 0x6000, 3, 5, [1, 1], checker, big, label="CHECKER")
    overlay(d, 0x6002, 2, 3, [2, 4], small, big, kind="R")  # beyond the lower right corner
    overlay(d, 0x6010, 2, 3, [0, -1], small, big)           # and the upper left one
    name = "overlay_planes_" + kind
    save(d, name)
    if kind == "explicit":
        assert (pydicom.dcmread(f"values/{name}.dcm").overlay_array(0x6000) == checker).all()
    out["overlays"][name] = [[whole(checker, (1, 1)), whole(small, (2, 4)), whole(small, (0, -1))]]

bits12 = (np.arange(15) * 5 % 2) << 12 | (np.arange(15) % 3 == 0).astype(int) << 15
d = made.base("embedded", ExplicitVRLittleEndian)
made.bits(d, 16, 12, 11, 0)
d.PixelData = made.packed(made.u12 | bits12, "u2", False)
d["PixelData"].VR = "OW"
overlay(d, 0x6000, 3, 5, [1, 1], None, allocated=16, bit=12)
overlay(d, 0x6002, 3, 5, [1, 1], None, allocated=16, bit=15)
save(d, "overlay_in_pixels")
out["overlays"]["overlay_in_pixels"] = [[(bits12 >> 12 & 1).tolist(), (bits12 >> 15 & 1).tolist()]]
out["frames"]["overlay_in_pixels"] = made.u12.tolist()

d = made.base("frames", ExplicitVRLittleEndian, NumberOfFrames="3")
made.bits(d, 8, 8, 7)
d.PixelData = bytes(range(45)) + b"\0"
d["PixelData"].VR = "OB"
overlay(d, 0x6000, 3, 5, [1, 1], np.stack([checker, 1 - checker]), frames=2, first=2)
save(d, "overlay_of_frames_2_and_3")
out["overlays"]["overlay_of_frames_2_and_3"] = [[], [checker.ravel().tolist()], [(1 - checker).ravel().tolist()]]


def pet(name, expected, **changes):
    d = grey(name, made.u12, 0, RescaleSlope="0.5", RescaleIntercept="0", SOPClassUID="1.2.840.10008.5.1.4.1.1.128")
    d.Modality, d.Units, d.DecayCorrection = "PT", "BQML", "START"
    d.CorrectedImage = ["ATTN", "DECY", "SCAT"]
    d.PatientWeight = "70"
    d.SeriesDate = d.AcquisitionDate = "20200102"
    d.SeriesTime, d.AcquisitionTime = "110000", "110130.5"
    dose = Dataset()
    dose.RadionuclideTotalDose, dose.RadionuclideHalfLife = "370000000", "6586.2"
    dose.RadiopharmaceuticalStartTime = "100000.00"
    d.RadiopharmaceuticalInformationSequence = Sequence([dose])
    for key, value in changes.items():
        at = dose if key in ("RadionuclideTotalDose", "RadionuclideHalfLife", "RadiopharmaceuticalStartTime",
                             "RadiopharmaceuticalStartDateTime") else d
        if value is None:
            delattr(at, key)
        elif isinstance(key, str) and not key.startswith("x"):
            setattr(at, key, value)
        else:
            group_, element, vr = int(key[1:5], 16), int(key[5:9], 16), key[9:11]
            at.add_new((group_, element), vr, value)
    save(d, name)
    out["suv"][name] = expected


factor = lambda seconds: 70000 / (370e6 * 2 ** (-seconds / 6586.2))
pet("pet_bqml", factor(3600))
pet("pet_over_midnight", factor(2 * 3600), SeriesTime="003000", AcquisitionTime="003100",
    RadiopharmaceuticalStartTime="223000")
pet("pet_start_with_date", factor(5400), RadiopharmaceuticalStartDateTime="20200102093000.0")
pet("pet_series_written_later", factor(3600), SeriesTime="150000", x00090010LO="GEMS_PETD_01",
    x0009100DDT="20200102110000.00")
t, lam = 180.0, np.log(2) / 6586.2
average = np.log(lam * t / (1 - np.exp(-lam * t))) / lam
pet("pet_frame_reference_time", factor(3600 + 90.5 - 100 + average), SeriesTime="150000",
    FrameReferenceTime="100000", ActualFrameDuration="180000")
pet("pet_corrected_to_injection", 70000 / 370e6, DecayCorrection="ADMIN")
pet("pet_gml", 1.0, Units="GML")
pet("pet_philips_counts", 0.000123, Units="CNTS", x70530010LO="Philips PET Private Group", x70531000DS="0.000123")
pet("pet_without_weight", "weight", PatientWeight=None)
pet("pet_without_dose", "dose", RadionuclideTotalDose=None)
pet("pet_without_decay_correction", "corrected", CorrectedImage=["ATTN"])
pet("pet_series_written_later_unknown", "time of the scan", SeriesTime="150000")


def enhanced_pet(name, expected, units=("Bq/ml", "Bq/ml"), mapped=(0.5, 0.25), rescaled=(0.5, 0.25), dose="370",
                 **changes):
    """Two frames with a rescale and a real world value map each; the dose in MBq (PS3.3 C.8.22.4)."""
    d = made.base(name, ExplicitVRLittleEndian, SOPClassUID="1.2.840.10008.5.1.4.1.1.130", NumberOfFrames="2")
    d.Modality, d.PatientWeight, d.SeriesInstanceUID = "PT", "70", d.SOPInstanceUID + ".1"
    d.DecayCorrected = d.AttenuationCorrected = "YES"
    d.DecayCorrectionDateTime = "20200102110000"
    made.bits(d, 16, 16, 15)
    d.PixelData = made.packed(np.concatenate([made.u12, made.u12]), "u2", False)
    d["PixelData"].VR = "OW"
    agent = Dataset()
    agent.RadiopharmaceuticalAgentNumber = 1
    agent.RadiopharmaceuticalStartDateTime, agent.RadionuclideHalfLife = "20200102100000", "6586.2"
    agent.RadionuclideTotalDose = dose
    d.RadiopharmaceuticalInformationSequence = Sequence([agent] * (2 if changes.pop("agents", 1) == 2 else 1))
    frames = []
    for n in range(2):
        frame, rescale, real, unit, position = Dataset(), Dataset(), Dataset(), Dataset(), Dataset()
        rescale.RescaleSlope, rescale.RescaleIntercept, rescale.RescaleType = str(rescaled[n]), "0", "US"
        frame.PixelValueTransformationSequence = Sequence([rescale])
        if units[n]:
            unit.CodeValue, unit.CodingSchemeDesignator, unit.CodeMeaning = units[n], "UCUM", units[n]
            real.RealWorldValueSlope, real.RealWorldValueIntercept = mapped[n], changes.get("start", 0.0)
            real.RealWorldValueFirstValueMapped, real.RealWorldValueLastValueMapped = 0, 65535
            real.MeasurementUnitsCodeSequence = Sequence([unit])
            frame.RealWorldValueMappingSequence = Sequence([real])
        position.ImagePositionPatient = ["0", "0", str(3 * n)]
        frame.PlanePositionSequence = Sequence([position])
        frames.append(frame)
    shared, measures, plane = Dataset(), Dataset(), Dataset()
    measures.PixelSpacing, measures.SliceThickness = ["2", "2"], "3"
    plane.ImageOrientationPatient = ["1", "0", "0", "0", "1", "0"]
    shared.PixelMeasuresSequence, shared.PlaneOrientationSequence = Sequence([measures]), Sequence([plane])
    d.SharedFunctionalGroupsSequence = Sequence([shared])
    d.PerFrameFunctionalGroupsSequence = Sequence(frames)
    changes.pop("start", None)
    for key, value in changes.items():
        at = agent if key.startswith("Radio") else d
        delattr(at, key) if value is None else setattr(at, key, value)
    save(d, name)
    out["suv"][name] = expected


enhanced_pet("enhanced_pet", factor(3600))
enhanced_pet("enhanced_pet_output_in_kilobecquerel", 1000 * factor(3600), mapped=(500.0, 250.0))
enhanced_pet("enhanced_pet_in_suv", 0.125, units=["g/ml{SUVbw}"] * 2, mapped=(0.0625, 0.03125))
enhanced_pet("enhanced_pet_corrected_next_day", factor(25 * 3600), DecayCorrectionDateTime="20200103110000")
enhanced_pet("enhanced_pet_scales_differ", "differs from frame to frame", mapped=(0.5, 0.5))
enhanced_pet("enhanced_pet_other_start", "begin elsewhere", start=7.0)
enhanced_pet("enhanced_pet_half_mapped", "not all of its frames", units=("Bq/ml", None))
enhanced_pet("enhanced_pet_counts", "not mapped to Bq/ml", units=["{counts}"] * 2)
enhanced_pet("enhanced_pet_dose_in_becquerel", "MBq", dose="370000000")
enhanced_pet("enhanced_pet_two_agents", "more than one", agents=2)
enhanced_pet("enhanced_pet_not_corrected", "not corrected", DecayCorrected="NO")
enhanced_pet("enhanced_pet_no_instant", "decay was corrected is missing", DecayCorrectionDateTime=None)
enhanced_pet("enhanced_pet_time_zones", "time zones", DecayCorrectionDateTime="20200102110000+0100")
enhanced_pet("enhanced_pet_no_weight", "weight", PatientWeight=None)

d = made.base("icc", ExplicitVRLittleEndian, SamplesPerPixel=3, PhotometricInterpretation="RGB")
d.PlanarConfiguration = 0
made.bits(d, 8, 8, 7)
d.PixelData = bytes(range(45)) + b"\0"
d["PixelData"].VR = "OB"
d.ICCProfile = b"\0\0\0\x84" + b"\0" * 32 + b"acsp" + b"\0" * 92
save(d, "rgb_with_icc_profile")

with open("values.json", "w") as file:
    json.dump(out, file, separators=(",", ":"), ensure_ascii=False)
    file.write("\n")
print(len(os.listdir("values")), "files")
