"""Our COCO exports read by pycocotools and datumaro: same boxes, areas and pixels as were drawn.

Everything is made with fiducial-cli ($FIDUCIAL_CLI) from the demo media of this repository; the expected values are worked
out here from what was drawn.
"""
import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

import numpy
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

SOURCE = Path(__file__).resolve().parents[2]
CLI = os.environ.get("FIDUCIAL_CLI") or str(SOURCE / "build/release/bin/fiducial-cli")

HOLE = {"polygon": [[[10, 10, 50, 10, 50, 50, 10, 50], [20, 20, 40, 20, 40, 40, 20, 40]]]}
SHAPES = [
    ({"box": [10, 20, 30, 40]}, 1200, [10, 20, 30, 40]),
    ({"polygon": [[[10, 10, 50, 10, 50, 50, 10, 50]]]}, 1600, [10, 10, 40, 40]),
    (HOLE, 1600 - 400, [10, 10, 40, 40]),
    ({"rotated_box": [100, 100, 40, 20, 90]}, 800, [90, 80, 20, 40]),
]


def cli(*words, **options):
    done = subprocess.run([CLI, *map(str, words)], capture_output=True, text=True, check=False, **options)
    if done.returncode:
        raise AssertionError(f"{words}: {done.stderr}")
    return done.stdout


def annotation(frame, shape, label="polyp"):
    return {"create": "annotation", "value": {"medium": "echo", "frame": frame, "class": label, "shape": shape}}


def track():
    frames = [{"frame": 5, "shape": {"box": [0, 0, 20, 20]}}, {"frame": 9, "shape": {"box": [40, 0, 20, 20]}},
              {"frame": 11, "shape": {"box": [40, 0, 20, 20]}, "outside": True}]
    return {"create": "track", "value": {"medium": "echo", "class": "polyp", "keyframes": frames}}


class CocoExport(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        cls.folder = Path(cls.temporary.name)
        project = cls.folder / "p.fiducial"
        cli("new", project)
        cli("add", project, SOURCE / "resources/demo/media/echo.dcm")
        changes = [annotation(0, shape) for shape, _, _ in SHAPES]
        lines = [json.dumps({"name": "Draw", "by": "a", "changes": [change]}) for change in [*changes, track()]]
        cli("apply", project, "-", input="\n".join(lines) + "\n")
        cli("export", project, "--format", "coco", "--out", cls.folder / "out")
        cls.json = cls.folder / "out/annotations/instances_default.json"

    @classmethod
    def tearDownClass(cls):
        cls.temporary.cleanup()

    def test_pycocotools_finds_the_boxes_areas_and_pixels_that_were_drawn(self):
        coco = COCO(str(self.json))
        image = next(i for i in coco.loadImgs(coco.getImgIds()) if i["frame"] == 0)
        found = coco.loadAnns(coco.getAnnIds(imgIds=[image["id"]]))
        self.assertEqual(len(found), len(SHAPES))
        for entry, (shape, area, box) in zip(found, SHAPES):
            with self.subTest(shape=shape):
                self.assertAlmostEqual(entry["area"], area, places=6)
                numpy.testing.assert_allclose(entry["bbox"], box, atol=1e-9)
                mask = coco.annToMask(entry)
                self.assertEqual(mask.shape, (image["height"], image["width"]))
                self.assertLessEqual(abs(int(mask.sum()) - area), 0.02 * area)
        hole = coco.annToMask(found[2])
        self.assertEqual((hole[15, 15], hole[30, 30]), (1, 0))

    def test_a_track_is_there_on_each_of_its_frames(self):
        coco = COCO(str(self.json))
        frames = {i["id"]: i["frame"] for i in coco.loadImgs(coco.getImgIds())}
        tracked = [a for a in coco.loadAnns(coco.getAnnIds()) if "track_id" in a.get("attributes", {})]
        self.assertEqual([frames[a["image_id"]] for a in tracked], [5, 6, 7, 8, 9, 10])
        self.assertEqual([a["bbox"][0] for a in tracked], [0, 10, 20, 30, 40, 40])
        self.assertEqual([a["attributes"]["keyframe"] for a in tracked], [True, False, False, False, True, False])

    def test_the_ground_truth_against_itself_scores_one(self):
        coco = COCO(str(self.json))
        results = [{k: a[k] for k in ("image_id", "category_id", "bbox")} | {"score": 0.9} for a in coco.loadAnns(coco.getAnnIds())]
        evaluation = COCOeval(coco, coco.loadRes(results), "bbox")
        evaluation.evaluate()
        evaluation.accumulate()
        evaluation.summarize()
        self.assertAlmostEqual(evaluation.stats[0], 1.0)

    def test_pictures_are_where_the_file_says(self):
        document = json.loads(self.json.read_text(encoding="ascii"))
        from PIL import Image
        for image in document["images"]:
            with Image.open(self.folder / "out/images" / image["file_name"]) as picture:
                self.assertEqual(picture.size, (image["width"], image["height"]))

    def test_datumaro_reads_the_dataset(self):
        from datumaro.components.dataset import Dataset
        dataset = Dataset.import_from(str(self.folder / "out"), "coco")
        document = json.loads(self.json.read_text(encoding="ascii"))
        self.assertEqual(len(dataset), len(document["images"]))
        # datumaro makes two of each: the outline or mask, and its box.
        boxes = {a.id: a.get_bbox() for item in dataset for a in item.annotations if a.type.name == "bbox"}
        self.assertEqual(boxes, {a["id"]: a["bbox"] for a in document["annotations"]})
        outlines = [a for item in dataset for a in item.annotations if a.type.name in ("polygon", "mask")]
        self.assertEqual(len(outlines), len(document["annotations"]))
        names = [label.name for label in dataset.categories()[next(iter(dataset.categories()))]]
        self.assertIn("polyp", names)


if __name__ == "__main__":
    unittest.main()
