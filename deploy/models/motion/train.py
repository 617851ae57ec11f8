"""Trains the motion network on the chunks that scenes.py wrote; on one core, the same weights for the same seed.

  train.py FOLDER STEPS OUT.pt CHECK_FOLDER [FIRST.pt [FALLING_STEPS]]

CHECK_FOLDER holds chunks that are judged and not learnt; from FIRST.pt on, training goes on at a lower rate. The rate
falls to 0 over the last FALLING_STEPS, or over all. STEPS may be a time of day such as 15:40: then it begins to fall
in time to end there, and the last line says how many steps it were, for a run that gives the same weights. What was
written to OUT.pt.state every few minutes is gone on from.
"""
import copy
import datetime
import glob
import os
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


class Schedule:
    """The rate at each step: up, even, then down to 0 as a cosine; ends after `steps`, or at a time of day."""

    SAVE_STEPS = 500

    def __init__(self, argument, rate, falling):
        self.rate, self.begun = rate, time.time()
        self.steps = None if ':' in argument else int(argument)
        self.falling = falling or self.steps or 1
        if self.steps is None:
            end = datetime.datetime.combine(datetime.date.today(), datetime.time.fromisoformat(argument))
            self.end_seconds = end.timestamp()

    def is_over(self, step, first):
        """Whether `step` is beyond the last; `first` is where this process began."""
        if self.steps is None and step > first + 20:
            left = self.end_seconds - time.time()
            if left <= self.falling * (time.time() - self.begun) / (step - first):
                self.steps = step + self.falling
        return self.steps is not None and step > self.steps

    def rate_at(self, step):
        to_end = self.falling if self.steps is None else self.steps - step
        fallen = .5 - .5 * np.cos(np.pi * min(1, to_end / self.falling))
        return self.rate * min(1, step / WARM_UP_STEPS) * fallen + 1e-6


def main():
    folder, out, checks = sys.argv[1], sys.argv[3], load(sys.argv[4])
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
    schedule = Schedule(sys.argv[2], rate, int(sys.argv[6]) if len(sys.argv) > 6 else 0)
    order, losses, first = [], [], 1
    if os.path.exists(out + '.state'):
        saved = torch.load(out + '.state', weights_only=False)
        net.load_state_dict(saved['net'])
        mean.load_state_dict(saved['mean'])
        optimiser.load_state_dict(saved['optimiser'])
        rng.bit_generator.state = saved['rng']
        order, first = saved['order'], saved['step'] + 1
        schedule.steps = saved['steps'] or schedule.steps
        print('going on from step', first)
    step = first
    while not schedule.is_over(step, first):
        if len(order) < BATCH:
            order = [(c, i) for c in range(len(chunks)) for i in range(len(chunks[c][1]))]
            rng.shuffle(order)
            order = [(int(c), int(i)) for c, i in order]
        places, order = order[:BATCH], order[BATCH:]
        for group in optimiser.param_groups:
            group['lr'] = schedule.rate_at(step)
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
        if step in (20, 100) or step % schedule.SAVE_STEPS == 0 or step == schedule.steps:
            j, wrong = judged(mean, checks)
            pace = (time.time() - schedule.begun) / (step - first + 1)
            print(f'step {step}: {pace * 1e3:.0f} ms a step, rate {schedule.rate_at(step):.1e}, '
                  f'loss {np.mean(losses):.4f}, check J {j:.3f}, still cells marked {wrong:.4f}', flush=True)
            losses = []
            torch.save(mean.state_dict(), out)
            torch.save({'net': net.state_dict(), 'mean': mean.state_dict(), 'optimiser': optimiser.state_dict(),
                        'rng': rng.bit_generator.state, 'order': order, 'step': step, 'steps': schedule.steps},
                       out + '.state')
        step += 1
    print(f'{schedule.steps} steps, falling over the last {schedule.falling}')
    os.remove(out + '.state')


if __name__ == '__main__':
    main()
