#!/usr/bin/env python3
"""Writes what the publishers' own video predictors find in a made-up scene, with seeded weights: what the Java tracker
is compared with, picture by picture.

    git clone https://github.com/facebookresearch/sam2 /tmp/sam2
    git clone https://github.com/facebookresearch/EdgeTAM /tmp/edgetam
    python golden.py edgetam --scene long --checkout /tmp/edgetam --out FOLDER

Only the publisher's code is run, nothing of it is here: its configuration is read from the checkout, its modules are
made without hydra, and its predictor is driven as a live stream drives it: each picture is propagated alone, then
prompted. What is set otherwise than by `build_sam2_video_predictor` of the checkout:

- the side of the image, and the tables of positions that follow from it
- `fill_hole_area` is 0: filling holes needs the publisher's CUDA extension
- pictures come from `SAM2Transforms`, as for single images: the loader of videos resizes JPEG files by PIL
- a video counts as of at least 16 pictures: in a shorter one the ages of pointers have another unit, in a stream not
- every object has a session of its own: EdgeTAM's predictor, as SAM 2's first one, makes a picture that prompts one object
  a conditioning picture of all, and refuses objects that come later; SAM 2.1's keeps them apart itself
- `--corrections conditioning` sets `add_all_frames_to_correct_as_cond`, which the publisher leaves off

A random net often says nothing: a golden counts only where the object is there and its mask is neither empty nor full.
"""

import argparse
import pathlib
import sys

import torch
from goldens import Writer
from publisher import CONFIGURATIONS, Predictor
from scenes import SCENES, Scene


def run(name: str, arguments, file: pathlib.Path):
    torch.set_num_threads(arguments.threads)
    scene = Scene.of(arguments.scene, arguments.size, arguments.frames)
    corrections = arguments.corrections or scene.corrections
    predictor = Predictor(arguments.checkout, name, arguments.size, arguments.score_bias, corrections)
    predictor.show([scene.picture(time) for time in range(scene.pictures)])
    writer = Writer(arguments.verbose, {
        "model": name, "size": arguments.size, "score_bias": arguments.score_bias, "corrections": corrections,
        "width": scene.width, "height": scene.height, "pictures": scene.pictures,
        "events": scene.events,
    })
    followed = []
    for time in range(scene.pictures):
        event = scene.event(time)
        followed = [one for one in followed if one not in event.get("remove", [])]
        for one in followed:
            writer.add(time, one, *predictor.follow(one, time))
        for said in (event.get("prompts", {}), event.get("more", {})):
            for one, prompt in ((int(key), value) for key, value in said.items()):
                if "mask" in prompt:
                    found = predictor.prompt_mask(one, time, scene.mask(time, prompt["mask"]))
                else:
                    found = predictor.prompt_points(one, time, prompt["points"], prompt["labels"])
                writer.add(time, one, *found)
                followed += [one] if one not in followed else []
    writer.write(file)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", nargs="+", choices=CONFIGURATIONS)
    parser.add_argument("--checkout", type=pathlib.Path, required=True, help="of the publisher's repository")
    parser.add_argument("--scene", choices=SCENES, default="short")
    parser.add_argument("--size", type=int, default=512)
    parser.add_argument("--frames", type=int, help="all of the scene by default")
    parser.add_argument("--corrections", choices=("publisher", "conditioning"), help="that of the scene by default")
    parser.add_argument("--score-bias", type=float, default=1.0, help="how readily a net holds objects to be there")
    parser.add_argument("--threads", type=int, default=1, help="of PyTorch; more are slower on busy cores")
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--verbose", action="store_true")
    arguments = parser.parse_args()
    for name in arguments.models:
        scene = "" if arguments.scene == "short" else f"_{arguments.scene}"
        rule = "" if arguments.corrections is None else f"_{arguments.corrections}"
        run(name, arguments, arguments.out / f"{name}_{arguments.size}{scene}{rule}.golden.gz")


if __name__ == "__main__":
    sys.exit(main())
