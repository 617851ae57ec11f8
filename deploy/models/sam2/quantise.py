#!/usr/bin/env python3
"""Adds to exported graphs a second form of those whose time goes into products with learned matrices: with those
matrices in 8 bits, `<graph>.int8.onnx`. `export.py` calls this; by itself it does so with zips that are there already:

    python quantise.py ../../../common-vision/src/main/resources/dev/aerie/vision/models/structures/*.zip

A column of a matrix is scaled so that its greatest number is 127. That is written as operations on the publisher's own
tensors, which the runtime folds when it loads a graph: both forms read the same weights file, and no number is in a
graph. What is multiplied is scaled for each product as a whole (`com.microsoft.DynamicQuantizeMatMul`).
"""

import json
import pathlib
import sys
import zipfile

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

DOMAIN = "com.microsoft"
INT8 = ".int8"
MOST = 127.0
LEAST_SCALE = 1e-12  # a column of zeros stays one

# Of the decoder, only what is computed for every place of the picture: its tokens are few, and decide.
PICTURE_SIDE = [
    "cross_attn_token_to_image.k_proj", "cross_attn_token_to_image.v_proj",
    "cross_attn_image_to_token.q_proj", "cross_attn_image_to_token.out_proj",
    "final_attn_token_to_image.k_proj", "final_attn_token_to_image.v_proj",
]
EVERYTHING = [""]
WORTH_IT = {
    "image_encoder": EVERYTHING,
    "memory_attention": EVERYTHING,
    "decoder_track": PICTURE_SIDE,
    "memory_encoder": EVERYTHING,
}


def quantised(name: str, graph: onnx.ModelProto):
    """`graph` in its 8-bit form; None where that is not worth it."""
    if name not in WORTH_IT:
        return None
    made = onnx.ModelProto()
    made.CopyFrom(graph)
    learned = _learned(made.graph)
    nodes, matrices = [], {}
    for node in made.graph.node:
        if _is_wanted(node, learned, WORTH_IT[name]):
            nodes += _product(node, matrices)
        else:
            nodes.append(node)
    if not matrices:
        return None
    del made.graph.node[:]
    made.graph.node.extend(nodes)
    made.graph.initializer.extend(
        numpy_helper.from_array(np.array(value, kind), f"int8_{key}")
        for key, value, kind in (("most", MOST, np.float32), ("least", LEAST_SCALE, np.float32), ("rows", [0], np.int64))
    )
    if all(domain.domain != DOMAIN for domain in made.opset_import):
        made.opset_import.append(helper.make_opsetid(DOMAIN, 1))
    return made


def _learned(graph):
    """Per value that depends on no input: the tensors of the checkpoint that it is made of."""
    learned = {tensor.name: {tensor.name} for tensor in graph.initializer}
    for node in graph.node:
        if all(not name or name in learned for name in node.input):
            sources = set().union(*(learned[name] for name in node.input if name))
            learned.update((name, sources) for name in node.output)
    return learned


def _is_wanted(node, learned, wanted):
    if node.op_type not in ("Gemm", "MatMul") or node.input[0] in learned or node.input[1] not in learned:
        return False
    sources = [name for name in learned[node.input[1]] if name.endswith("weight")]
    return any(part in name for part in wanted for name in sources)


def _product(node, matrices):
    """The nodes of a product; those of its matrix where they are not there yet."""
    turned = any(attribute.name == "transB" and attribute.i for attribute in node.attribute)
    key, nodes = (node.input[1], turned), []
    if key not in matrices:
        matrices[key] = f"int8_{len(matrices)}"
        nodes = _matrix(node.input[1], turned, matrices[key])
    name = matrices[key]
    inputs = [node.input[0], f"{name}_matrix", f"{name}_scale"]
    if len(node.input) > 2:
        inputs += ["", node.input[2]]
    nodes.append(helper.make_node("DynamicQuantizeMatMul", inputs, list(node.output), node.name, domain=DOMAIN))
    return nodes


def _matrix(source, turned, name):
    nodes, upright = [], source
    if turned:
        upright = f"{name}_upright"
        nodes.append(helper.make_node("Transpose", [source], [upright], perm=[1, 0]))
    steps = (
        ("Abs", [upright], "size"), ("ReduceMax", [f"{name}_size", "int8_rows"], "greatest"),
        ("Div", [f"{name}_greatest", "int8_most"], "share"), ("Max", [f"{name}_share", "int8_least"], "scale"),
        ("Div", [upright, f"{name}_scale"], "scaled"), ("Round", [f"{name}_scaled"], "rounded"),
    )
    for operation, inputs, output in steps:
        more = {"keepdims": 0} if operation == "ReduceMax" else {}
        nodes.append(helper.make_node(operation, inputs, [f"{name}_{output}"], **more))
    nodes.append(helper.make_node("Cast", [f"{name}_rounded"], [f"{name}_matrix"], to=TensorProto.INT8))
    return nodes


def with_quantised(graphs):
    """`graphs` by path, `512/memory_attention.onnx`, and after them their 8-bit forms."""
    more = {}
    for path, graph in graphs.items():
        folder, name = path.removesuffix(".onnx").split("/")
        form = quantised(name, graph)
        if form is not None:
            more[f"{folder}/{name}{INT8}.onnx"] = form
    return {**graphs, **more}


def pack(file: pathlib.Path, manifest, graphs):
    """The same graphs give the same bytes."""
    with zipfile.ZipFile(file, "w") as out:

        def add(name, data):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            out.writestr(entry, data, zipfile.ZIP_DEFLATED, 9)

        add("weights.json", json.dumps(manifest, separators=(",", ":")))
        for name, graph in graphs.items():
            add(name, graph.SerializeToString(deterministic=True))
    print(f"{file.name}: {file.stat().st_size / 1e3:.0f} kB, {len(manifest['tensors'])} tensors", flush=True)


def main():
    for file in map(pathlib.Path, sys.argv[1:]):
        with zipfile.ZipFile(file) as zipped:
            manifest = json.loads(zipped.read("weights.json"))
            plain = [name for name in zipped.namelist() if name.endswith(".onnx") and INT8 not in name]
            graphs = {name: onnx.load_from_string(zipped.read(name)) for name in plain}
        pack(file, manifest, with_quantised(graphs))


if __name__ == "__main__":
    sys.exit(main())
