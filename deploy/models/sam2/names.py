"""How transformers' names of parameters read in the publishers' checkpoints (facebookresearch/sam2, EdgeTAM)."""

import re

_TOP = [
    ("no_memory_embedding", "no_mem_embed"),
    ("no_memory_positional_encoding", "no_mem_pos_enc"),
    ("memory_temporal_positional_encoding", "maskmem_tpos_enc"),
    ("no_object_pointer", "no_obj_ptr"),
    ("occlusion_spatial_embedding_parameter", "no_obj_embed_spatial"),
    ("temporal_positional_encoding_projection_layer", "obj_ptr_tpos_proj"),
    ("object_pointer_proj", "obj_ptr_proj"),
]
_MASK_EMBED = [("conv1", "0"), ("layer_norm1", "1"), ("conv2", "3"), ("layer_norm2", "4"), ("conv3", "6")]


def publisher_name(name: str) -> str:
    """The checkpoint's name of a parameter that is in it unchanged."""
    for prefix, rename in _PARTS:
        if name.startswith(prefix):
            return rename(name)
    for ours, theirs in _TOP:
        name = re.sub("^" + ours, theirs, name)
    return _three_layers(name) if name.startswith("obj_ptr_proj") else name


def perceiver_halves(name: str):
    """The fused parameter that `name` is a half of, and which half; None for every other parameter."""
    match = re.match(r"(spatial_perceiver\.layers\.\d+\.)(cross|self)_attention\.([kv])_proj\.weight$", name)
    if match is None:
        return None
    attention = "attn" if match[2] == "cross" else "self_attn"
    return f"{match[1]}{attention}.to_kv.weight", "kv".index(match[3])


def _replaced(name: str, *pairs) -> str:
    for ours, theirs in pairs:
        name = name.replace(ours, theirs)
    return name


def _three_layers(name: str) -> str:
    if ".layers.0." in name:
        return name.replace(".layers.0.", ".layers.1.")
    return _replaced(name, (".proj_in.", ".layers.0."), (".proj_out.", ".layers.2."))


def _vision(name: str) -> str:
    name = re.sub(r"^vision_encoder\.neck\.convs\.(\d+)\.(weight|bias)", r"image_encoder.neck.convs.\1.conv.\2", name)
    name = name.replace("vision_encoder.backbone.timm_model.", "image_encoder.trunk.body.")
    if not name.startswith("vision_encoder.backbone."):
        return name
    return _replaced(
        name,
        ("vision_encoder.backbone.", "image_encoder.trunk."),
        ("patch_embed.projection", "patch_embed.proj"),
        ("layer_norm", "norm"),
        ("mlp.proj_in", "mlp.layers.0"),
        ("mlp.proj_out", "mlp.layers.1"),
    )


def _memory_attention(name: str) -> str:
    return _replaced(
        name,
        ("layer_norm", "norm"),
        ("o_proj", "out_proj"),
        ("mlp.up_proj", "linear1"),
        ("mlp.down_proj", "linear2"),
    )


def _memory_encoder(name: str) -> str:
    name = _replaced(
        name,
        ("memory_fuser", "fuser"),
        ("depthwise_conv", "dwconv"),
        ("pointwise_conv", "pwconv"),
        (".scale", ".gamma"),
        ("feature_projection", "pix_feat_proj"),
        ("memory_encoder.projection", "memory_encoder.out_proj"),
    )
    layer = r"mask_downsampler\.layers\.(\d)\."
    name = re.sub(layer + "conv", lambda m: f"mask_downsampler.encoder.{int(m[1]) * 3}", name)
    name = re.sub(layer + "layer_norm", lambda m: f"mask_downsampler.encoder.{int(m[1]) * 3 + 1}", name)
    return _replaced(name, ("mask_downsampler.final_conv", "mask_downsampler.encoder.12"), ("layer_norm", "norm"))


def _prompt_encoder(name: str) -> str:
    name = _replaced(
        name,
        ("shared_image_embedding.positional", "prompt_encoder.shared_embedding.positional"),
        ("shared_embedding.positional_embedding", "pe_layer.positional_encoding_gaussian_matrix"),
    )
    return "sam_" + _replaced(name, *[(f"mask_embed.{a}", f"mask_downscaling.{b}") for a, b in _MASK_EMBED])


def _mask_decoder(name: str) -> str:
    name = _replaced(
        name,
        ("upscale_conv1", "output_upscaling.0"),
        ("upscale_layer_norm", "output_upscaling.1"),
        ("upscale_conv2", "output_upscaling.3"),
        ("o_proj", "out_proj"),
    )
    if any(head in name for head in ("iou_prediction_head", "hypernetworks", "pred_obj_score_head")):
        name = _three_layers(name)
    return "sam_" + _replaced(
        name,
        ("mlp.proj_in", "mlp.layers.0"),
        ("mlp.proj_out", "mlp.layers.1"),
        ("layer_norm_final_attn", "norm_final_attn"),
        ("layer_norm", "norm"),
    )


def _perceiver(name: str) -> str:
    name = name.replace("latents_1d", "latents")
    for ours, theirs in (("input", "attn.norm_x"), ("latents", "attn.norm_latents"), ("self", "self_attn.norm")):
        name = re.sub(rf"(layers\.\d)\.layer_norm_{ours}", rf"\1.{theirs}", name)
    for ours, theirs in ((".self_mlp", ".self_ff"), (".mlp", ".ff")):
        name = _replaced(
            name,
            (ours + ".layer_norm", theirs + ".0"),
            (ours + ".up_proj", theirs + ".1"),
            (ours + ".down_proj", theirs + ".3"),
        )
    return _replaced(
        name,
        ("cross_attention", "attn"),
        ("self_attention", "self_attn"),
        ("q_proj", "to_q"),
        ("o_proj", "to_out"),
        ("spatial_perceiver.layer_norm", "spatial_perceiver.norm"),
    )


_PARTS = [
    ("vision_encoder", _vision),
    ("memory_attention", _memory_attention),
    ("memory_encoder", _memory_encoder),
    ("prompt_encoder", _prompt_encoder),
    ("shared_image_embedding", _prompt_encoder),
    ("mask_decoder", _mask_decoder),
    ("spatial_perceiver", _perceiver),
]
