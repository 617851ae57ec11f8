"""Weights of an exported network, as train.py goes on from: the shipped ones after a change of the scenes.

  resume.py IN.onnx OUT.pt FOLDER    FOLDER: chunks of scenes.py

The export folds each batch normalisation into its convolution. Here it becomes one again, whose statistics are those
of samples of FOLDER, so that the network does the same in training as in use.
"""
import sys

import onnx
import onnx.numpy_helper
import torch
import torch.nn as nn

from net import MotionNet
from train import batch, load

SAMPLES = 128


def folded(path):
    """Weight and bias of each convolution with batch normalisation, in order, and the other weights by name."""
    graph = onnx.load(path).graph
    arrays = {one.name: torch.from_numpy(onnx.numpy_helper.to_array(one).copy()) for one in graph.initializer}
    pairs = [(arrays[node.input[1]], arrays[node.input[2]]) for node in graph.node
             if node.op_type == 'Conv' and not node.input[1].startswith('net.')]
    return pairs, {name[len('net.'):]: array for name, array in arrays.items() if name.startswith('net.')}


def resumed(path, x):
    """The network of `path`, its normalisations fitted to the samples `x`."""
    net = MotionNet().eval()
    pairs, others = folded(path)
    net.load_state_dict(others, strict=False)
    layers = list(net.modules())
    convolutions = [one for one in layers if isinstance(one, nn.Conv2d) and one.bias is None]
    norms = [one for one in layers if isinstance(one, nn.BatchNorm2d)]
    assert len(pairs) == len(convolutions) == len(norms)

    def fit(norm, bias):
        def before(_, inputs):
            mean, variance = inputs[0].mean((0, 2, 3)), inputs[0].var((0, 2, 3))
            norm.running_mean.copy_(mean)
            norm.running_var.copy_(variance)
            norm.weight.data.copy_(torch.sqrt(variance + norm.eps))
            norm.bias.data.copy_(bias + mean)
        return norm.register_forward_pre_hook(before)

    for convolution, (weight, _) in zip(convolutions, pairs):
        convolution.weight.data.copy_(weight)
    hooks = [fit(norm, bias) for norm, (_, bias) in zip(norms, pairs)]
    with torch.no_grad():
        net(x)
    for hook in hooks:
        hook.remove()
    return net


def main():
    torch.set_num_threads(1)
    chunks = load(sys.argv[3])
    places = [(i % len(chunks), i // len(chunks)) for i in range(SAMPLES)]
    torch.save(resumed(sys.argv[1], batch(chunks, places)[0]).state_dict(), sys.argv[2])


if __name__ == '__main__':
    main()
