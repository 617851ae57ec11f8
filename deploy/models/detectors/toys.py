#!/usr/bin/env python3
"""Writes tiny detectors with known outputs, one of each family, for the tests of common-vision:

    python toys.py ../../../common-vision/src/test/resources/dev/aerie/vision/detect

Each finds the same in every picture, but for one object whose score is the mean of the input's first channel: 1 in a
picture all red, if red comes first and 255 becomes 1. `yolo_non_finite` writes what is no number where a pixel has no red;
`yolox` and `yolox_one_size` find red squares where they are.
"""

import pathlib
import sys

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

SIDE = 64
CELLS = 84  # 8x8 + 4x4 + 2x2
RED = "red"


def save(folder, name, inputs, outputs, nodes, constants, notes=None):
    initializers = [numpy_helper.from_array(np.asarray(value), key) for key, value in constants.items()]
    graph = helper.make_graph(nodes, name, inputs, outputs, initializers)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    for key, value in (notes or {}).items():
        helper.set_model_props(model, {key: value})
    onnx.checker.check_model(model)
    (folder / f"{name}.onnx").write_bytes(model.SerializeToString(deterministic=True))


def red_score(picture, dims):
    """Nodes that give the mean of channel 0 as `red`, N x 1 ... 1 of `dims` axes."""
    return [
        helper.make_node("Gather", [picture, "zero"], ["channel"], axis=1),
        helper.make_node("ReduceMean", ["channel"], ["mean"], axes=[1, 2, 3]),
        helper.make_node("Reshape", ["mean", f"red{dims}"], [RED]),
    ]


def base(dims):
    return {
        "zero": np.array([0], np.int64),
        "one": np.array([1], np.int64),
        f"red{dims}": np.array([-1] + [1] * (dims - 1), np.int64),
    }


def with_red(picture, fixed, mask, output):
    """output = fixed + red * mask, for each picture of the batch."""
    dims = fixed.ndim
    nodes = red_score(picture, dims) + [
        helper.make_node("Mul", [RED, "mask_" + output], ["part_" + output]),
        helper.make_node("Add", ["fixed_" + output, "part_" + output], [output]),
    ]
    return nodes, {**base(dims), "fixed_" + output: fixed, "mask_" + output: mask}


def picture(name, batch):
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, [batch, 3, SIDE, SIDE])


def yolo(folder):
    fixed, mask = np.zeros((1, 7, CELLS), np.float32), np.zeros((1, 7, CELLS), np.float32)
    fixed[0, :, 10] = [32, 24, 16, 8, 0, 0.9, 0.1]
    fixed[0, :, 11] = [33, 24, 16, 8, 0, 0.8, 0.1]
    fixed[0, :4, 20] = [8, 40, 16, 16]
    mask[0, 4, 20] = 1
    nodes, constants = with_red("images", fixed, mask, "output0")
    out = helper.make_tensor_value_info("output0", TensorProto.FLOAT, ["N", 7, CELLS])
    save(folder, "yolo", [picture("images", "N")], [out], nodes, constants, {"names": "{0: 'red', 1: \"thing\", 2: 'x'}"})


def yolo_non_finite(folder):
    """One thing at 24...40, 20...28, whose place is no number where a pixel of the picture has no red."""
    fixed, mask = np.zeros((1, 7, CELLS), np.float32), np.zeros((1, 7, CELLS), np.float32)
    fixed[0, :, 10] = [31, 24, 16, 8, 0, 0.9, 0.1]
    mask[0, 0, 10] = 1
    nodes = [
        helper.make_node("Gather", ["images", "zero"], ["channel"], axis=1),
        helper.make_node("ReduceMin", ["channel"], ["least"], axes=[1, 2, 3]),
        helper.make_node("Reshape", ["least", "red3"], [RED]),
        helper.make_node("Div", [RED, RED], ["share"]),
        helper.make_node("Mul", ["share", "mask"], ["part"]),
        helper.make_node("Add", ["fixed", "part"], ["output0"]),
    ]
    out = helper.make_tensor_value_info("output0", TensorProto.FLOAT, ["N", 7, CELLS])
    constants = {**base(3), "fixed": fixed, "mask": mask}
    notes = {"names": "{0: 'red', 1: \"thing\", 2: 'x'}"}
    save(folder, "yolo_non_finite", [picture("images", "N")], [out], nodes, constants, notes)


def end_to_end(folder):
    fixed, mask = np.zeros((1, 5, 6), np.float32), np.zeros((1, 5, 6), np.float32)
    fixed[0, 0] = [24, 20, 40, 28, 0.9, 1]
    fixed[0, 1] = [0, 32, 16, 48, 0, 0]
    mask[0, 1, 4] = 1
    nodes, constants = with_red("images", fixed, mask, "output0")
    out = helper.make_tensor_value_info("output0", TensorProto.FLOAT, [1, 5, 6])
    save(folder, "yolo_end_to_end", [picture("images", 1)], [out], nodes, constants, {"names": "{0: 'red', 1: 'thing'}"})


def detr(folder):
    """Boxes come in pixels of the size that is asked for."""
    share = np.zeros((1, 5, 4), np.float32)
    share[0, 0] = [0.375, 0.3125, 0.625, 0.4375]
    share[0, 1] = [0, 0.5, 0.25, 0.75]
    scores, mask = np.zeros((1, 5), np.float32), np.zeros((1, 5), np.float32)
    scores[0, 0], mask[0, 1] = 0.9, 1
    labels = np.array([[1, 0, 0, 0, 0]], np.int64)
    nodes, constants = with_red("images", scores, mask, "scores")
    nodes += [
        helper.make_node("Cast", ["orig_target_sizes"], ["sizes"], to=TensorProto.FLOAT),
        helper.make_node("Tile", ["sizes", "twice"], ["corners"]),
        helper.make_node("Unsqueeze", ["corners", "one"], ["each"]),
        helper.make_node("Mul", ["each", "share"], ["boxes"]),
        helper.make_node("Shape", ["orig_target_sizes"], ["shape"], start=0, end=1),
        helper.make_node("Concat", ["shape", "five"], ["full"], axis=0),
        helper.make_node("Expand", ["kinds", "full"], ["labels"]),
    ]
    constants |= {"share": share, "kinds": labels, "twice": np.array([1, 2], np.int64), "five": np.array([5], np.int64)}
    outputs = [
        helper.make_tensor_value_info("labels", TensorProto.INT64, ["N", 5]),
        helper.make_tensor_value_info("boxes", TensorProto.FLOAT, ["N", 5, 4]),
        helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["N", 5]),
    ]
    sizes = helper.make_tensor_value_info("orig_target_sizes", TensorProto.INT64, ["N", 2])
    save(folder, "detr", [picture("images", "N"), sizes], outputs, nodes, constants)


def detr_logits(folder, name="detr_logits", sides=(SIDE, SIDE)):
    fixed, mask = np.full((1, 5, 3), -9, np.float32), np.zeros((1, 5, 3), np.float32)
    fixed[0, 0, 1] = np.log(0.9 / 0.1)
    mask[0, 1, 0] = 18
    boxes = np.zeros((1, 5, 4), np.float32)
    boxes[0, 0], boxes[0, 1] = [0.5, 0.375, 0.25, 0.125], [0.125, 0.625, 0.25, 0.25]
    nodes, constants = with_red("pixel_values", fixed, mask, "logits")
    more, other = with_red("pixel_values", boxes, np.zeros_like(boxes), "pred_boxes")
    outputs = [
        helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["N", 5, 3]),
        helper.make_tensor_value_info("pred_boxes", TensorProto.FLOAT, ["N", 5, 4]),
    ]
    frame = helper.make_tensor_value_info("pixel_values", TensorProto.FLOAT, ["N", 3, *sides])
    save(folder, name, [frame], outputs, nodes + more[3:], {**constants, **other})


def detr_logits_open(folder):
    """As `detr_logits`, exported with open height and width."""
    detr_logits(folder, "detr_logits_open", ("height", "width"))


def yolox(folder, name="yolox", cells=(-1, -1, -1)):
    """Convolutions only, exported for one size: a cell finds a square of its own size whose score is how red the cell is."""
    weights, bias = np.zeros((8, 3, 1, 1), np.float32), np.array([0.5, 0.5, 0, 0, 0, 1, 0, 0], np.float32)
    weights[4, 2] = 1 / 255
    constants, nodes = {"weights": weights, "bias": bias}, []
    for stride, count in zip((8, 16, 32), cells):
        constants[f"rows{stride}"] = np.array([1, 8, count], np.int64)
        nodes += [
            helper.make_node("AveragePool", ["images"], [f"mean{stride}"], kernel_shape=[stride] * 2, strides=[stride] * 2),
            helper.make_node("Conv", [f"mean{stride}", "weights", "bias"], [f"cells{stride}"]),
            helper.make_node("Reshape", [f"cells{stride}", f"rows{stride}"], [f"each{stride}"]),
        ]
    nodes += [
        helper.make_node("Concat", [f"each{stride}" for stride in (8, 16, 32)], ["all"], axis=2),
        helper.make_node("Transpose", ["all"], ["output"], perm=[0, 2, 1]),
    ]
    out = helper.make_tensor_value_info("output", TensorProto.FLOAT, [1, CELLS, 8])
    notes = {"names": "{0: 'red', 1: 'thing', 2: 'x'}"}
    save(folder, name, [picture("images", 1)], [out], nodes, constants, notes)


def yolox_one_size(folder):
    """As `yolox`, for no other size: its numbers of cells are fixed."""
    yolox(folder, "yolox_one_size", (64, 16, 4))


def yolo_masks(folder):
    """As `yolo`, with three prototypes of 16 x 16 cells: the left half of the square, its upper half, and everything. The first
    thing's mask is its left half, that of the weaker box upon it everything, the red one's its lower half."""
    fixed, mask = np.zeros((1, 10, CELLS), np.float32), np.zeros((1, 10, CELLS), np.float32)
    fixed[0, :, 10] = [32, 24, 16, 8, 0, 0.9, 0.1, 1, 0, 0]
    fixed[0, :, 11] = [33, 24, 16, 8, 0, 0.8, 0.1, 0, 0, 1]
    fixed[0, :, 20] = [8, 40, 16, 16, 0, 0, 0, 0, -2, 0.5]
    mask[0, 4, 20] = 1
    nodes, constants = with_red("images", fixed, mask, "output0")
    planes = np.full((1, 3, 16, 16), -1, np.float32)
    planes[0, 0, :, :8] = planes[0, 1, :10] = planes[0, 2] = 1
    _, other = with_red("images", planes, np.zeros_like(planes), "output1")
    outputs = [
        helper.make_tensor_value_info("output0", TensorProto.FLOAT, ["N", 10, CELLS]),
        helper.make_tensor_value_info("output1", TensorProto.FLOAT, ["N", 3, 16, 16]),
    ]
    notes = {"names": "{0: 'red', 1: \"thing\", 2: 'x'}"}
    again = [helper.make_node("Reshape", ["mean", "red4"], ["red_planes"])]
    again += [
        helper.make_node("Mul", ["red_planes", "mask_output1"], ["part_output1"]),
        helper.make_node("Add", ["fixed_output1", "part_output1"], ["output1"]),
    ]
    save(folder, "yolo_masks", [picture("images", "N")], outputs, nodes + again, {**constants, **other}, notes)


def nanodet(folder):
    """Distances are distributions over 0, 1 ... 10 cells: of those given here, the numbers of whole or half cells."""
    scores, mask = np.zeros((1, CELLS, 2), np.float32), np.zeros((1, CELLS, 2), np.float32)
    logits = np.full((1, CELLS, 4, 11), -60, np.float32)
    logits[..., 0] = 0
    for cell, sides in ((19, (0.5, 0, 1.5, 1)), (64 + 8, (0.5, 0.5, 0.5, 0.5))):
        for side, cells in enumerate(sides):
            logits[0, cell, side] = -60
            logits[0, cell, side, [int(np.floor(cells)), int(np.ceil(cells))]] = 0
    scores[0, 19, 1] = 0.9
    mask[0, 64 + 8, 0] = 1
    nodes, constants = with_red("rgb", scores, mask, "scores")
    fixed = logits.reshape(1, CELLS, 44)
    more, other = with_red("rgb", fixed, np.zeros_like(fixed), "distances")
    turn = [
        helper.make_node("Gather", ["images", "backwards"], ["turned"], axis=1),
        helper.make_node("Mul", ["turned", "unit"], ["rgb"]),
    ]
    constants |= {"backwards": np.array([2, 1, 0], np.int64), "unit": np.float32(1 / 255)}
    outputs = [
        helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["N", CELLS, 2]),
        helper.make_tensor_value_info("distances", TensorProto.FLOAT, ["N", CELLS, 44]),
    ]
    save(folder, "nanodet", [picture("images", "N")], outputs, turn + nodes + more[3:], {**constants, **other})


def main():
    folder = pathlib.Path(sys.argv[1])
    for make in (
        yolo,
        yolo_non_finite,
        end_to_end,
        detr,
        detr_logits,
        detr_logits_open,
        nanodet,
        yolo_masks,
        yolox,
        yolox_one_size,
    ):
        make(folder)


if __name__ == "__main__":
    main()
