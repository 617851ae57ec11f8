"""The publisher's own video predictor, made from its checkout with seeded weights and driven picture by picture."""

import importlib
import pathlib
import sys
import types
import warnings

import seeded
import torch
import yaml

CONFIGURATIONS = {
    "sam2.1_tiny": "sam2.1/sam2.1_hiera_t",
    "sam2.1_small": "sam2.1/sam2.1_hiera_s",
    "sam2.1_base_plus": "sam2.1/sam2.1_hiera_b+",
    "sam2.1_large": "sam2.1/sam2.1_hiera_l",
    "edgetam": "edgetam",
}
STRIDE = 16
POINTERS = 16  # that an object attends to
PREDICTOR = "sam2.sam2_video_predictor.SAM2VideoPredictor"
# What `build_sam2_video_predictor` adds to the configuration.
DECODER = {
    "dynamic_multimask_via_stability": True,
    "dynamic_multimask_stability_delta": 0.05,
    "dynamic_multimask_stability_thresh": 0.98,
}


def _make(description):
    """What a configuration's `_target_` describes, from the inside out."""
    if isinstance(description, list):
        return [_make(part) for part in description]
    if not isinstance(description, dict):
        return description
    said = {key: _make(value) for key, value in description.items() if key != "_target_"}
    if "_target_" not in description:
        return said
    module, kind = description["_target_"].rsplit(".", 1)
    return getattr(importlib.import_module(module), kind)(**said)


def _import_from(checkout: pathlib.Path):
    """Makes `sam2` the checkout's package without running its start, which wants hydra; iopath only opens files."""
    package = types.ModuleType("sam2")
    package.__path__ = [str(checkout / "sam2")]
    sys.modules["sam2"] = package
    for name in ("iopath", "iopath.common", "iopath.common.file_io"):
        sys.modules.setdefault(name, types.ModuleType(name))
    sys.modules["iopath.common.file_io"].g_pathmgr = None
    import timm.models

    create = timm.models.create_model
    timm.models.create_model = lambda *names, pretrained=False, **said: create(*names, pretrained=False, **said)


def _numbers(text: str) -> float:
    """YAML 1.1 reads 1e-6 as text."""
    try:
        return float(text)
    except ValueError:
        return text


def _with_numbers(part):
    if isinstance(part, dict):
        return {key: _with_numbers(value) if key not in ("_target_", "name") else value for key, value in part.items()}
    if isinstance(part, list):
        return [_with_numbers(value) for value in part]
    return _numbers(part) if isinstance(part, str) else part


class Predictor:
    """One session per object over the same pictures; each picture is encoded once."""

    def __init__(self, checkout: pathlib.Path, model: str, size: int, score_bias: float, corrections: str):
        _import_from(checkout)
        with open(checkout / "sam2" / "configs" / f"{CONFIGURATIONS[model]}.yaml") as file:
            described = _with_numbers(yaml.safe_load(file)["model"])
        described |= {
            "_target_": PREDICTOR,
            "image_size": size,
            "sam_mask_decoder_extra_args": DECODER,
            "binarize_mask_from_pts_for_mem_enc": True,
            "fill_hole_area": 0,
            "add_all_frames_to_correct_as_cond": corrections == "conditioning",
        }
        queries = described["memory_attention"]["layer"]["cross_attention"]
        if "q_sizes" in queries:
            queries["q_sizes"] = [size // STRIDE] * 2
        self.size = size
        self.model = _make(described).eval()
        self._fill(score_bias)
        self._encode_once()
        self.sessions = {}

    @torch.no_grad()
    def _fill(self, score_bias: float):
        for name, target in self.model.state_dict().items():
            if not name.endswith("num_batches_tracked"):
                target.copy_(torch.from_numpy(seeded.tensor(name, tuple(target.shape), score_bias)))

    def _encode_once(self):
        encode, last = self.model.forward_image, [None, None]

        def remembered(image):
            if last[0] is None or not torch.equal(last[0], image):
                last[:] = image.clone(), encode(image)
            return {key: list(value) if isinstance(value, list) else value for key, value in last[1].items()}

        self.model.forward_image = remembered

    def show(self, pictures):
        """The video: arrays of height × width × 3, blue, green, red."""
        height, width = pictures[0].shape[:2]
        transforms = importlib.import_module("sam2.utils.transforms").SAM2Transforms(self.size, 0.0)
        images = torch.stack([transforms(picture[..., ::-1].copy()) for picture in pictures])
        predictors = importlib.import_module("sam2.sam2_video_predictor")
        predictors.load_video_frames = lambda **_: (images, height, width)
        predictors.tqdm = lambda times, **_: times

    def follow(self, name: int, time: int):
        session = self.sessions[name]
        _, _, frame = next(iter(self.model.propagate_in_video(session, start_frame_idx=time, max_frame_num_to_track=0)))
        return self._result(session["output_dict_per_obj"][0], time, frame)

    def prompt_points(self, name: int, time: int, points, labels):
        said = {"points": points, "labels": labels, "clear_old_points": False}
        if labels[0] == 2:
            corners = [number for point in points for number in point]
            said = {"box": torch.tensor(corners, dtype=torch.float32), "clear_old_points": True}
        session = self._session(name)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # EdgeTAM's of a box after tracking has started
            _, _, frame = self.model.add_new_points_or_box(session, frame_idx=time, obj_id=1, **said)
        return self._result(session["temp_output_dict_per_obj"][0], time, frame)

    def prompt_mask(self, name: int, time: int, mask):
        session = self._session(name)
        _, _, frame = self.model.add_new_mask(session, frame_idx=time, obj_id=1, mask=torch.from_numpy(mask))
        return self._result(session["temp_output_dict_per_obj"][0], time, frame)

    def _session(self, name: int):
        if name not in self.sessions:
            session = self.sessions[name] = self.model.init_state(video_path=None)
            session["num_frames"] = max(session["num_frames"], POINTERS)  # the unit of pointers' ages; a stream is long
        return self.sessions[name]

    @staticmethod
    def _result(stored, time: int, frame):
        """The mask's logits, the presence's logit, and the mask of the picture."""
        found = stored["cond_frame_outputs"].get(time) or stored["non_cond_frame_outputs"][time]
        return found["pred_masks"][0, 0], float(found["object_score_logits"].reshape(-1)[0]), frame[0, 0]
