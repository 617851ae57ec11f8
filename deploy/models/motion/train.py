"""Trains the motion network on the chunks that scenes.py wrote; on one core, the same weights for the same seed.

  train.py FOLDER STEPS OUT.pt CHECK_FOLDER [FIRST.pt]

CHECK_FOLDER holds chunks that are judged and not learnt; from FIRST.pt on, training goes on at a lower rate.
"""
import copy
import glob
import sys
import time

import cv2
import numpy as np
import torch
import torch.nn.functional as F

from features import HEIGHT, STEPS, UNIT_CELLS, WIDTH
from net import MotionNet
from scenes import MOVES, STILL_THING, UNKNOWN

SEED, BATCH, RATE, LATER_RATE, WARM_UP_STEPS = 1, 16, 3e-3, 2e-3, 150
ACROSS, DOWN = np.meshgrid(np.linspace(-1, 1, WIDTH, dtype=np.float32), np.linspace(-1, 1, HEIGHT, dtype=np.float32))


def load(folder):
    files = sorted(glob.glob(folder + '/*.x.npy'))
    return [(np.load(file, mmap_mode='r'), np.load(file.replace('.x.', '.y.'), mmap_mode='r')) for file in files]


def flipped(x, y, rng):
    if rng.random() < .5:
        x, y = x[:, :, ::-1].copy(), y[:, ::-1]
        x[[0, 2, 4]] *= -1
    if rng.random() < .15:
        x, y = x[:, ::-1].copy(), y[::-1]
        x[[1, 3, 5]] *= -1
    return x, y


def enlarged(x, y, rng):
    """A part of the frame at full size: the same motion in larger things."""
    share = rng.uniform(.6, .95)
    width, height = int(WIDTH * share), int(HEIGHT * share)
    left, top = int(rng.integers(0, WIDTH - width + 1)), int(rng.integers(0, HEIGHT - height + 1))
    cut = lambda plane, how: cv2.resize(plane[top:top + height, left:left + width], (WIDTH, HEIGHT), interpolation=how)
    return np.stack([cut(plane, cv2.INTER_LINEAR) for plane in x]), cut(y, cv2.INTER_NEAREST)


def turned(x, rng):
    """Another rotation of the camera: the residuals stay as they are."""
    right, down = np.sinh(x[0]) * UNIT_CELLS, np.sinh(x[1]) * UNIT_CELLS
    size, heading = np.exp(rng.uniform(np.log(.3), np.log(12))), rng.uniform(0, 2 * np.pi)
    a, b = rng.normal(0, .15 * size, 2).astype(np.float32)
    right = right + np.float32(size * np.cos(heading)) + a * ACROSS + b * DOWN
    down = down + np.float32(size * np.sin(heading) * .5) - b * ACROSS + a * DOWN
    x[0], x[1] = np.arcsinh(right / UNIT_CELLS), np.arcsinh(down / UNIT_CELLS)
    x[8] = np.arcsinh(np.median(np.hypot(right[::4, ::4], down[::4, ::4])) / UNIT_CELLS)
    return x


def augmented(x, y, rng):
    x, y = flipped(x, y, rng)
    if rng.random() < .3:
        x, y = enlarged(x, y, rng)
    if rng.random() < .35:
        x = turned(x, rng)
    if rng.random() < .1:  # a homography that was not found: any smooth error
        error = rng.normal(0, 1, (3, 4, 1, 1)).astype(np.float32)
        x[2:6] += .5 * error[0] + .4 * error[1] * ACROSS + .4 * error[2] * DOWN
    if rng.random() < .08:
        x[6] = 0  # no epipolar geometry was found
    return x, y


def batch(chunks, places, rng=None):
    x, y = [], []
    for chunk, at in places:
        features, label = chunks[chunk][0][at].astype(np.float32) * np.float32(1 / STEPS), chunks[chunk][1][at]
        features, label = augmented(features, label, rng) if rng is not None else (features, label)
        x.append(features)
        y.append(label)
    return torch.from_numpy(np.stack(x)), torch.from_numpy(np.stack(y))


def loss(logits, label):
    """Cross entropy, heavier on still things near the camera, and Dice where something moves."""
    logits, truth = logits[:, 0].float(), (label == MOVES).float()
    weight = (label != UNKNOWN).float() * torch.where(label == STILL_THING, 1.5, 1.0)
    entropy = (F.binary_cross_entropy_with_logits(logits, truth, reduction='none') * weight).mean()
    found = torch.sigmoid(logits) * (label != UNKNOWN)
    shared, sizes = (found * truth).sum((1, 2)), (found * found).sum((1, 2)) + truth.sum((1, 2))
    counts = (truth.sum((1, 2)) > 8).float()
    dice = ((1 - (2 * shared + 4) / (sizes + 4)) * counts).sum() / counts.sum().clamp(min=1)
    return 2 * entropy + .5 * dice


def judged(net, chunks, count=200):
    """Mean J over samples in which something moves, and the share of still cells that are marked, at 0.5."""
    js, wrong = [], []
    net.eval()
    with torch.no_grad():
        for chunk in range(len(chunks)):
            for at in range(0, min(count, len(chunks[chunk][0])), 20):
                x, y = batch(chunks, [(chunk, i) for i in range(at, at + 20)])
                found, known, truth = net(x)[:, 0] > 0, y != UNKNOWN, y == MOVES
                shared = (found & truth).sum((1, 2)).float()
                union = ((found | truth) & known).sum((1, 2)).float()
                js += (shared / union.clamp(min=1))[truth.sum((1, 2)) > 20].tolist()
                wrong.append((found & known & ~truth).float().mean().item())
    net.train()
    return (np.mean(js) if js else float('nan')), np.mean(wrong)


def main():
    folder, steps, out, checks = sys.argv[1], int(sys.argv[2]), sys.argv[3], load(sys.argv[4])
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    rng, chunks = np.random.default_rng(SEED), load(folder)
    net, rate = MotionNet(), RATE
    if len(sys.argv) > 5:
        net.load_state_dict(torch.load(sys.argv[5], weights_only=True))
        rate = LATER_RATE
    net = net.to(memory_format=torch.channels_last)
    mean = copy.deepcopy(net)
    optimiser = torch.optim.AdamW(net.parameters(), rate, weight_decay=1e-3)
    print(sum(p.numel() for p in net.parameters()), 'parameters,', sum(len(y) for _, y in chunks), 'samples')
    order, begun, losses = [], time.time(), []
    for step in range(1, steps + 1):
        if len(order) < BATCH:
            order = [(c, i) for c in range(len(chunks)) for i in range(len(chunks[c][1]))]
            rng.shuffle(order)
            order = [(int(c), int(i)) for c, i in order]
        places, order = order[:BATCH], order[BATCH:]
        for group in optimiser.param_groups:
            group['lr'] = rate * min(1, step / WARM_UP_STEPS) * (.5 + .5 * np.cos(np.pi * step / steps)) + 1e-6
        x, y = batch(chunks, places, rng)
        with torch.autocast('cpu', torch.bfloat16):
            logits = net(x.to(memory_format=torch.channels_last))
        value = loss(logits, y)
        optimiser.zero_grad()
        value.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 2.0)
        optimiser.step()
        losses.append(value.item())
        keep = min(.998, (1 + step) / (10 + step))
        with torch.no_grad():
            for a, b in zip(mean.state_dict().values(), net.state_dict().values()):
                a.mul_(keep).add_(b, alpha=1 - keep) if a.dtype.is_floating_point else a.copy_(b)
        if step in (20, 100) or step % 500 == 0 or step == steps:
            j, wrong = judged(mean, checks)
            print(f'step {step}: {(time.time() - begun) / step * 1e3:.0f} ms a step, loss {np.mean(losses):.4f}, '
                  f'check J {j:.3f}, still cells marked {wrong:.4f}', flush=True)
            losses = []
            torch.save(mean.state_dict(), out)


if __name__ == '__main__':
    main()
