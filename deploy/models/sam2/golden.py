#!/usr/bin/env python3
"""Writes goldens: what the PyTorch reference (transformers' streaming session) sees in a made-up video, with seeded
weights. A tracker that runs the exported graphs must see the same.

    python golden.py edgetam 512 --out ../../../frame-processor/src/test/golden/sam2

A golden is a zip: `golden.json` says what was prompted and seen; `<step>-<object>.mask` is the mask, one bit per pixel
of R/4 x R/4, row-major, most significant bit first; `<step>-<object>.logits` are its logits at every fourth pixel of
every fourth row, little-endian float32.

The session is held to the publishers' rules where transformers departs from them: each object's memory is binarized
by its own prompt and only after points, a mask prompt is decoded to a single mask, a correction sees the mask it
corrects, pointers are always scaled by 15 frames, memories stay float32.
"""

import argparse
import hashlib
import io
import json
import pathlib
import types
import zipfile

import numpy as np
import seeded
import torch
import transformers.models.edgetam_video.modeling_edgetam_video as edgetam_video
import transformers.models.sam2_video.modeling_sam2_video as sam2_video
from architecture import MODELS, build

MEAN = np.array([0.485, 0.456, 0.406], np.float32)
STD = np.array([0.229, 0.224, 0.225], np.float32)
UNIT = 512  # prompts and pictures are described on a square of this side, and scaled
DISCS = [(120, 140, 9, 5, 60, (220, 40, 40)), (380, 330, -8, 3, 75, (40, 200, 60)), (220, 400, 6, -7, 50, (60, 80, 230))]


def picture(size: int, t: int) -> np.ndarray:
    """Frame t: RGB, [size, size, 3]. Discs (centre, speed, radius, colour) over a texture, in whole numbers."""
    scale = size // UNIT
    y, x = np.mgrid[0:size, 0:size] // scale
    frame = np.stack([(x * 7 + y * 3 + 2 * t) % 128, (x * y // 128 + t) % 128, (x ^ y) % 128], -1)
    for cx, cy, vx, vy, radius, colour in DISCS:
        inside = (x - cx - vx * t) ** 2 + (y - cy - vy * t) ** 2 < radius * radius
        frame[inside] = colour
    return frame.astype(np.uint8)


def pixel_values(size: int, t: int) -> torch.Tensor:
    frame = (picture(size, t).astype(np.float32) / np.float32(255) - MEAN) / STD
    return torch.from_numpy(np.ascontiguousarray(frame.transpose(2, 0, 1)))


def points(*xyl):
    return {"points": [[x, y] for x, y, _ in xyl], "labels": [label for _, _, label in xyl]}


SCENARIOS = {
    # Points, a box and a mask; a correction; an object added late; a second conditioning frame.
    "prompts": {
        "score_bias": None,
        "steps": [
            {"frame": 0, "prompts": {1: points((120, 140, 1)), 2: points((300, 250, 2), (460, 410, 3)),
                                     3: points((220, 400, 1), (20, 20, 0), (230, 390, 1))}},
            {"frame": 1}, {"frame": 2},
            {"frame": 3, "correct": {2: points((356, 339, 1), (120, 140, 0))}},
            {"frame": 4, "prompts": {4: {"mask": [40, 260, 200, 440]}}},
            {"frame": 5},
            {"frame": 6, "prompts": {1: points((174, 170, 1), (500, 20, 0))}},
            {"frame": 7}, {"frame": 8},
        ],
    },
    # Scores near zero: objects leave and return.
    "occlusion": {
        "score_bias": None,
        "steps": [{"frame": 0, "prompts": {1: points((120, 140, 1)), 2: points((380, 330, 1)), 3: points((220, 400, 1))}}]
        + [{"frame": t} for t in range(1, 10)],
    },
}
SCORE_BIAS = {"prompts": {"edgetam": 5.0, "sam2": 1.0}, "occlusion": {"edgetam": 2.75, "sam2": 0.16}}


class _Float32Memories:
    """torch, but bfloat16 is float32."""

    def __getattr__(self, name):
        return torch.float32 if name == "bfloat16" else getattr(torch, name)


def publishers_rules(model):
    """Holds `model` to the publishers' rules (see above)."""
    sam2_video.torch = _Float32Memories()
    by_points = {}
    run_frame, encode, as_output, decode = (
        model._run_single_frame_inference,
        model._encode_new_memory,
        model._use_mask_as_output,
        model._single_frame_forward,
    )

    def run_single_frame(self, **arguments):
        corrected = arguments["point_inputs"] is not None and not arguments["is_init_cond_frame"]
        by_points["now"] = by_points[arguments["obj_idx"]] = arguments["point_inputs"] is not None
        if corrected:
            outputs = arguments["inference_session"].output_dict_per_obj[arguments["obj_idx"]]
            seen = outputs["non_cond_frame_outputs"][arguments["frame_idx"]]["pred_masks"]
            arguments["prev_sam_mask_logits"] = seen.clamp(-32, 32)
        return run_frame(**{**arguments, "streaming": True})

    def encode_new_memory(self, **arguments):
        return encode(**{**arguments, "is_mask_from_pts": by_points["now"]})

    def encode_one_by_one(self, inference_session, frame_idx, objects, masks, scores, _from_points):
        for i, mask, score in zip(objects, masks, scores):
            by_points["now"] = by_points[i]
            encode_batch(inference_session, frame_idx, [i], [mask], [score], [by_points[i]])

    def use_mask_as_output(self, *arguments):
        model._single_frame_forward = lambda **kwargs: decode(**{**kwargs, "multimask_output": False})
        try:
            return as_output(*arguments)
        finally:
            model._single_frame_forward = decode

    model._run_single_frame_inference = types.MethodType(run_single_frame, model)
    model._encode_new_memory = types.MethodType(encode_new_memory, model)
    model._use_mask_as_output = types.MethodType(use_mask_as_output, model)
    if hasattr(model, "_batch_encode_memories"):
        encode_batch = model._batch_encode_memories
        model._batch_encode_memories = lambda inference_session, frame_idx, **kwargs: encode_one_by_one(
            model, inference_session, frame_idx, *kwargs.values()
        )
    return model


class Session:
    def __init__(self, name: str, size: int, score_bias: float):
        self.size = size
        self.model = publishers_rules(seeded.fill(build(name, size, "sdpa"), score_bias))
        kind = edgetam_video.EdgeTamVideoInferenceSession if name == "edgetam" else sam2_video.Sam2VideoInferenceSession
        self.session = kind(video=None, video_height=size, video_width=size, dtype=torch.float32)

    def step(self, step):
        """What is seen of each object: mask logits [R/4, R/4] and score."""
        t = step["frame"]
        self._prompt(t, step.get("prompts", {}))
        seen = self._see(frame=pixel_values(self.size, t))
        if "correct" in step:
            self._prompt(t, step["correct"])
            seen = self._see(frame_idx=t)
        return seen

    def _prompt(self, t, prompts):
        scale = self.size // UNIT
        for object_id, prompt in prompts.items():
            i = self.session.obj_id_to_idx(object_id)
            if "mask" in prompt:
                left, top, right, bottom = (side * scale for side in prompt["mask"])
                mask = torch.zeros(1, 1, self.size, self.size)
                mask[:, :, top:bottom, left:right] = 1
                self.session.add_mask_inputs(i, t, mask)
            else:
                coords = torch.tensor(prompt["points"], dtype=torch.float32)[None, None] * scale
                labels = torch.tensor(prompt["labels"], dtype=torch.int32)[None, None]
                self.session.add_point_inputs(i, t, {"point_coords": coords, "point_labels": labels})
        self.session.obj_with_new_inputs = list(prompts)

    @torch.inference_mode()
    def _see(self, **frame):
        out = self.model(inference_session=self.session, **frame)
        masks = out.pred_masks.reshape(len(out.object_ids), self.size // 4, self.size // 4).numpy()
        scores = out.object_score_logits.reshape(-1).tolist()
        return {i: (mask, score) for i, mask, score in zip(out.object_ids, masks, scores)}


def is_informative(mask, score) -> bool:
    """Whether agreeing on it means anything: the object is there and its mask neither flat, empty nor full."""
    return score > 0 and mask.std() > 0.1 and 0.002 < (mask > 0).mean() < 0.998


def golden(name: str, size: int, case: str, score_bias: float | None, verbose: bool):
    scenario = SCENARIOS[case]
    if score_bias is None:
        score_bias = SCORE_BIAS[case]["edgetam" if name == "edgetam" else "sam2"]
    session, files, steps, informative, total = Session(name, size, score_bias), {}, [], 0, 0
    for step in scenario["steps"]:
        seen = []
        for object_id, (mask, score) in session.step(step).items():
            useful = bool(is_informative(mask, score))
            informative, total = informative + useful, total + 1
            seen.append({"object": object_id, "score": score, "informative": useful})
            key = f"{len(steps)}-{object_id}"
            files[key + ".mask"] = np.packbits(mask.reshape(-1) > 0).tobytes()
            files[key + ".logits"] = np.ascontiguousarray(mask[::4, ::4]).astype("<f4").tobytes()
            if verbose:
                print(f"  {key}: score {score:.2f}, foreground {(mask > 0).mean():.3f}, std {mask.std():.2f}, {useful}")
        steps.append({**step, "seen": seen})
    print(f"{name} {size} {case}: informative {informative} of {total}", flush=True)
    some = seeded.tensor("no_mem_embed", (256,), score_bias)
    meta = {
        "model": name, "size": size, "unit": UNIT, "score_bias": score_bias,
        "no_mem_embed_sha256": hashlib.sha256(some.tobytes()).hexdigest(),
        "informative": informative, "total": total, "steps": steps,
    }
    return meta, files


def write(file: pathlib.Path, meta, files):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as out:
        for name, data in [("golden.json", json.dumps(meta, indent=1)), *files.items()]:
            out.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED, 9)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(buffer.getvalue())
    print(f"  {file.name}: {len(buffer.getvalue()) / 1e3:.0f} kB")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", choices=MODELS)
    parser.add_argument("size", type=int)
    parser.add_argument("--case", nargs="+", choices=SCENARIOS, default=list(SCENARIOS))
    parser.add_argument("--score-bias", type=float)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--verbose", action="store_true")
    arguments = parser.parse_args()
    torch.set_num_threads(2)
    for case in arguments.case:
        made = golden(arguments.model, arguments.size, case, arguments.score_bias, arguments.verbose)
        write(arguments.out / f"{arguments.model}_{arguments.size}_{case}.zip", *made)


if __name__ == "__main__":
    main()
