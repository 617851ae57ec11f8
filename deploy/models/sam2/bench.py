#!/usr/bin/env python3
"""Times the PyTorch reference (transformers' streaming session) on the processor, stage by stage, in the state that a
tracker reaches after 16 pictures: 7 memories and 16 pointers per object. As with Aerie, a picture comes from a camera, 8 bits
each of blue, green and red, 1280 x 720, and its preparation counts to the image encoder. Prints one JSON object per number of
objects.

    python bench.py edgetam 512 --objects 1,5,10 --threads 2
"""

import argparse
import json
import statistics
import time

import seeded
import torch
import torch.nn.functional as F
from architecture import MODELS, build
from graphs import DEVIATION, MEAN
from transformers.models.edgetam_video.modeling_edgetam_video import EdgeTamVideoInferenceSession
from transformers.models.sam2_video.modeling_sam2_video import Sam2VideoInferenceSession

STAGES = {
    "image_encoder": "get_image_features",
    "memory_attention": "_prepare_memory_conditioned_features",
    "decoder_track": "_single_frame_forward",
    "memory_encoder": "_encode_new_memory",
}
HISTORY = 16
CAMERA = (1, 720, 1280, 3)


def prepared(camera, size: int):
    """The square that the model wants, by PyTorch's fastest way, on the 8 bits."""
    square = F.interpolate(
        camera.permute(0, 3, 1, 2), size=(size, size), mode="bilinear", align_corners=False, antialias=True
    )[0, [2, 1, 0]].float()
    mean, deviation = (torch.tensor(numbers).reshape(3, 1, 1) for numbers in (MEAN, DEVIATION))
    return square * (1 / (255 * deviation)) - mean / deviation


def timed(model, spent):
    """Adds up in `spent` what each stage of `model` takes."""
    for stage, method in STAGES.items():
        original = getattr(model, method)

        def run(*args, _original=original, _stage=stage, **kwargs):
            start = time.perf_counter()
            try:
                return _original(*args, **kwargs)
            finally:
                spent[_stage] += time.perf_counter() - start

        setattr(model, method, run)


def remember(session):
    """Gives every object the past of a long video: what it has of frame 1, for all frames up to the 16th."""
    for outputs in session.output_dict_per_obj.values():
        past = outputs["non_cond_frame_outputs"]
        for t in range(2, HISTORY + 1):
            past[t] = past[1]


def prompted(name: str, size: int, objects: int):
    """A session in which each object has a point on frame 0."""
    kind = EdgeTamVideoInferenceSession if name == "edgetam" else Sam2VideoInferenceSession
    session = kind(video=None, video_height=size, video_width=size, dtype=torch.float32)
    for i in range(objects):
        session.obj_id_to_idx(i + 1)
        at = torch.tensor([40.0 + 43 * i % 440, 60.0 + 97 * i % 400]).reshape(1, 1, 1, 2)
        label = torch.ones(1, 1, 1, dtype=torch.int32)
        session.add_point_inputs(i, 0, {"point_coords": at, "point_labels": label})
    session.obj_with_new_inputs = list(range(1, objects + 1))
    return session


@torch.inference_mode()
def measure(name: str, size: int, objects: int, repeats: int):
    model = seeded.fill(build(name, size, "sdpa"), 5.0)
    session = prompted(name, size, objects)
    camera = torch.randint(0, 256, CAMERA, generator=torch.Generator().manual_seed(1), dtype=torch.uint8)
    for t in (0, 1):
        model(inference_session=session, frame=prepared(camera, size), frame_idx=t)
    remember(session)
    spent = {}
    timed(model, spent)
    rounds = []
    for t in range(HISTORY + 1, HISTORY + 2 + repeats):
        spent.update(dict.fromkeys(STAGES, 0.0))
        start, cpu = time.perf_counter(), time.process_time()
        picture = prepared(camera, size)
        spent["image_encoder"] = time.perf_counter() - start
        model(inference_session=session, frame=picture, frame_idx=t)
        rounds.append({"total": time.perf_counter() - start, "cpu": time.process_time() - cpu, **spent})
    middle = {key: round(1e3 * statistics.median(r[key] for r in rounds[1:]), 1) for key in rounds[0]}
    return {
        "engine": "pytorch", "model": name, "size": size, "objects": objects,
        "ms_per_frame": middle.pop("total"), "cpu_ms_per_frame": middle.pop("cpu"), "stages_ms": middle,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", choices=MODELS)
    parser.add_argument("size", type=int)
    parser.add_argument("--objects", default="1")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--repeats", type=int, default=3)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    for objects in arguments.objects.split(","):
        row = measure(arguments.model, arguments.size, int(objects), arguments.repeats)
        print(json.dumps({**row, "version": torch.__version__}), flush=True)


if __name__ == "__main__":
    main()
