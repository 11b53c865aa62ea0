#!/usr/bin/python3
"""read_nifti_export.py DATASET [REFERENCE.nii.gz]: what nifti_export_test.cpp painted, as nibabel reads it.

The test paints blocks given as voxel ranges; here the same ranges are counted in the files. REFERENCE is the same series
as dcm2niix converts it: every voxel of ours must have its value at its place in the patient.
"""
import json
import sys
from pathlib import Path

import nibabel
import numpy

BONE = (slice(10, 20), slice(20, 40), slice(30, 50))
SKIN = (slice(40, 50), slice(20, 40), slice(30, 50))
MEETS_BOTH = (slice(15, 45), slice(20, 40), slice(30, 50))


def check_reference(image, reference):
    ours, theirs = numpy.asanyarray(image.dataobj), numpy.asanyarray(reference.dataobj)
    assert numpy.issubdtype(ours.dtype, numpy.integer), f"an integral rescale must stay integer, not {ours.dtype}"
    rng = numpy.random.default_rng(7)
    voxels = rng.integers(0, ours.shape, size=(5000, 3))
    world = nibabel.affines.apply_affine(image.affine, voxels)
    there = nibabel.affines.apply_affine(numpy.linalg.inv(reference.affine), world)
    nearest = numpy.rint(there).astype(int)
    assert numpy.abs(there - nearest).max() < 0.01, "the voxels of the two grids do not coincide"
    wrong = (ours[tuple(voxels.T)] != theirs[tuple(nearest.T)]).sum()
    assert wrong == 0, f"{wrong} of 5000 voxels differ from dcm2niix"


def check_labels(folder, image):
    files = sorted(folder.glob("labels*.nii.gz"))
    sidecar = json.loads((folder / "labels.json").read_text(encoding="ascii"))
    value = {entry["class"]: int(key) for key, entry in sidecar["labels"].items()}
    assert set(value) == {"bone", "skin"} and value["bone"] < value["skin"], value
    layers = []
    for path in files:
        labels = nibabel.load(path)
        assert labels.shape == image.shape and numpy.array_equal(labels.affine, image.affine), path
        assert labels.get_data_dtype() == numpy.uint8, labels.get_data_dtype()
        assert labels.header["intent_code"] == 1002 and labels.header["sform_code"] == 1
        layers.append(numpy.asanyarray(labels.dataobj))
    expected = numpy.zeros(image.shape, numpy.uint8)
    expected[BONE], expected[SKIN] = value["bone"], value["skin"]
    assert numpy.array_equal(layers[0], expected), "labels of the first file"
    if len(layers) == 2:
        expected = numpy.zeros(image.shape, numpy.uint8)
        expected[MEETS_BOTH] = value["bone"]
        assert numpy.array_equal(layers[1], expected), "labels of the second file"
    counts = {s["class"]: s["voxels"] for s in sidecar["segments"][:2]}
    assert counts == {"bone": 4000, "skin": 4000}, counts


def main():
    (folder,) = [path for path in Path(sys.argv[1]).iterdir() if path.is_dir()]
    image = nibabel.load(folder / "image.nii.gz")
    if len(sys.argv) > 2 and sys.argv[2]:
        check_reference(image, nibabel.load(sys.argv[2]))
    check_labels(folder, image)


if __name__ == "__main__":
    main()
