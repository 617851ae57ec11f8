"""The file of a golden: what a reference found, result by result. `Golden` of the Java tests reads it."""

import gzip
import json
import pathlib
import struct

import numpy as np

LOGIT_STEP = 1 / 512  # of what is written
LOGIT_STRIDE = 4  # cells and rows
FRAME_MASK_INTERVAL = 5  # pictures of which one has its results' masks as large as the picture


class Writer:
    """Big endian. Per result: its score, the mask's signs, 8 to a byte, and every LOGIT_STRIDEth logit of such rows in
    steps of LOGIT_STEP, 16 bits each, each less the one before. In pictures whose number is a multiple of
    FRAME_MASK_INTERVAL also the signs of the mask as large as the picture."""

    def __init__(self, verbose: bool, head):
        head |= {"logit_step": LOGIT_STEP, "logit_stride": LOGIT_STRIDE, "frame_mask_interval": FRAME_MASK_INTERVAL}
        self.parts = [json.dumps(head, separators=(",", ":")).encode() + b"\n"]
        self.verbose = verbose
        self.informative = self.absent = self.all = 0

    def add(self, time: int, name: int, mask, score: float, frame):
        mask = mask.numpy()
        steps = np.rint(mask[::LOGIT_STRIDE, ::LOGIT_STRIDE] / LOGIT_STEP)
        steps = np.clip(steps, -32768, 32767).astype(np.int32).reshape(-1)
        self.parts.append(struct.pack(">f", score))
        self.parts.append(np.packbits(mask > 0).tobytes())
        self.parts.append(np.diff(steps, prepend=0).astype(">i2").tobytes())
        if time % FRAME_MASK_INTERVAL == 0:
            self.parts.append(np.packbits(frame.numpy() > 0).tobytes())
        self._count(time, name, mask, score)

    def _count(self, time: int, name: int, mask, score: float):
        share = float((mask > 0).mean())
        self.all += 1
        self.absent += score <= 0
        self.informative += score > 0 and 0.002 < share < 0.998 and mask.std() > 0.1
        if self.verbose:
            print(f"  {time:2} object {name}: score {score:6.2f}, inside {share:.3f}, deviation {mask.std():.2f},"
                  f" largest {np.abs(mask).max():.1f}", flush=True)

    def write(self, file: pathlib.Path):
        with open(file, "wb") as out, gzip.GzipFile(filename="", fileobj=out, mode="wb", compresslevel=9, mtime=0) as packed:
            packed.write(b"".join(self.parts))
        print(f"{file.name}: {self.informative} informative and {self.absent} absent of {self.all} results,"
              f" {file.stat().st_size / 1e3:.0f} kB", flush=True)
        if 2 * self.informative < self.all:
            raise SystemExit("fewer than half of the results say anything: choose another bias")
