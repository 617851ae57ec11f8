"""Graphs as torch writes them."""

import pathlib

import torch

OPSET = 20  # the first that has Gelu, which ONNX Runtime computes in the layout of convolutions


def trace(file: pathlib.Path, module, inputs, outputs, axes, longest: int, are_weights_beside: bool, shortest: int = 1):
    """Writes the graph of `module` to `file`.

    `inputs`: examples by name; `axes`: of an input, names of the sides that vary, by axis, `shortest` to `longest`."""
    dimensions = {}
    shapes = [
        {axis: dimensions.setdefault(d, torch.export.Dim(d, min=shortest, max=longest)) for axis, d in axes.get(name, {}).items()}
        or None
        for name in inputs
    ]
    torch.onnx.export(
        module.eval(),
        tuple(inputs.values()),
        str(file),
        input_names=list(inputs),
        output_names=outputs,
        dynamic_shapes=tuple(shapes),
        opset_version=OPSET,
        dynamo=True,
        optimize=False,
        external_data=are_weights_beside,
        verbose=False,
    )
