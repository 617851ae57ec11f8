"""Writes the trained network with its sigmoid as ONNX, and what the Java test compares with.

  export.py IN.pt OUT.onnx
  export.py golden OUT.txt    features of three drawn frames, a number a line
"""
import sys

import cv2
import numpy as np

from features import CHANNELS, FLOW_HEIGHT, FLOW_WIDTH, HEIGHT, STEPS, WIDTH, features


def drawn(moment):
    """A grey frame by integer arithmetic alone, the same in every language: a pattern that slides, one that goes
    its own way."""
    y, x = np.mgrid[0:FLOW_HEIGHT, 0:FLOW_WIDTH].astype(np.int64)

    def pattern(x, y, seed):
        value = np.zeros_like(x)
        for cell, weight in ((23, 3), (11, 2), (5, 1)):
            value += weight * (((x // cell) * 7919 + (y // cell) * 104729 + seed * 31) * 2654435761 % 4294967296 >> 24)
        return value // 6

    own = (x >= 150 + 4 * moment) & (x < 230 + 4 * moment) & (y >= 80) & (y < 150)
    return np.where(own, pattern(x + 1000 - 4 * moment, y + 1000, 9), pattern(x + 500 + 2 * moment, y + 500, 4)) \
        .astype(np.uint8)


def golden(path):
    now = [cv2.blur(drawn(moment), (3, 3), borderType=cv2.BORDER_REPLICATE) for moment in (3, 2, 0)]
    x = features(*now)
    places = [(c, r, k) for c in range(CHANNELS) for r in range(4, HEIGHT, 24) for k in range(5, WIDTH, 30)]
    with open(path, 'w') as file:
        file.write('# channel row column steps: deploy/models/motion/export.py golden\n')
        for c, r, k in places:
            file.write(f'{c} {r} {k} {x[c, r, k]}\n')


def export(source, target):
    import onnxruntime
    import torch

    from net import MotionNet

    torch.set_num_threads(1)

    class Marked(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.net = MotionNet().eval()
            self.net.load_state_dict(torch.load(source, weights_only=True))

        def forward(self, x):
            return torch.sigmoid(self.net(x))

    net = Marked().eval()
    shape = (1, CHANNELS, HEIGHT, WIDTH)
    torch.onnx.export(net, torch.zeros(shape), target, opset_version=17, dynamo=False, input_names=['features'],
                      output_names=['moves'])
    x = np.random.default_rng(0).integers(-60, 60, shape).astype(np.float32) / STEPS
    session = onnxruntime.InferenceSession(target, providers=['CPUExecutionProvider'])
    with torch.no_grad():
        difference = np.abs(session.run(None, {'features': x})[0] - net(torch.from_numpy(x)).numpy()).max()
    print(f'{target}: differs from PyTorch by {difference:.2e} at most')


if __name__ == '__main__':
    golden(sys.argv[2]) if sys.argv[1] == 'golden' else export(sys.argv[1], sys.argv[2])
