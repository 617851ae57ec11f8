#!/usr/bin/env python3
"""Exports the graphs of SAM 2.1 and EdgeTAM without their weights: one zip per model, with the graphs of each size and
the list of tensors they want, each at a fixed place of one weights file.

    python export.py edgetam sam2.1_tiny --out ../../../common-vision/src/main/resources/dev/aerie/vision/models/structures

Each graph is then run by ONNX Runtime with seeded weights beside the module it was made from; a difference fails.
"""

import argparse
import pathlib
import sys
import tempfile
import time
import warnings

import numpy as np
import onnx
import seeded
import torch
from architecture import MODELS, SIZES, build, is_edgetam
from graphs import ImageEncoder, MaskDecoder, MaskDownsample, MemoryAttention, MemoryEncoder, fold_repvit
from names import publisher_name
from quantise import pack, with_quantised
from tracing import trace
from weightless import bind, layout, session, strip, write_seeded

TOLERANCE = 2e-3
DECODED = ["mask", "iou", "obj_ptr", "obj_score", "all_masks", "all_ious"]
OBJECTS = {0: "N"}


def plans(model, size):
    """Per graph: the module, example inputs by name, output names, and which axes are open."""
    h, edge = size // 16, is_edgetam(model)
    length = 512 if edge else h * h
    normal = torch.Generator().manual_seed(7)

    def random(*shape):
        return torch.randn(*shape, generator=normal)

    objects, memories, pointers, points = 2, 3, 4, 3
    levels = {"feat_s0": random(1, 32, 4 * h, 4 * h), "feat_s1": random(1, 64, 2 * h, 2 * h)}
    feat = {"feat": random(1, 256, h, h)}
    pix_feat = {"pix_feat": random(objects, 256, h, h)}
    prompt = {
        "point_coords": torch.rand(objects, points, 2, generator=normal) * size,
        "point_labels": torch.tensor([[1, 0, -1], [2, 3, -1]]),
        "mask_input": random(objects, 1, 4 * h, 4 * h),
        "has_mask": torch.tensor([0.0, 1.0]),
        "multimask": torch.tensor([True, False]),
    }
    memory = {
        "mem": random(objects, memories, length, 64),
        "mem_tpos": torch.tensor([[6, 0, 1], [6, 3, 2]]),
        "ptr": random(objects, pointers, 256),
    }
    if not edge:
        memory["ptr_tdiff"] = torch.rand(objects, pointers, generator=normal)
    mask = {
        "mask_logits": random(objects, 1, 4 * h, 4 * h) * 4,
        "obj_score": torch.tensor([[1.0], [-1.0]]),
        "binarize": torch.tensor([True, False]),
    }
    bank = {"mem": {0: "N", 1: "T"}, "mem_tpos": {0: "N", 1: "T"}, "ptr": {0: "N", 1: "P"}, "ptr_tdiff": {0: "N", 1: "P"}}
    clicks = {"point_coords": {0: "N", 1: "K"}, "point_labels": {0: "N", 1: "K"}}
    each = {name: OBJECTS for name in ("pix_feat", "mask_input", "has_mask", "multimask", "obj_score", "binarize", "mask")}
    sized = {"mask_logits": {0: "N", 2: "mh", 3: "mw"}}
    picture = {"picture": torch.randint(0, 256, (1, 360, 640, 3), generator=normal, dtype=torch.uint8)}
    encoded = ["feat_s0", "feat_s1", "feat", "feat_nomem", "pixel_values"]
    return {
        "image_encoder": (ImageEncoder(model), picture, encoded, {"picture": {1: "H", 2: "W"}}),
        "memory_attention": (MemoryAttention(model), {**feat, **memory}, ["pix_feat"], bank),
        "decoder_track": (MaskDecoder(model, False), {**pix_feat, **levels}, DECODED, each),
        "decoder_prompt": (MaskDecoder(model, True), {**pix_feat, **levels, **prompt}, DECODED, {**each, **clicks}),
        "memory_encoder": (MemoryEncoder(model), {**feat, **mask}, ["mem"], {**each, **sized}),
        "mask_downsample": (
            MaskDownsample(model),
            {"mask": (random(objects, 1, size, size) > 0).float()},
            ["mask_input"],
            each,
        ),
    }


def export(module, inputs, outputs, axes):
    """The graph with its weights inside, as torch writes it."""
    with tempfile.TemporaryDirectory() as folder, torch.no_grad():
        file = pathlib.Path(folder) / "graph.onnx"
        trace(file, module, inputs, outputs, axes, 16384, are_weights_beside=False)
        return onnx.load(file)


def checkpoint_name(parameter: str):
    """The checkpoint's name of a module's parameter; None for what is no parameter."""
    if parameter.startswith("point_embeddings."):
        return seeded.point_embedding(int(parameter.rsplit(".", 1)[-1]))
    for own, theirs in (("self_to_kv.", "self_attn"), ("to_kv.", "attn")):
        if parameter.startswith(own):
            return f"spatial_perceiver.layers.{parameter[len(own):]}.{theirs}.to_kv.weight"
    return publisher_name(parameter[2:]) if parameter.startswith("m.") else None


def check(name, module, inputs, graph: bytes, folder):
    """Throws unless ONNX Runtime says what the module says."""
    with torch.no_grad():
        expected = module(*inputs.values())
    expected = expected if isinstance(expected, tuple) else (expected,)
    runtime = session(graph, folder)
    asked = {i.name for i in runtime.get_inputs()}
    found = runtime.run(None, {k: v.numpy() for k, v in inputs.items() if k in asked})
    worst = max(float(np.abs(a.numpy() - b).max() / max(1.0, a.abs().max().item())) for a, b in zip(expected, found))
    print(f"  {name}: {len(graph) / 1e3:.0f} kB, differs by {worst:.1e} at most", flush=True)
    if not worst < TOLERANCE:
        raise SystemExit(f"{name} differs from its module")


def export_model(name: str, sizes, out: pathlib.Path, seeded_weights: pathlib.Path | None):
    graphs, wanted, examples = {}, {}, {}
    for size in sizes:
        model = seeded.fill(build(name, size), 1.0)
        for graph_name, (module, inputs, outputs, axes) in plans(model, size).items():
            start = time.time()
            graph = export(module, inputs, outputs, axes)
            wanted.update(strip(graph, checkpoint_name))
            graphs[f"{size}/{graph_name}.onnx"] = graph
            examples[f"{size}/{graph_name}.onnx"] = (module, inputs)
            print(f"  {size}/{graph_name}: exported in {time.time() - start:.0f} s", flush=True)
    offsets, size_bytes = layout(wanted)
    file = f"{name}.weights"
    with tempfile.TemporaryDirectory() as folder:
        folder = seeded_weights or pathlib.Path(folder)
        write_seeded(folder / file, wanted, offsets, size_bytes, 1.0)
        for graph_name, graph in graphs.items():
            bind(graph, wanted, offsets, file)
            check(graph_name, *examples[graph_name], graph.SerializeToString(deterministic=True), folder)
    tensors = [{"name": n, "shape": wanted[n], "offset": offsets[n]} for n in offsets]
    manifest = {"model": name, "file": file, "size_bytes": size_bytes, "tensors": tensors}
    pack(out / f"{name}.zip", manifest, with_quantised(graphs))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", nargs="+", choices=MODELS)
    parser.add_argument("--sizes", nargs="+", type=int, default=list(SIZES), choices=SIZES)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--seeded-weights", type=pathlib.Path, help="a folder: keep the seeded weights there")
    arguments = parser.parse_args()
    warnings.filterwarnings("ignore")
    torch.set_num_threads(2)
    fold_repvit()
    for name in arguments.models:
        print(name, flush=True)
        export_model(name, arguments.sizes, arguments.out, arguments.seeded_weights)


if __name__ == "__main__":
    sys.exit(main())
