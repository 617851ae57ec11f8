"""Lists thresholds of the regions, judged on synthetic scenes that were not learnt, the best J first; those that mark
at most 0.3 % of a still world are pointed out.

  choose.py NET.onnx CHECK_FOLDER    the folder has moving and still chunks
"""
import sys

import cv2
import numpy as np
import onnxruntime

from features import STEPS
from scenes import MOVES, UNKNOWN
from train import load

MOST_FALSE = 0.003


def regions(probability, low, high, least_cells):
    """Cells in regions above `low` that have a cell above `high` and at least so many cells."""
    count, labels, statistics, _ = cv2.connectedComponentsWithStats((probability > low).astype(np.uint8))
    keep = np.zeros(count, bool)
    keep[np.unique(labels[probability > high])] = True
    keep &= statistics[:, cv2.CC_STAT_AREA] >= least_cells
    keep[0] = False
    return keep[labels]


def main():
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(sys.argv[1], options, providers=['CPUExecutionProvider'])
    judged = []
    for x, y in load(sys.argv[2]):
        for features, label in zip(x[:300], y[:300]):
            found = session.run(None, {'features': features[None].astype(np.float32) / STEPS})[0][0, 0]
            judged.append((found, label))
    rows = []
    for low in (.3, .4, .5, .6):
        for high in (.6, .7, .8, .9):
            for least in (6, 12, 24):
                js, wrong = [], []
                for found, label in judged:
                    marked, truth, known = regions(found, low, high, least), label == MOVES, label != UNKNOWN
                    if truth.sum() > 20:
                        js.append((marked & truth).sum() / max(((marked | truth) & known).sum(), 1))
                    elif not truth.any():
                        wrong.append((marked & known).mean())
                rows.append((np.mean(js), np.mean(wrong), low, high, least))
    for j, wrong, low, high, least in sorted(rows, reverse=True):
        print(f'J {j:.3f} false {100 * wrong:.2f} % low {low} high {high} least {least}'
              + (' <- fits' if wrong <= MOST_FALSE else ''))


if __name__ == '__main__':
    main()
