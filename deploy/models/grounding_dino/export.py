#!/usr/bin/env python3
"""Exports the graph of Grounding DINO (Swin-T) without its weights: a zip with the graph that reads the publisher's tensors
from a weights file, and the list of these.

    python export.py --out ../../../common-vision/src/main/resources/dev/aerie/vision/models/structures
    python export.py --tiny --out ../../../common-vision/src/test/resources/dev/aerie/vision/models/structures \
        --golden ../../../common-vision/src/test/resources/dev/aerie/vision/text/tiny_grounding_dino.golden

The network is that of the package `transformers` (GroundingDinoForObjectDetection), made from its configuration, with seeded
weights; ONNX Runtime is run beside it, and a difference fails. A frame lies in the upper left corner of a picture of one size;
`pixel_mask` says where it is. The published size wants 12 GB of memory.
"""

import argparse
import pathlib
import sys
import tempfile
import time
import warnings
from unittest import mock

import numpy as np
import onnx
import torch
from transformers import BertConfig, GroundingDinoConfig, GroundingDinoForObjectDetection, SwinConfig
from transformers.models.grounding_dino import modeling_grounding_dino

sys.path.append(str(pathlib.Path(__file__).parent.parent / "sam2"))

import seeded  # noqa: E402
from quantise import pack  # noqa: E402
from tracing import trace  # noqa: E402
from weightless import bind, layout, session, strip, write_seeded  # noqa: E402

TOLERANCE = 2e-3
MAX_PIECES = 256
TOPK = torch.topk
INPUTS = ["pixel_values", "pixel_mask", "input_ids", "attention_mask", "token_type_ids"]
OUTPUTS = ["logits", "pred_boxes"]
SEPARATORS = (101, 102, 1012, 1029)  # [CLS], [SEP], full stop, question mark
OF_THE_PUBLISHER = (
    # The names of the publisher's file, and what the package calls them since.
    ("conv_encoder.model.encoder.", "conv_encoder.model.swin.encoder."),
    ("conv_encoder.model.embeddings.", "conv_encoder.model.swin.embeddings."),
    ("attention.self.query", "attention.q_proj"),
    ("attention.self.key", "attention.k_proj"),
    ("attention.self.value", "attention.v_proj"),
    ("attention.self.relative_position_bias_table", "attention.relative_position_bias.relative_position_bias_table"),
    ("attention.output.dense", "attention.o_proj"),
    ("intermediate.dense", "mlp.fc1"),
    ("output.dense", "mlp.fc2"),
)


def published():
    swin = SwinConfig(window_size=7, image_size=224, embed_dim=96, depths=[2, 2, 6, 2], num_heads=[3, 6, 12, 24],
                      out_indices=[2, 3, 4])  # fmt: skip
    return GroundingDinoConfig(backbone_config=swin, text_config=BertConfig()), (800, 1344)


def tiny():
    swin = SwinConfig(window_size=4, image_size=64, embed_dim=8, depths=[1, 1, 2, 1], num_heads=[1, 2, 2, 4], out_indices=[2, 3, 4])
    words = BertConfig(vocab_size=1100, hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32)
    sizes = dict(encoder_ffn_dim=32, decoder_ffn_dim=32, encoder_attention_heads=2, decoder_attention_heads=2)
    layers = dict(encoder_layers=1, decoder_layers=2, num_queries=8)
    return GroundingDinoConfig(backbone_config=swin, text_config=words, d_model=32, **sizes, **layers), (64, 96)


def phrases(ids):
    """Which pieces see each other, those between two separators with the second one, and each one's place among them.

    As the publisher numbers them (and transformers until its version 4; since 5 it gives a separator the place 0). Without
    running maxima, which the exporter has no operation for.
    """
    special = torch.zeros_like(ids, dtype=torch.bool)
    for one in SEPARATORS:
        special = special | (ids == one)
    before = torch.cumsum(special.to(torch.int64), 1) - special.to(torch.int64)
    same = before[:, :, None] == before[:, None, :]
    at = torch.arange(ids.shape[1])
    earlier = (at[None, :] < at[:, None])[None] & special[:, None, :]
    start = torch.where(earlier, (at + 1)[None, None, :], torch.zeros_like(at)[None, None, :]).amax(-1)
    return same, at[None] - start


class Detector(torch.nn.Module):
    def __init__(self, net):
        super().__init__()
        self.net = net

    def forward(self, pixel_values, pixel_mask, input_ids, attention_mask, token_type_ids):
        found = self.net(
            pixel_values=pixel_values,
            pixel_mask=pixel_mask,
            input_ids=input_ids,
            attention_mask=attention_mask,
            token_type_ids=token_type_ids,
        )
        return found.logits, found.pred_boxes


def published_name(parameter: str):
    """As the publisher's file names it; heads that are one and the same have one name."""
    name = parameter.removeprefix("net.").removeprefix("model.decoder.") if "decoder.bbox_embed" in parameter else parameter
    name = name.removeprefix("net.")
    if name.startswith("bbox_embed."):
        return "bbox_embed.0." + name.split(".", 2)[2]
    if ".conv_encoder." in name:
        for theirs, since in OF_THE_PUBLISHER:
            name = name.replace(since, theirs)
    return name


@torch.no_grad()
def fill(net):
    """Gives every parameter its seeded value, as loading a checkpoint would."""
    for name, target in net.named_parameters(remove_duplicate=False):
        target.copy_(torch.from_numpy(seeded.tensor(published_name(name), tuple(target.shape), 0.0)))
    return net.eval()


def examples(size):
    """A frame that fills three quarters of the picture, and the pieces of two phrases."""
    rows, columns = size
    pixels = torch.from_numpy(seeded.tensor("pixel_values", (1, 3, rows, columns), 0.0)) * 3
    mask = torch.zeros(1, rows, columns, dtype=torch.int64)
    mask[:, : rows * 3 // 4] = 1
    ids = torch.tensor([[101, 500, 501, 1012, 600, 1012, 102]])
    return dict(zip(INPUTS, (pixels * mask, mask, ids, torch.ones_like(ids), torch.zeros_like(ids))))


def export(module, inputs):
    pieces = {1: "T"}
    axes = {"input_ids": pieces, "attention_mask": pieces, "token_type_ids": pieces}
    with tempfile.TemporaryDirectory() as folder, torch.no_grad():
        file = pathlib.Path(folder) / "graph.onnx"
        trace(file, module, inputs, OUTPUTS, axes, MAX_PIECES, are_weights_beside=True, shortest=3)
        return onnx.load(file)


@torch.no_grad()
def check(module, inputs, graph, folder):
    """Returns what the module says; throws unless ONNX Runtime says the same, of the pieces that there are.

    Which cells become queries, and in which order, hangs on scores that random weights leave nearly equal: the module takes
    those that ONNX Runtime took, and they must be among the best by its own scores.
    """
    shown = onnx.ModelProto.FromString(graph.SerializeToString(deterministic=True))
    chosen = next(node.output[1] for node in shown.graph.node if node.op_type == "TopK")
    shown.graph.output.append(onnx.helper.make_tensor_value_info(chosen, onnx.TensorProto.INT64, None))
    values = {name: value.numpy() for name, value in inputs.items()}
    *found, cells = session(shown.SerializeToString(), folder).run([*OUTPUTS, chosen], values)
    cells, short = torch.from_numpy(cells), []

    def same_cells(scores, count, dim):
        short.append(float((TOPK(scores, count, dim=dim)[0] - scores.gather(dim, cells)).abs().max()))
        return scores.gather(dim, cells), cells

    with mock.patch.object(torch, "topk", same_cells):
        expected = [out.numpy() for out in module(*inputs.values())]
    pieces = inputs["input_ids"].shape[1]
    pairs = [(expected[0][..., :pieces], found[0][..., :pieces]), (expected[1], found[1])]
    gaps = [float(np.abs(a - b).max()) for a, b in pairs] + short
    print("  differs by", *(f"{gap:.1e}" for gap in gaps), "in logits, boxes, scores of the cells", flush=True)
    if not max(gaps) < TOLERANCE:
        raise SystemExit("the graph differs from its module")
    return [a for a, _ in pairs]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tiny", action="store_true", help="a small network, for tests")
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--golden", type=pathlib.Path, help="a file: what the package says of the example")
    arguments = parser.parse_args()
    warnings.filterwarnings("ignore")
    torch.set_num_threads(2)
    modeling_grounding_dino.generate_masks_with_special_tokens_and_transfer_map = phrases
    modeling_grounding_dino.torch_compilable_check = lambda *_, **__: None  # asserts that no graph can hold
    config, size = tiny() if arguments.tiny else published()
    config._attn_implementation = "eager"
    module = Detector(fill(GroundingDinoForObjectDetection(config))).eval()
    inputs = examples(size)
    start = time.time()
    graph = export(module, inputs)
    print(f"  exported in {time.time() - start:.0f} s", flush=True)
    parameters = {name for name, _ in module.named_parameters(remove_duplicate=False)}
    wanted = strip(graph, lambda name: published_name(name) if name in parameters else None)
    offsets, size_bytes = layout(wanted)
    name = ("tiny_" if arguments.tiny else "") + "grounding_dino"
    bind(graph, wanted, offsets, f"{name}.weights")
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        write_seeded(folder / f"{name}.weights", wanted, offsets, size_bytes, 0.0)
        said = check(module, inputs, graph, folder)
    arguments.out.mkdir(parents=True, exist_ok=True)
    tensors = [{"name": n, "shape": wanted[n], "offset": offsets[n]} for n in offsets]
    manifest = {"model": name, "file": f"{name}.weights", "size_bytes": size_bytes, "tensors": tensors}
    pack(arguments.out / f"{name}.zip", manifest, {f"{size[0]}/detector.onnx": graph})
    if arguments.golden is not None:
        arguments.golden.parent.mkdir(parents=True, exist_ok=True)
        arguments.golden.write_bytes(b"".join(out.astype("<f4").tobytes() for out in said))


if __name__ == "__main__":
    sys.exit(main())
