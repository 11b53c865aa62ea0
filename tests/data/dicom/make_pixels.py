#!/usr/bin/env python3
"""Makes pixels/*.dcm and pixels.json: small DICOM files of every way to store a sample, and the output values in them.

The values are those put in; where pydicom 2.3 reads such files it must agree, else this stops.
Needs pydicom and numpy. Run in this folder: python3 make_pixels.py
"""
import json, os, subprocess, zlib
import numpy as np
import pydicom
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.pixel_data_handlers.util import apply_color_lut, apply_modality_lut, convert_color_space
from pydicom.sequence import Sequence
from pydicom.uid import (DeflatedExplicitVRLittleEndian, ExplicitVRBigEndian, ExplicitVRLittleEndian,
                         ImplicitVRLittleEndian)

SECONDARY = "1.2.840.10008.5.1.4.1.1.7"
expected = {}
os.makedirs("pixels", exist_ok=True)


def base(name, syntax, **tags):
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = tags.get("SOPClassUID", SECONDARY)
    meta.MediaStorageSOPInstanceUID = "1.2.826.0.1.3680043.9999." + str(zlib.crc32(name.encode()))
    meta.TransferSyntaxUID = syntax
    meta.ImplementationClassUID = "1.2.826.0.1.3680043.9999.1"
    d = FileDataset(name, {}, file_meta=meta, preamble=b"\0" * 128)
    d.is_little_endian = syntax != ExplicitVRBigEndian
    d.is_implicit_VR = syntax == ImplicitVRLittleEndian
    d.SOPClassUID = meta.MediaStorageSOPClassUID
    d.SOPInstanceUID = meta.MediaStorageSOPInstanceUID
    d.StudyInstanceUID = "1.2.826.0.1.3680043.9999.2"
    d.SeriesInstanceUID = meta.MediaStorageSOPInstanceUID + ".1"
    d.Modality = "OT"
    d.SamplesPerPixel = 1
    d.PhotometricInterpretation = "MONOCHROME2"
    d.Rows, d.Columns = 3, 5
    for key, value in tags.items():
        setattr(d, key, value)
    return d


def save(d, name, truth, components=1, tolerance=0, check=None, **more):
    path = f"pixels/{name}.dcm"
    d.save_as(path, write_like_original=False)
    truth = np.asarray(truth, dtype=np.float64).ravel()
    if check:
        got = np.asarray(check(pydicom.dcmread(path)), dtype=np.float64).ravel()
        assert got.shape == truth.shape and np.all(np.abs(got - truth) <= tolerance), (name, got, truth)
    expected[name] = dict(frames=int(d.get("NumberOfFrames", 1)), rows=d.Rows, columns=d.Columns,
                          components=components, tolerance=tolerance, values=truth.tolist(), **more)


def bits(d, allocated, stored, high, signed=0):
    d.BitsAllocated, d.BitsStored, d.HighBit, d.PixelRepresentation = allocated, stored, high, signed


def packed(values, kind, big):
    raw = np.asarray(values).astype(np.dtype(kind).newbyteorder(">" if big else "<")).tobytes()
    return raw + b"\0" * (len(raw) % 2)


def stored(name, values, kind, allocated, storedBits, high, signed=0, syntax=ExplicitVRLittleEndian, junk=None,
           shift=0, check=True, truth=None, **tags):
    """Values in their bits; `junk` is what lies in the bits outside them."""
    d = base(name, syntax, **tags)
    bits(d, allocated, storedBits, high, signed)
    raw = np.asarray(values).astype(np.int64) & ((1 << storedBits) - 1)
    raw = raw << shift
    if junk is not None:
        raw = raw | np.asarray(junk).astype(np.int64)
    unsigned = {8: "u1", 16: "u2", 32: "u4"}[allocated]
    data = packed(raw, unsigned, syntax == ExplicitVRBigEndian)
    if allocated == 8 and syntax == ExplicitVRBigEndian:  # OW: bytes swapped in pairs
        data = b"".join(data[n:n + 2][::-1] for n in range(0, len(data), 2))
    d.PixelData = data
    d["PixelData"].VR = "OW" if allocated > 8 or not d.is_little_endian else "OB"
    reader = (lambda f: apply_modality_lut(f.pixel_array, f)) if check else None
    save(d, name, values if truth is None else truth, check=reader)


ramp = np.arange(15)
s12 = np.array([-2048, -1, 0, 1, 2047, 5, -5, 100, -100, 1000, -1000, 2000, -2000, 7, -7])
u12 = s12 + 2048
junk = (ramp % 16) << 12
stored("u8_odd_length", ramp * 17, "u1", 8, 8, 7)
stored("s8", ramp - 8, "i1", 8, 8, 7, 1)
stored("u6_in_8_junk", ramp * 4, "u1", 8, 6, 5, junk=(ramp % 4) << 6, check=False)
stored("u12_in_16", u12, "u2", 16, 12, 11)
stored("u12_in_16_junk_above", u12, "u2", 16, 12, 11, junk=junk, check=False)
stored("s12_in_16_junk_above", s12, "i2", 16, 12, 11, 1, junk=junk, check=False)
stored("s12_in_16_not_extended", s12, "i2", 16, 12, 11, 1, check=False)
stored("u12_in_16_high_bit_15", u12, "u2", 16, 12, 15, shift=4, junk=ramp, check=False)
stored("s12_in_16_high_bit_13", s12, "i2", 16, 12, 13, 1, shift=2, junk=(ramp % 4) | ((ramp % 4) << 14), check=False)
stored("u16", u12 * 16, "u2", 16, 16, 15)
stored("s16_implicit", s12 * 16, "i2", 16, 16, 15, 1, ImplicitVRLittleEndian)
stored("u32", u12.astype(np.int64) * 1048575, "u4", 32, 32, 31)
stored("s32", s12.astype(np.int64) * 1048575, "i4", 32, 32, 31, 1)
stored("s24_in_32_junk_above", s12 * 4095, "i4", 32, 24, 23, 1, junk=(ramp % 256) << 24, check=False)
stored("u16_big_endian", u12 * 16, "u2", 16, 16, 15, syntax=ExplicitVRBigEndian)
stored("s12_big_endian_junk_above", s12, "i2", 16, 12, 11, 1, syntax=ExplicitVRBigEndian, junk=junk, check=False)
stored("s32_big_endian", s12 * 1048575, "i4", 32, 32, 31, 1, syntax=ExplicitVRBigEndian)
stored("u8_big_endian_words", ramp * 17, "u1", 8, 8, 7, syntax=ExplicitVRBigEndian, check=False)
stored("s16_deflated", s12 * 16, "i2", 16, 16, 15, 1, DeflatedExplicitVRLittleEndian)
stored("u16_monochrome1", u12, "u2", 16, 16, 15, PhotometricInterpretation="MONOCHROME1")
stored("s16_rescaled", s12, "i2", 16, 16, 15, 1, truth=s12 * 2 - 1024, RescaleSlope="2", RescaleIntercept="-1024")
stored("u16_rescaled_fraction", u12, "u2", 16, 16, 15, truth=u12 * 0.25 + 0.5, RescaleSlope="0.25",
       RescaleIntercept="0.5")
stored("u16_big_endian_2_frames", np.concatenate([u12, u12[::-1]]), "u2", 16, 16, 15, syntax=ExplicitVRBigEndian,
       NumberOfFrames="2")


def one_bit(name, syntax, frames):
    d = base(name, syntax, NumberOfFrames=str(frames))
    bits(d, 1, 1, 0)
    truth = (np.arange(15 * frames) * 7 % 3 == 0).astype(np.uint8)
    data = np.packbits(truth, bitorder="little").tobytes()
    data += b"\0" * (len(data) % 2)
    if syntax == ExplicitVRBigEndian:
        data = b"".join(data[n:n + 2][::-1] for n in range(0, len(data), 2))
    d.PixelData = data
    d["PixelData"].VR = "OW" if syntax == ExplicitVRBigEndian else "OB"
    save(d, name, truth, check=(lambda f: f.pixel_array) if syntax != ExplicitVRBigEndian else None)


one_bit("bit_1_frame", ExplicitVRLittleEndian, 1)
one_bit("bit_3_frames_not_padded", ExplicitVRLittleEndian, 3)
one_bit("bit_2_frames_big_endian_words", ExplicitVRBigEndian, 2)


def floating(name, kind, keyword, syntax):
    d = base(name, syntax, SOPClassUID="1.2.840.10008.5.1.4.1.1.30")
    d.BitsAllocated = 32 if kind == "f4" else 64
    truth = (s12 / 7 * (1 if kind == "f4" else 1e30)).astype(kind)
    setattr(d, keyword, packed(truth, kind, syntax == ExplicitVRBigEndian))
    save(d, name, truth, check=lambda f: f.pixel_array)


floating("float", "f4", "FloatPixelData", ExplicitVRLittleEndian)
floating("double", "f8", "DoubleFloatPixelData", ExplicitVRLittleEndian)
floating("float_implicit", "f4", "FloatPixelData", ImplicitVRLittleEndian)
floating("double_big_endian", "f8", "DoubleFloatPixelData", ExplicitVRBigEndian)

rgb8 = np.stack([ramp * 17, 255 - ramp * 17, ramp * 5 + 30], axis=-1)


def colour(name, values, photometric, planar, kind="u1", syntax=ExplicitVRLittleEndian, columns=5, truth=None,
           tolerance=0, check=None, raw=None, top=None):
    d = base(name, syntax, SamplesPerPixel=3, PhotometricInterpretation=photometric, Columns=columns)
    d.PlanarConfiguration = planar
    n = np.dtype(kind).itemsize * 8
    bits(d, n, n, n - 1)
    arranged = np.moveaxis(values, -1, 0) if planar else values
    data = packed(arranged, kind, syntax == ExplicitVRBigEndian) if raw is None else raw
    if n == 8 and syntax == ExplicitVRBigEndian:
        data = b"".join(data[i:i + 2][::-1] for i in range(0, len(data), 2))
    d.PixelData = data
    d["PixelData"].VR = "OW" if n > 8 or syntax == ExplicitVRBigEndian else "OB"
    save(d, name, values if truth is None else truth, components=3, tolerance=tolerance, check=check)


plain = lambda f: f.pixel_array
colour("rgb_by_pixel", rgb8, "RGB", 0, check=plain)
colour("rgb_by_plane", rgb8, "RGB", 1, check=plain)
colour("rgb_by_plane_big_endian_words", rgb8, "RGB", 1, syntax=ExplicitVRBigEndian)
colour("rgb16_by_pixel", rgb8 * 257, "RGB", 0, "u2", check=plain)
colour("rgb16_by_plane_big_endian", rgb8 * 257, "RGB", 1, "u2", ExplicitVRBigEndian, check=plain)
ybr = np.stack([ramp * 12 + 30, 128 + (ramp - 7) * 9, 128 - (ramp - 7) * 8], axis=-1)
as_rgb = convert_color_space(ybr.reshape(3, 5, 3).astype("u1"), "YBR_FULL", "RGB")
full = lambda f: convert_color_space(f.pixel_array, "YBR_FULL", "RGB")
colour("ybr_full_by_pixel", ybr, "YBR_FULL", 0, truth=as_rgb, tolerance=1, check=full)
colour("ybr_full_by_plane", ybr, "YBR_FULL", 1, truth=as_rgb, tolerance=1, check=full)
wide = np.tile(ybr.reshape(3, 5, 3), (1, 2, 1))[:, :6]
wide[:, 1::2, 1:] = wide[:, 0::2, 1:]
subsampled = b"".join(bytes([int(a[0]), int(b[0]), int(a[1]), int(a[2])])
                      for row in wide for a, b in zip(row[0::2], row[1::2]))
colour("ybr_full_422", wide, "YBR_FULL_422", 0, columns=6, raw=subsampled, tolerance=1,
       truth=convert_color_space(wide.astype("u1"), "YBR_FULL", "RGB"),
       check=lambda f: convert_color_space(f.pixel_array, "YBR_FULL", "RGB"))
# PS3.3 C.7.6.3.1.2 of the editions that had it: Y 16..235, Cb and Cr 16..240 (ITU-R BT.601).
y, cb, cr = [wide[..., n].astype(float) for n in range(3)]
partial = np.stack([1.164383562 * (y - 16) + 1.596026786 * (cr - 128),
                    1.164383562 * (y - 16) - 0.391762290 * (cb - 128) - 0.812967647 * (cr - 128),
                    1.164383562 * (y - 16) + 2.017232143 * (cb - 128)], axis=-1)
colour("ybr_partial_422", wide, "YBR_PARTIAL_422", 0, columns=6, raw=subsampled, tolerance=1,
       truth=np.clip(np.round(partial), 0, 255))


def palette(name, allocated, entries, first, entryBits, signed=0, syntax=ExplicitVRLittleEndian, indices=None):
    d = base(name, syntax, PhotometricInterpretation="PALETTE COLOR")
    bits(d, allocated, allocated, allocated - 1, signed)
    big = syntax == ExplicitVRBigEndian
    tables = [(np.arange(entries) * k + n) % (1 << entryBits) for n, k in ((11, 977), (5, 3001), (200, 7919))]
    for colourName, table in zip(("Red", "Green", "Blue"), tables):
        setattr(d, colourName + "PaletteColorLookupTableDescriptor", [entries, first, entryBits])
        d[colourName + "PaletteColorLookupTableDescriptor"].VR = "SS" if signed else "US"
        kind = "u1" if entryBits == 8 and not big else "u2"
        setattr(d, colourName + "PaletteColorLookupTableData", packed(table, kind, big))
    values = ramp + first - 2 if indices is None else indices
    kind = {8: "u1", 16: "u2"}[allocated] if not signed else {8: "i1", 16: "i2"}[allocated]
    d.PixelData = packed(values, kind, big)
    d["PixelData"].VR = "OW" if allocated > 8 else "OB"
    at = np.clip(values - first, 0, entries - 1)
    truth = np.stack([table[at] for table in tables], axis=-1)
    save(d, name, truth, components=3,
         check=(lambda f: apply_color_lut(f.pixel_array, f)) if not big and not signed else None)


palette("palette_8_bit_entries", 8, 256, 0, 8, indices=ramp * 16)
palette("palette_16_bit_entries_first_40", 8, 100, 40, 16)
palette("palette_16_bit_pixels", 16, 4096, 1000, 16, indices=900 + ramp * 400)
palette("palette_signed_pixels", 16, 64, -10, 16, signed=1)
palette("palette_big_endian", 16, 300, 7, 16, syntax=ExplicitVRBigEndian)


def padded(name, value, limit, signed, syntax=ExplicitVRLittleEndian):
    d = base(name, syntax)
    bits(d, 16, 16, 15, signed)
    data = s12.copy() if signed else u12.copy()
    data[:5] = value
    if limit is not None:
        data[5] = limit
    vr = "SS" if signed else "US"
    d.add_new("PixelPaddingValue", vr, value)
    if limit is not None:
        d.add_new("PixelPaddingRangeLimit", vr, limit)
    d.PixelData = packed(data, "i2" if signed else "u2", syntax == ExplicitVRBigEndian)
    d["PixelData"].VR = "OW"
    save(d, name, data, padding=value, limit=limit)


padded("padding_signed", -32768, None, 1)
padded("padding_signed_implicit", -2000, None, 1, ImplicitVRLittleEndian)
padded("padding_range", 65000, 65535, 0)
padded("padding_range_below", -1024, -1500, 1, ImplicitVRLittleEndian)


def modality_table(name, entries, first, entryBits, signed, syntax=ExplicitVRLittleEndian, asBytes=False):
    d = base(name, syntax)
    bits(d, 16, 16, 15, signed)
    big = syntax == ExplicitVRBigEndian
    table = (np.arange(entries) * 37 + 100) % (1 << entryBits)
    item = Dataset()
    item.add_new("LUTDescriptor", "SS" if signed else "US", [entries, first, entryBits])
    item.add_new("LUTData", "OW", packed(table, "u1" if asBytes else "u2", big))
    item.add_new("ModalityLUTType", "LO", "OD")
    d.ModalityLUTSequence = Sequence([item])
    values = first - 3 + ramp * (entries // 10)
    d.PixelData = packed(values, "i2" if signed else "u2", big)
    d["PixelData"].VR = "OW"
    truth = table[np.clip(values - first, 0, entries - 1)]
    save(d, name, truth, check=None if big or asBytes or signed else lambda f: apply_modality_lut(f.pixel_array, f))


modality_table("modality_table_16", 1000, 50, 16, 0)
modality_table("modality_table_signed_first", 200, -100, 12, 1)
modality_table("modality_table_8_bit_packed", 200, 10, 8, 0, asBytes=True)
modality_table("modality_table_big_endian", 300, 20, 16, 0, ExplicitVRBigEndian)
modality_table("modality_table_implicit_signed", 200, -100, 12, 1, ImplicitVRLittleEndian)

# RLE of every width it takes.
for source in ("u8_odd_length", "s12_in_16_not_extended", "s16_rescaled", "u32", "rgb_by_pixel", "rgb16_by_pixel"):
    name = "rle_" + source
    subprocess.run(["dcmcrle", f"pixels/{source}.dcm", f"pixels/{name}.dcm"], check=True)  # DCMTK
    expected[name] = dict(expected[source])

with open("pixels.json", "w") as out:
    json.dump(expected, out, separators=(",", ":"))
    out.write("\n")
print(len(expected), "files")
