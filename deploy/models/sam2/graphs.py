"""The six graphs, as modules to export. Inputs and outputs: docs/sam2.md.

Each keeps the parameters in the publisher's form, so that every learned number of a graph is one tensor of the
checkpoint; whatever is derived from them (folded batch norms, reordered channels, tables) is computed in the graph,
where the runtime folds it when it loads the model.
"""

import math

import torch
import torch.nn.functional as F
from architecture import is_edgetam
from positions import halves_first, rotate, rotation, sine, time_waves
from timm.models.repvit import ConvNorm, RepVggDw
from torch import nn

POINTER_PARTS = 4  # a pointer of 256 is read as four tokens of 64
GRID = 16  # EdgeTAM's 2-D latents lie on a grid of 16 x 16
LATENTS = 256  # of each kind, 1-D and 2-D


MEAN = (0.485, 0.456, 0.406)  # of red, green and blue
DEVIATION = (0.229, 0.224, 0.225)


def pixels(picture, size: int):
    """What a camera gives, 8 bits each of blue, green and red, as the network takes it: stretched to a square with the
    filter that the publishers' transforms use, red first, channel by channel, normalised."""
    stretched = F.interpolate(
        picture.permute(0, 3, 1, 2).float(), size=(size, size), mode="bilinear", align_corners=False, antialias=True
    )
    mean, deviation = (torch.tensor(numbers).reshape(1, 3, 1, 1) for numbers in (MEAN, DEVIATION))
    return stretched[:, [2, 1, 0]] * (1 / (255 * deviation)) - mean / deviation


class ImageEncoder(nn.Module):
    def __init__(self, model):
        super().__init__()
        self.m = model
        self.size = model.image_size
        if model.vision_encoder.neck.fpn_top_down_levels != [2, 3]:
            raise ValueError("the neck adds other levels than those of SAM 2.1")

    def forward(self, picture):
        pixel_values = pixels(picture, self.size)
        fine, middle, coarse = self._pyramid(pixel_values)
        return fine, middle, coarse, coarse + self.m.no_memory_embedding.reshape(1, 256, 1, 1), pixel_values

    def _pyramid(self, pixel_values):
        """The neck without its position encodings, which no graph needs. What the decoder wants of the two finest
        levels passes two convolutions of single pixels, one after the other: they are one."""
        neck, decoder = self.m.vision_encoder.neck, self.m.mask_decoder
        levels = self._backbone(pixel_values)
        fine = F.conv2d(levels[0], *_after(decoder.conv_s0, neck.convs[3]))
        middle = F.conv2d(levels[1], *_after(decoder.conv_s1, neck.convs[2]))
        coarse = neck.convs[1](levels[2]) + F.interpolate(neck.convs[0](levels[3]), scale_factor=2.0, mode="nearest")
        return fine, middle, coarse

    def _backbone(self, pixel_values):
        backbone = self.m.vision_encoder.backbone
        if is_edgetam(self.m):
            return backbone.timm_model(pixel_values)
        hidden = backbone.patch_embed(pixel_values)
        hidden = hidden + backbone._get_pos_embed(hidden.shape[1:3])
        levels = []
        for i, block in enumerate(backbone.blocks):
            hidden = block(hidden)
            if i in backbone.stage_ends:
                levels.append(hidden.permute(0, 3, 1, 2))
        return levels


def _after(second, first):
    """Weight and bias of two convolutions of single pixels in a row."""
    weight, matrix = first.weight.flatten(1), second.weight.flatten(1)
    return (matrix @ weight)[:, :, None, None], matrix @ first.bias + second.bias


def _folded(layer: ConvNorm):
    scale = layer.bn.weight / torch.sqrt(layer.bn.running_var + layer.bn.eps)
    return layer.c.weight * scale[:, None, None, None], layer.bn.bias - layer.bn.running_mean * scale


def _conv_norm(self, x):
    conv = self.c
    return F.conv2d(x, *_folded(self), conv.stride, conv.padding, conv.dilation, conv.groups)


def _rep_vgg(self, x):
    """Its three branches as one convolution (RepVGG, Ding et al. 2021)."""
    weight, bias = _folded(self.conv)
    centre_weight, centre_bias = _folded(self.conv1)
    edge = [weight.shape[-1] // 2] * 4
    weight = weight + F.pad(centre_weight + 1.0, edge)
    return F.conv2d(x, weight, bias + centre_bias, 1, self.conv.c.padding, 1, self.conv.c.groups)


def fold_repvit():
    """EdgeTAM's backbone with batch norms and branches folded; for every model built afterwards."""
    ConvNorm.forward = _conv_norm
    RepVggDw.forward = _rep_vgg


class MemoryAttention(nn.Module):
    """One query per place of the picture looks at all memories and pointers of its object.

    Keys and values come from tokens of 64 numbers. Values are weighed as those 64 and projected afterwards, which is
    the same sum for a quarter of the work. So it is with keys that are not turned, of which EdgeTAM has as many as of others:
    the query is projected to their 64 numbers instead.
    """

    def __init__(self, model):
        super().__init__()
        self.m = model
        self.edge = is_edgetam(model)
        self.h, self.w = model.backbone_feature_sizes[-1]

    def forward(self, feat, mem, mem_tpos, ptr, ptr_tdiff=None):
        attention = self.m.memory_attention
        turned, still, values = self._tokens(mem, mem_tpos, ptr, ptr_tdiff)
        turn, key_turn = rotation(self.h, self.w), self._key_rotation(mem.shape[1])
        x = feat.flatten(2).transpose(1, 2) + 0.1 * sine(self.h, self.w, 128)
        for layer in attention.layers:
            x = x + self._look_at_itself(layer.self_attn, layer.layer_norm1(x), turn)
            x = x + self._look_back(layer.cross_attn_image, layer.layer_norm2(x), turned, still, values, turn, key_turn)
            x = x + self._think(layer, layer.layer_norm3(x))
        x = attention.layer_norm(x)
        return x.transpose(1, 2).reshape(mem.shape[0], 256, self.h, self.w)

    def _tokens(self, mem, mem_tpos, ptr, ptr_tdiff):
        """Of 64 numbers each: what keys that are turned by their place are made of, what those are that are not, and
        the values of all, those of turned keys first."""
        objects = mem.shape[0]
        when = self.m.memory_temporal_positional_encoding.reshape(-1, 64)[mem_tpos][:, :, None]
        pointers = ptr.reshape(objects, -1, 64)
        if self.edge:
            whole, local = mem[:, :, :LATENTS], mem[:, :, LATENTS:]
            turned = local + (sine(GRID, GRID, 32)[None, None] + when)
            still = torch.cat((_row(whole + when), pointers), 1)
            return _row(turned), still, torch.cat((_row(local), _row(whole), pointers), 1)
        turned = mem + (sine(self.h, self.w, 32)[None, None] + when)
        ago = self.m.temporal_positional_encoding_projection_layer(time_waves(ptr_tdiff))
        still = pointers + ago[:, :, None].expand(-1, -1, POINTER_PARTS, -1).reshape(objects, -1, 64)
        return _row(turned), still, torch.cat((_row(mem), pointers), 1)

    def _key_rotation(self, memories):
        tables = rotation(GRID, GRID) if self.edge else rotation(self.h, self.w)
        return [table[None].expand(memories, -1, -1).reshape(-1, 128) for table in tables]

    def _look_at_itself(self, attention, y, turn):
        query = rotate(_linear(y, *_scaled(halves_first(attention.q_proj))), *turn)
        key = rotate(_linear(y, *halves_first(attention.k_proj)), *turn)
        value = _linear(y, attention.o_proj.weight @ attention.v_proj.weight)
        return _weighed(query, key, value) + _value_bias(attention)

    def _look_back(self, attention, y, turned, still, values, turn, key_turn):
        query = rotate(_linear(y, *_scaled(halves_first(attention.q_proj))), *turn)
        projection = halves_first(attention.k_proj)
        query, turned = query.expand(values.shape[0], -1, -1), rotate(_linear(turned, *projection), *key_turn)
        if self.edge:
            seen = _weighed_in_two(query, turned, still, values, projection)
        else:
            seen = _weighed(query, torch.cat((turned, _linear(still, *projection)), 1), values)
        return _linear(seen, attention.o_proj.weight @ attention.v_proj.weight, _value_bias(attention))

    def _think(self, layer, y):
        first, second = (layer.mlp.up_proj, layer.mlp.down_proj) if self.edge else (layer.linear1, layer.linear2)
        return second(torch.relu(first(y.reshape(-1, 256)))).reshape(y.shape)


def _weighed(query, keys, values):
    """Sums of `values`, weighed by how well their keys answer each query, which is scaled already.

    In a graph it is one operation of ONNX Runtime, which never holds the matrix of queries x keys: 471 MB for one object
    of SAM 2.1 at 1024.
    """
    if not torch.onnx.is_in_onnx_export():
        return torch.softmax(query @ keys.transpose(-1, -2), -1) @ values
    return torch.onnx.ops.symbolic(
        "com.microsoft::MultiHeadAttention",
        (query, keys, values),
        {"num_heads": 1, "scale": 1.0},
        dtype=query.dtype,
        shape=(*query.shape[:2], values.shape[2]),
        version=1,
    )


def _weighed_in_two(query, turned, still, values, projection):
    """As `_weighed` over the keys `turned` and those that `projection` makes of `still`, which need not be made.

    Both parts of the keys have one more, with the score of the first key that is not turned, whose value tells in a number of its
    own how much it weighs: with that, what each part gives is brought to one scale. That score also being one of the second part's,
    the parts sum up to 1 at least; scores that exceed it by more than 69 count as 69.
    """
    weight, bias = projection
    first, one = still[:, :1], torch.ones_like(still[:, :1, :1])
    own = torch.cat((weight.t(), bias[None]), 0)
    tokens = torch.cat((still, first), 1)
    parts = (
        (query, torch.cat((turned, _linear(first, weight, bias)), 1), values[:, : turned.shape[1]]),
        (_linear(query, own), torch.cat((tokens, torch.ones_like(tokens[:, :, :1])), 2), values[:, turned.shape[1] :]),
    )
    sums, weights = 0, 0
    for part, keys, numbers in parts:
        numbers = torch.cat((numbers, torch.zeros_like(numbers[:, :, :1])), 2)
        numbers = torch.cat((numbers, torch.cat((torch.zeros_like(first), one), 2)), 1)
        seen = _weighed(part, keys, numbers)
        share = seen[:, :, 64:].clamp(min=1e-30)
        sums, weights = sums + seen[:, :, :64] / share, weights + (1 / share - 1)
    return sums / weights


def _row(tokens):
    """Those of all memories in one row: [N, T, L, 64] to [N, T*L, 64]."""
    return tokens.reshape(tokens.shape[0], -1, tokens.shape[-1])


def _linear(x, weight, bias=None):
    """A projection as one product of two matrices, to which runtimes add the bias on the way."""
    return F.linear(x.reshape(-1, x.shape[-1]), weight, bias).reshape(x.shape[0], -1, weight.shape[0])


def _scaled(projection):
    weight, bias = projection
    scale = weight.shape[0] ** -0.5
    return weight * scale, bias * scale


def _value_bias(attention):
    """What the values' bias adds, for weights that sum up to one."""
    return attention.o_proj.weight @ attention.v_proj.bias + attention.o_proj.bias


def _attend(query, key, value):
    scores = torch.matmul(query * (query.shape[-1] ** -0.5), key.transpose(-1, -2))
    return torch.matmul(torch.softmax(scores, -1), value)


class MaskDecoder(nn.Module):
    """`prompted`: with the prompt encoder in front; otherwise as it follows an object without a prompt."""

    def __init__(self, model, prompted: bool):
        super().__init__()
        self.m = model
        self.prompted = prompted
        self.h, self.w = model.backbone_feature_sizes[-1]
        self.size = model.image_size
        rows = model.prompt_encoder.point_embed.weight
        self.point_embeddings = nn.ParameterList(
            [nn.Parameter(rows[i : i + 1].clone(), requires_grad=False) for i in range(4)]
        )

    def forward(
        self,
        pix_feat,
        feat_s0,
        feat_s1,
        point_coords=None,
        point_labels=None,
        mask_input=None,
        has_mask=None,
        multimask=None,
    ):
        if self.prompted:
            sparse, dense = self._points(point_coords, point_labels), self._dense(mask_input, has_mask)
        else:
            sparse, dense = self._no_point().expand(pix_feat.shape[0], 2, 256), self._no_mask()
        queries, keys = self._transform(pix_feat, sparse, dense)
        masks = self._masks(queries, keys, feat_s0, feat_s1)
        return self._choose(queries, masks, multimask)

    def _places(self, xy):
        """Random Fourier features of points in 0..1."""
        phase = (2 * xy - 1) @ self.m.prompt_encoder.shared_embedding.positional_embedding * (2 * math.pi)
        return torch.cat([phase.sin(), phase.cos()], -1)

    def _grid(self):
        y = ((torch.arange(self.h, dtype=torch.float32) + 0.5) / self.h)[:, None].expand(self.h, self.w)
        x = ((torch.arange(self.w, dtype=torch.float32) + 0.5) / self.w)[None].expand(self.h, self.w)
        return self._places(torch.stack([x, y], -1)).reshape(1, self.h * self.w, 256)

    def _no_point(self):
        return self.m.prompt_encoder.not_a_point_embed.weight.reshape(1, 1, 256)

    def _no_mask(self):
        return self.m.prompt_encoder.no_mask_embed.weight.reshape(1, 256, 1, 1)

    def _points(self, coords, labels):
        """One token per point, and one that says there are no more."""
        points = self._places((coords + 0.5) / self.size)
        points = torch.where(labels[..., None] == -1, self._no_point(), points)
        table = torch.cat([*self.point_embeddings], 0)
        kinds = torch.where(labels[..., None] >= 0, table[labels.clamp(min=0)], torch.zeros(1))
        return torch.cat([points + kinds, self._no_point().expand(coords.shape[0], 1, 256)], 1)

    def _dense(self, mask_input, has_mask):
        share = has_mask.reshape(-1, 1, 1, 1)
        return self.m.prompt_encoder.mask_embed(mask_input) * share + self._no_mask() * (1 - share)

    def _transform(self, pix_feat, sparse, dense):
        decoder = self.m.mask_decoder
        tokens = torch.cat([decoder.obj_score_token.weight, decoder.iou_token.weight, decoder.mask_tokens.weight], 0)
        tokens = torch.cat([tokens[None].expand(pix_feat.shape[0], -1, -1), sparse], 1)
        queries = tokens
        keys = (pix_feat + dense).flatten(2).transpose(1, 2)
        grid = self._grid()
        transformer = decoder.transformer
        for i, layer in enumerate(transformer.layers):
            queries, keys = self._two_ways(layer, i == 0, queries, keys, tokens, grid)
        last = _heads(transformer.final_attn_token_to_image, queries + tokens, keys + grid, keys)
        return transformer.layer_norm_final_attn(queries + last), keys

    def _two_ways(self, layer, first, queries, keys, tokens, grid):
        if first:
            queries = _heads(layer.self_attn, queries, queries, queries)
        else:
            queries = queries + _heads(layer.self_attn, queries + tokens, queries + tokens, queries)
        queries = layer.layer_norm1(queries)
        seen = _heads(layer.cross_attn_token_to_image, queries + tokens, keys + grid, keys)
        queries = layer.layer_norm2(queries + seen)
        queries = layer.layer_norm3(queries + layer.mlp(queries))
        told = _heads(layer.cross_attn_image_to_token, keys + grid, queries + tokens, queries)
        return queries, layer.layer_norm4(keys + told)

    def _masks(self, queries, keys, feat_s0, feat_s1):
        decoder = self.m.mask_decoder
        up = keys.transpose(1, 2).reshape(keys.shape[0], 256, self.h, self.w)
        up = decoder.activation(decoder.upscale_layer_norm(decoder.upscale_conv1(up) + feat_s1))
        up = decoder.activation(decoder.upscale_conv2(up) + feat_s0)
        hyper = torch.stack([decoder.output_hypernetworks_mlps[i](queries[:, 2 + i]) for i in range(4)], 1)
        return torch.matmul(hyper, up.flatten(2)).reshape(keys.shape[0], 4, 4 * self.h, 4 * self.w)

    def _choose(self, queries, masks, multimask):
        decoder = self.m.mask_decoder
        ious, score = decoder.iou_prediction_head(queries[:, 1]), decoder.pred_obj_score_head(queries[:, 0])
        mask_of = token_of = torch.argmax(ious[:, 1:], -1, keepdim=True) + 1
        if multimask is not None:
            many = multimask.reshape(-1, 1)
            single = torch.where(self._stable(masks[:, 0]), torch.zeros_like(mask_of), mask_of)
            mask_of = torch.where(many, mask_of, single)
            token_of = torch.where(many, token_of, torch.zeros_like(token_of))
        mask = (masks * _one_hot(mask_of)[:, :, None, None]).sum(1, keepdim=True)
        mask = torch.where((score > 0)[:, :, None, None], mask, torch.full((1,), -1024.0))
        iou = (ious * _one_hot(mask_of)).sum(1, keepdim=True)
        pointer = self.m.object_pointer_proj((queries[:, 2:6] * _one_hot(token_of)[:, :, None]).sum(1))
        there = (score > 0).float()
        return mask, iou, there * pointer + (1 - there) * self.m.no_object_pointer, score, masks, ious

    def _stable(self, mask):
        """Whether a mask hardly changes with its threshold."""
        decoder = self.m.mask_decoder
        flat, delta = mask.flatten(1), decoder.dynamic_multimask_stability_delta
        inner = (flat > delta).float().sum(-1, keepdim=True)
        outer = (flat > -delta).float().sum(-1, keepdim=True)
        return (outer <= 0) | (inner >= decoder.dynamic_multimask_stability_thresh * outer)


def _one_hot(index):
    return (index == torch.arange(4)[None]).float()


def _heads(attention, query, key, value):
    heads, width = attention.num_attention_heads, attention.head_dim

    def split(projection, x):
        y = _linear(x, projection.weight, projection.bias)
        return y.reshape(x.shape[0], x.shape[1], heads, width).transpose(1, 2)

    seen = _attend(
        split(attention.q_proj, query), split(attention.k_proj, key), split(attention.v_proj, value)
    ).transpose(1, 2)
    seen = seen.reshape(seen.shape[0], seen.shape[1], heads * width)
    return _linear(seen, attention.o_proj.weight, attention.o_proj.bias)


class MemoryEncoder(nn.Module):
    def __init__(self, model):
        super().__init__()
        self.m = model
        self.edge = is_edgetam(model)
        self.size = model.image_size
        self.h, self.w = model.backbone_feature_sizes[-1]
        if self.edge:
            layers = model.spatial_perceiver.layers
            self.to_kv = nn.ParameterList([_fused(layer.cross_attention) for layer in layers])
            self.self_to_kv = nn.ParameterList([_fused(layer.self_attention) for layer in layers])

    def forward(self, feat, mask_logits, obj_score, binarize):
        encoder, config = self.m.memory_encoder, self.m.config
        mask = F.interpolate(mask_logits, size=(self.size, self.size), mode="bilinear", align_corners=False)
        mask = torch.where(binarize.reshape(-1, 1, 1, 1), (mask > 0).float(), torch.sigmoid(mask))
        mask = mask * config.sigmoid_scale_for_mem_enc + config.sigmoid_bias_for_mem_enc
        x = encoder.feature_projection(feat) + encoder.mask_downsampler(mask)
        for block in encoder.memory_fuser.layers:
            x = x + self._mixed(block, x)
        x = encoder.projection(x)
        if self.edge:
            return self._perceive(x)
        gone = (1 - (obj_score > 0).float())[:, :, None, None]
        x = x + gone * self.m.occlusion_spatial_embedding_parameter[..., None, None]
        return x.flatten(2).transpose(1, 2)

    def _mixed(self, block, x):
        """A block of ConvNeXt (Liu et al. 2022) without the way round it."""
        objects, places, norm = x.shape[0], self.h * self.w, block.layer_norm
        y = block.depthwise_conv(x).flatten(2).transpose(1, 2).reshape(-1, 256)
        y = block.activation(block.pointwise_conv1(F.layer_norm(y, (256,), norm.weight, norm.bias, norm.eps)))
        last, scale = block.pointwise_conv2, block.scale
        y = F.linear(y, last.weight * scale[:, None], last.bias * scale)
        return y.reshape(objects, places, 256).transpose(1, 2).reshape(x.shape)

    def _perceive(self, x):
        """EdgeTAM: 256 latents that see the whole picture, then 256 that see a window each."""
        perceiver, objects = self.m.spatial_perceiver, x.shape[0]
        everything, places = x.flatten(2).transpose(1, 2), sine(self.h, self.w, 32)
        whole = perceiver.latents_1d[None].expand(objects, -1, -1)
        for i in range(len(perceiver.layers)):
            whole = self._layer(i, whole, everything, places)
        side = self.h // GRID
        windows = x.permute(0, 2, 3, 1).reshape(objects, GRID, side, GRID, side, 64).permute(0, 1, 3, 2, 4, 5)
        windows = windows.reshape(objects * LATENTS, side * side, 64)
        local = perceiver.latents_2d[None].expand(objects, -1, -1).reshape(objects * LATENTS, 1, 64)
        for i in range(len(perceiver.layers)):
            local = self._layer(i, local, windows, None)
        local = local.reshape(objects, LATENTS, 64)
        return torch.cat([perceiver.layer_norm(whole), perceiver.layer_norm(local)], 1)

    def _layer(self, i, latents, x, places):
        layer = self.m.spatial_perceiver.layers[i]
        seen = _weigh(
            layer.cross_attention, self.to_kv[i], layer.layer_norm_latents(latents), layer.layer_norm_input(x), places
        )
        latents = latents + seen
        latents = latents + layer.mlp(latents)
        y = layer.layer_norm_self(latents)
        latents = latents + _weigh(layer.self_attention, self.self_to_kv[i], y, y, None)
        return latents + layer.self_mlp(latents)


def _fused(attention):
    both = torch.cat([attention.k_proj.weight, attention.v_proj.weight], 0)
    return nn.Parameter(both.detach().clone(), requires_grad=False)


def _weigh(attention, to_kv, query, x, places):
    both = _linear(x, to_kv)
    key, value = both[..., :64], both[..., 64:]
    if places is not None:
        key, value = key + places, value + places
    return attention.o_proj(_attend(attention.q_proj(query), key, value))


class MaskDownsample(nn.Module):
    """A mask given as a prompt, at the scale of the decoder's mask input."""

    def __init__(self, model):
        super().__init__()
        self.m = model

    def forward(self, mask):
        return self.m.mask_downsample(mask)
