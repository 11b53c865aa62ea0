#!/usr/bin/env python3
"""Writes shared_samples.json: SHA-256 of the decoded samples of pictures in shared/data/dicom that its own reference
(reference/pixels.json) does not cover, as pydicom gives them (native, RLE) or GDCM through pydicom (JPEG, JPEG 2000).
Bytes are little endian in the order frame, row, column, sample; no YBR to RGB. Of a series the first file.

    python3 make_shared_samples.py ../../../../shared/data/dicom
"""
import hashlib
import json
import pathlib
import sys

import numpy as np
import pydicom

root = pathlib.Path(sys.argv[1])
folders = ["ct", "mr", "us", "xray", "enhanced", "luts", "gsps", "seg", "rtstruct", "dicomdir_tiny"]
files = {}
for folder in folders:
    known_series = set()
    for path in sorted((root / folder).rglob("*")):
        if not path.is_file():
            continue
        try:
            d = pydicom.dcmread(path)
        except pydicom.errors.InvalidDicomError:
            continue
        if "PixelData" not in d or d.get("Modality") == "SEG" or d.get("SeriesInstanceUID") in known_series:
            continue
        known_series.add(d.get("SeriesInstanceUID"))
        if d.file_meta.TransferSyntaxUID.is_compressed and not d.file_meta.TransferSyntaxUID.is_deflated:
            d.convert_pixel_data("pydicom" if "RLE" in d.file_meta.TransferSyntaxUID.name else "gdcm")
            by = "pydicom" if "RLE" in d.file_meta.TransferSyntaxUID.name else "GDCM"
        else:
            by = "pydicom"
        array = np.ascontiguousarray(d.pixel_array)
        files[str(path.relative_to(root))] = dict(
            by=by, sha256=hashlib.sha256(array.astype(array.dtype.newbyteorder("<")).tobytes()).hexdigest())
target = pathlib.Path(__file__).parent / "shared_samples.json"
target.write_text(json.dumps(dict(files=files), indent=0) + "\n")
print(len(files), "files")
