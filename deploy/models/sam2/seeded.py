"""Weights made by formula, equal to the last bit in Python and in Java (`dev.aerie.vision.models.SeededWeights`).

They stand in for the publishers' where those are not at hand: in tests, goldens and measurements. Each tensor is
offset + scale * u, in float32, with u uniform in [-1, 1) from SplitMix64 seeded by the tensor's name.
"""

import math

import numpy as np
import torch
from names import perceiver_halves, publisher_name

_GOLDEN_RATIO = np.uint64(0x9E3779B97F4A7C15)
_LOOKED_UP = ("_token", "_tokens", "_embed")
_LINEAR = "decoder_embed"  # SLAM3R's: a product, whatever its name says
_LAST_GAIN = {
    "sam_mask_decoder.output_hypernetworks_mlps": 60.0,
    "sam_mask_decoder.iou_prediction_head": 5.0,
    "sam_mask_decoder.pred_obj_score_head": 10.0,
}


def _fnv1a(text: str) -> int:
    value = 0xCBF29CE484222325
    for byte in text.encode():
        value = ((value ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return value


def _uniform(name: str, count: int) -> np.ndarray:
    with np.errstate(over="ignore"):
        z = np.uint64(_fnv1a(name)) + np.arange(1, count + 1, dtype=np.uint64) * _GOLDEN_RATIO
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z ^= z >> np.uint64(31)
    return ((z >> np.uint64(40)).astype(np.float32) / np.float32(1 << 23)) - np.float32(1)


def recipe(name: str, shape, score_bias: float):
    """Offset and scale of a tensor. The rules keep a net of random weights lively: attention that is not flat, masks
    with an edge, objects that are there."""
    last = name.rsplit(".", 1)[-1]
    if name == "sam_mask_decoder.pred_obj_score_head.layers.2.bias":
        return score_bias, 0.0
    if last == "running_var":
        return 0.8, 0.5
    if last == "running_mean":
        return 0.0, 0.1
    if last == "bias":
        return 0.0, 0.05
    if last == "gamma":
        return 0.0, 0.5
    if last == "positional_encoding_gaussian_matrix":
        return 0.0, 1.7
    owner = name.split(".")[-2] if "." in name else ""
    if last != "weight" or (owner.endswith(_LOOKED_UP) and owner != _LINEAR) or ".point_embeddings." in name:
        return 0.0, 0.6
    if len(shape) == 1:
        return 1.0, 0.15
    fan_in = math.prod(shape[1:])
    gain = next((g for part, g in _LAST_GAIN.items() if part in name and ".layers.2." in name), 1.0)
    if "q_proj" in name or "k_proj" in name:
        gain = 3.0
    return 0.0, gain / math.sqrt(fan_in)


def tensor(name: str, shape, score_bias: float) -> np.ndarray:
    offset, scale = recipe(name, shape, score_bias)
    values = np.float32(offset) + np.float32(scale) * _uniform(name, math.prod(shape))
    return values.reshape(shape)


@torch.no_grad()
def fill(model, score_bias: float):
    """Gives every parameter of `model` its seeded value, as loading a checkpoint would."""
    for name, target in model.state_dict().items():
        if name.endswith("num_batches_tracked"):
            continue
        target.copy_(torch.from_numpy(_value(name, tuple(target.shape), score_bias)))
    return model


def _value(name: str, shape, score_bias: float) -> np.ndarray:
    if name == "prompt_encoder.point_embed.weight":
        rows = [tensor(point_embedding(i), (1, shape[1]), score_bias) for i in range(shape[0])]
        return np.concatenate(rows)
    half = perceiver_halves(name)
    if half is not None:
        fused, index = half
        return tensor(fused, (2 * shape[0], shape[1]), score_bias)[index * shape[0] : (index + 1) * shape[0]]
    return tensor(publisher_name(name), shape, score_bias)


def point_embedding(i: int) -> str:
    return f"sam_prompt_encoder.point_embeddings.{i}.weight"
