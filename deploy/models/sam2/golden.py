#!/usr/bin/env python3
"""Writes what transformers' streaming SAM 2 and EdgeTAM find in a made-up scene, with seeded weights: what the Java
tracker is compared with, picture by picture.

    python golden.py edgetam sam2.1_tiny --out ../../../common-vision/src/test/resources/dev/aerie/vision/sam2

transformers is run as the publisher's video predictor runs the model, where the two differ: every object in a session
of its own (so that a prompt changes the memory of its own object alone), the pointer of a mask prompt from the single
mask's token, and a correction in the light of the memory, with the last mask's logits, kept as a conditioning picture.

A random net often says nothing: a golden counts only where the object is there and its mask is neither empty nor full.
"""

import argparse
import gzip
import json
import pathlib
import struct
import sys

import numpy as np
import seeded
import torch
from architecture import MODELS, build, is_edgetam
from transformers.models.edgetam_video.modeling_edgetam_video import EdgeTamVideoInferenceSession
from transformers.models.sam2_video.modeling_sam2_video import Sam2VideoInferenceSession

MEAN = np.array([0.485, 0.456, 0.406], np.float32)
DEVIATION = np.array([0.229, 0.224, 0.225], np.float32)
LOGIT_STEP = 1 / 512  # of what is written
SUREST_LOGIT = 32
# Each colour is blue, green, red; centre and way in 64ths of the side, radius in 64ths.
DISCS = (
    ((230, 60, 40), (14, 18), (1, 1), 9),
    ((40, 200, 90), (44, 20), (-1, 1), 11),
    ((50, 80, 220), (30, 46), (1, -1), 7),
)


def picture(size: int, time: int, dark: bool) -> np.ndarray:
    """size × size × 3, blue, green, red: a board of squares that drifts, and three discs. Whole numbers alone, so that
    Java draws the same (`GoldenScene`)."""
    y, x = np.mgrid[0:size, 0:size]
    result = np.zeros((size, size, 3), np.uint8)
    if dark:
        return result
    board = ((x + 3 * time) * 32 // size + y * 24 // size) % 2
    for channel in range(3):
        result[..., channel] = 50 + 20 * channel + 60 * board + (x * 40 // size)
    for colour, (cx, cy), (dx, dy), radius in DISCS:
        across = x - (cx + dx * time) * size // 64
        down = y - (cy + dy * time) * size // 64
        inside = across * across + down * down < (radius * size // 64) ** 2
        for channel in range(3):
            shade = ((x ^ y) >> 2) & 31
            result[..., channel] = np.where(inside, colour[channel] - shade, result[..., channel])
    return result


def normalised(bgr: np.ndarray) -> torch.Tensor:
    rgb = bgr[..., ::-1].astype(np.float32) / 255
    return torch.from_numpy(((rgb - MEAN) / DEVIATION).transpose(2, 0, 1).copy())[None]


class Reference:
    """One session per object over pictures that are encoded once."""

    def __init__(self, model, size: int):
        self.model, self.size = model, size
        self.edge = is_edgetam(model)
        self.sessions = {}
        forward = model._single_frame_forward
        model._single_frame_forward = lambda **said: forward(**{"multimask_output": False, **said})

    def add(self, name: int):
        kind = EdgeTamVideoInferenceSession if self.edge else Sam2VideoInferenceSession
        session = kind(video=None, video_height=self.size, video_width=self.size, dtype=torch.float32)
        session.obj_id_to_idx(1)
        self.sessions[name] = session

    def see(self, time: int, pixels):
        self.time, self.pixels = time, pixels
        seen = self.model.get_image_features(pixels, return_dict=True)
        self.features = {
            "vision_feats": seen.fpn_hidden_states,
            "vision_pos_embeds": seen.fpn_position_encoding,
        }

    def follow(self, name: int):
        return self._run(self.sessions[name])

    def prompt(self, name: int, said):
        if name not in self.sessions:
            self.add(name)
        session = self.sessions[name]
        stored = session.output_dict_per_obj[0]
        if self.time in stored["non_cond_frame_outputs"]:
            return self._correct(session, said)
        if "mask" in said:
            session.add_mask_inputs(0, self.time, self._mask(said)[None, None])
        else:
            session.add_point_inputs(0, self.time, points(said))
        session.obj_with_new_inputs = [1]
        return self._run(session)

    def _mask(self, said):
        return torch.from_numpy(disc_mask(self.size, self.time, said["mask"])).float()

    def _run(self, session):
        session.cache.cache_vision_features(self.time, self.features)
        out = self.model(inference_session=session, frame=self.pixels[0], frame_idx=self.time)
        return out.pred_masks, out.object_score_logits

    def _correct(self, session, said):
        """As the publisher's predictor does it: attends to what is remembered, starts from the mask that was drawn."""
        stored = session.output_dict_per_obj[0]
        drawn = stored["non_cond_frame_outputs"].pop(self.time)
        out = self.model._run_single_frame_inference(
            inference_session=session,
            obj_idx=0,
            frame_idx=self.time,
            batch_size=1,
            is_init_cond_frame=False,
            point_inputs=points(said),
            mask_inputs=None,
            reverse=False,
            prev_sam_mask_logits=drawn["pred_masks"].clamp(-SUREST_LOGIT, SUREST_LOGIT),
            streaming=True,
            **({"run_mem_encoder": True} if self.edge else {}),
        )
        session.store_output(0, self.time, output_value=out, is_conditioning_frame=True)
        if not self.edge:
            self.model._batch_encode_memories(
                inference_session=session,
                frame_idx=self.time,
                objects_needing_memory_encoding=[0],
                high_res_masks_for_memory=[out["high_res_masks"]],
                object_score_logits_for_memory=[out["object_score_logits"]],
                is_mask_from_pts_per_obj=[True],
            )
        return out["pred_masks"], out["object_score_logits"]


def points(said):
    return {
        "point_coords": torch.tensor(said["points"], dtype=torch.float32)[None, None],
        "point_labels": torch.tensor(said["labels"], dtype=torch.int32)[None, None],
    }


def disc_mask(size: int, time: int, disc: int) -> np.ndarray:
    y, x = np.mgrid[0:size, 0:size]
    _, (cx, cy), (dx, dy), radius = DISCS[disc]
    across, down = x - (cx + dx * time) * size // 64, y - (cy + dy * time) * size // 64
    return across * across + down * down < (radius * size // 64) ** 2


class Writer:
    """Big endian. Per result: its score, the mask's signs, 8 to a byte, and every second
    logit of every second row in steps of LOGIT_STEP, 16 bits each, each less the one before."""

    def __init__(self, head):
        self.parts = [json.dumps(head, separators=(",", ":")).encode() + b"\n"]
        self.informative = self.absent = self.all = 0

    def add(self, mask, score: float):
        mask = mask.numpy().reshape(mask.shape[-2], mask.shape[-1])
        self.parts.append(struct.pack(">f", score))
        self.parts.append(np.packbits(mask > 0).tobytes())
        steps = np.clip(np.rint(mask[::2, ::2] / LOGIT_STEP), -32768, 32767).astype(np.int32).reshape(-1)
        self.parts.append(np.diff(steps, prepend=0).astype(">i2").tobytes())
        share = float((mask > 0).mean())
        self.all += 1
        self.absent += score <= 0
        self.informative += score > 0 and 0.002 < share < 0.998 and mask.std() > 0.1

    def write(self, file: pathlib.Path):
        with open(file, "wb") as out, gzip.GzipFile(filename="", fileobj=out, mode="wb", compresslevel=9, mtime=0) as packed:
            packed.write(b"".join(self.parts))
        print(f"{file.name}: {self.informative} informative and {self.absent} absent of {self.all} results,"
              f" {file.stat().st_size / 1e3:.0f} kB", flush=True)
        if 2 * self.informative < self.all:
            raise SystemExit("fewer than half of the results say anything: choose another bias")


def scene(size: int, pictures: int):
    """What happens when: prompts by object, objects that go, dark pictures. Places in pixels."""

    def at(*pairs):
        return [[x * size // 64, y * size // 64] for x, y in pairs]

    events = {
        0: {"prompts": {
            "1": {"points": at((14, 18)), "labels": [1]},
            "2": {"points": at((32, 10), (57, 30)), "labels": [2, 3]},
            "3": {"points": at((30, 46), (10, 10), (31, 44)), "labels": [1, 0, 1]},
        }},
        2: {"prompts": {"4": {"mask": 1}}},
        4: {"prompts": {"1": {"points": at((18, 22), (4, 60)), "labels": [1, 0]}}},
        5: {"prompts": {"2": {"points": at((39, 25)), "labels": [1]}}},
        6: {"dark": True},
        7: {"dark": True},
        9: {"remove": [3, 4]},
        10: {"remove": [2]},
    }
    return {str(t): e for t, e in events.items() if t < pictures}


@torch.inference_mode()
def run(name: str, size: int, bias: float, pictures: int, file: pathlib.Path, verbose: bool):
    model = seeded.fill(build(name, size, "sdpa"), bias)
    events = scene(size, pictures)
    writer = Writer({
        "model": name, "size": size, "score_bias": bias, "pictures": pictures, "logit_step": LOGIT_STEP, "events": events,
    })
    reference, followed = Reference(model, size), []
    for time in range(pictures):
        event = events.get(str(time), {})
        reference.see(time, normalised(picture(size, time, event.get("dark", False))))
        followed = [one for one in followed if one not in event.get("remove", [])]
        results = [(one, *reference.follow(one)) for one in followed]
        for one, said in event.get("prompts", {}).items():
            results.append((int(one), *reference.prompt(int(one), said)))
            followed += [int(one)] if int(one) not in followed else []
        for one, mask, score in results:
            writer.add(mask, float(score.reshape(-1)[0]))
            if verbose:
                share = float((mask > 0).float().mean())
                print(f"  {time:2} object {one}: score {float(score.reshape(-1)[0]):6.2f}, inside {share:.3f},"
                      f" deviation {float(mask.std()):.2f}, largest {float(mask.abs().max()):.1f}", flush=True)
    writer.write(file)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", nargs="+", choices=MODELS)
    parser.add_argument("--size", type=int, default=512)
    parser.add_argument("--frames", type=int, default=9)
    parser.add_argument("--score-bias", type=float, default=1.0, help="how readily a net holds objects to be there")
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--verbose", action="store_true")
    arguments = parser.parse_args()
    torch.set_num_threads(2)
    for name in arguments.models:
        file = arguments.out / f"{name}_{arguments.size}.golden.gz"
        run(name, arguments.size, arguments.score_bias, arguments.frames, file, arguments.verbose)


if __name__ == "__main__":
    sys.exit(main())
