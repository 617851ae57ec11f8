"""The five models as transformers builds them from their configurations alone: nothing is fetched."""

import torch
import transformers.models.edgetam.configuration_edgetam as edgetam_configuration
from transformers import (
    EdgeTamVideoConfig,
    EdgeTamVideoModel,
    EdgeTamVideoPromptEncoderConfig,
    EdgeTamVisionConfig,
    Sam2HieraDetConfig,
    Sam2VideoConfig,
    Sam2VideoModel,
    Sam2VideoPromptEncoderConfig,
    Sam2VisionConfig,
    TimmWrapperConfig,
)

SIZES = (512, 1024)

_HIERA = {
    "sam2.1_tiny": {},
    "sam2.1_small": dict(blocks_per_stage=[1, 2, 11, 2], global_attention_blocks=[7, 10, 13]),
    "sam2.1_base_plus": dict(
        hidden_size=112,
        embed_dim_per_stage=[112, 224, 448, 896],
        num_attention_heads_per_stage=[2, 4, 8, 16],
        blocks_per_stage=[2, 3, 16, 3],
        global_attention_blocks=[12, 16, 20],
        window_positional_embedding_background_size=[14, 14],
    ),
    "sam2.1_large": dict(
        hidden_size=144,
        embed_dim_per_stage=[144, 288, 576, 1152],
        num_attention_heads_per_stage=[2, 4, 8, 16],
        blocks_per_stage=[2, 6, 36, 4],
        global_attention_blocks=[23, 33, 43],
        window_positional_embedding_background_size=[7, 7],
        window_size_per_stage=[8, 4, 16, 8],
    ),
}
_CHANNELS = {
    "sam2.1_tiny": [768, 384, 192, 96],
    "sam2.1_small": [768, 384, 192, 96],
    "sam2.1_base_plus": [896, 448, 224, 112],
    "sam2.1_large": [1152, 576, 288, 144],
}
MODELS = (*_HIERA, "edgetam")


def _repvit():
    return TimmWrapperConfig(
        architecture="repvit_m1",
        model_args={"in_chans": 3, "features_only": True, "out_indices": [0, 1, 2, 3]},
        do_pooling=False,
    )


class _LocalConfig:
    """EdgeTamVisionConfig() without arguments asks a hub for timm's configuration; this answers instead."""

    @staticmethod
    def from_pretrained(*_args, **_kwargs):
        return _repvit()


edgetam_configuration.AutoConfig.from_pretrained = _LocalConfig.from_pretrained


def is_edgetam(model) -> bool:
    return hasattr(model, "spatial_perceiver")


def _configuration(name: str, size: int):
    levels = [[size // 4] * 2, [size // 8] * 2, [size // 16] * 2]
    common = dict(image_size=size, memory_attention_rope_feat_sizes=[size // 16] * 2)
    if name == "edgetam":
        return EdgeTamVideoConfig(
            vision_config=EdgeTamVisionConfig(backbone_config=_repvit(), backbone_feature_sizes=levels),
            prompt_encoder_config=EdgeTamVideoPromptEncoderConfig(image_size=size),
            enable_temporal_pos_encoding_for_object_pointers=False,
            enable_occlusion_spatial_embedding=False,
            **common,
        )
    backbone = Sam2HieraDetConfig(**_HIERA[name], image_size=[size, size])
    return Sam2VideoConfig(
        vision_config=Sam2VisionConfig(
            backbone_config=backbone, backbone_channel_list=_CHANNELS[name], backbone_feature_sizes=levels
        ),
        prompt_encoder_config=Sam2VideoPromptEncoderConfig(image_size=size),
        enable_temporal_pos_encoding_for_object_pointers=True,
        enable_occlusion_spatial_embedding=True,
        **common,
    )


def build(name: str, size: int, attention: str = "eager"):
    """A model of uninitialised meaning: fill it with `seeded.fill` before it is run."""
    torch.manual_seed(0)
    configuration = _configuration(name, size)
    configuration._attn_implementation = attention
    kind = EdgeTamVideoModel if name == "edgetam" else Sam2VideoModel
    return kind(configuration).eval()
