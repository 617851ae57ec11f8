"""Positional tables, written as torch operations so that a graph computes them once when it is loaded."""

import math

import torch


def sine(height: int, width: int, features: int):
    """PositionEmbeddingSine, normalised: [height*width, 2*features], y first."""
    y = torch.arange(1, height + 1, dtype=torch.float32)[:, None].expand(height, width)
    x = torch.arange(1, width + 1, dtype=torch.float32)[None, :].expand(height, width)
    y = y / (float(height) + 1e-6) * (2 * math.pi)
    x = x / (float(width) + 1e-6) * (2 * math.pi)
    step = torch.arange(features, dtype=torch.float32)
    step = 10000.0 ** (2 * torch.floor(step / 2) / features)

    def waves(along):
        phase = along[..., None] / step
        return torch.stack((phase[..., 0::2].sin(), phase[..., 1::2].cos()), -1).flatten(2)

    return torch.cat((waves(y), waves(x)), -1).reshape(height * width, 2 * features)


def rotation(height: int, width: int, channels: int = 256):
    """Axial rotary encoding: cosine and sine, [height*width, channels/2] each, one angle per pair of channels."""
    frequency = 1.0 / (10000.0 ** (torch.arange(0, channels // 2, 2, dtype=torch.float32) / (channels // 2)))
    at = torch.arange(height * width, dtype=torch.float32)
    x = torch.remainder(at, width)
    y = torch.floor(at / width)
    angle = torch.cat([x[:, None] * frequency, y[:, None] * frequency], -1)
    return angle.cos(), angle.sin()


def rotate(x, cosine, sine_):
    """Rotates pairs of channels that lie half the channels apart (see `halves_first`).

    In a graph it is one operation of ONNX Runtime, which reads and writes each number once.
    """
    if torch.onnx.is_in_onnx_export():
        return torch.onnx.ops.symbolic(
            "com.microsoft::RotaryEmbedding",
            (x, torch.zeros(1, dtype=torch.int64), cosine, sine_),
            dtype=x.dtype,
            shape=x.shape,
            version=1,
        )
    half = x.shape[-1] // 2
    first, second = x[..., :half], x[..., half:]
    return torch.cat((first * cosine - second * sine_, first * sine_ + second * cosine), -1)


def halves_first(linear):
    """Weight and bias of a projection with its channels 0, 2, 4 … first and 1, 3, 5 … behind.

    The publishers rotate neighbouring channels. An inner product does not mind a common order of channels, and pairs
    that lie half the channels apart are read in long runs instead of one by one.
    """
    weight, bias = linear.weight, linear.bias
    return torch.cat((weight[0::2], weight[1::2])), torch.cat((bias[0::2], bias[1::2]))


def time_waves(frames):
    """The encoding of how many frames ago a pointer is: [..., 256]."""
    step = torch.arange(128, dtype=torch.float32)
    step = 10000.0 ** (2 * torch.floor(step / 2) / 128)
    phase = frames[..., None] / step
    return torch.cat([phase.sin(), phase.cos()], -1)
