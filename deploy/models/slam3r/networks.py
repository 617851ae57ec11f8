"""SLAM3R's two networks, defined anew from their published description (Liu, Dong et al. 2025, arXiv 2412.09401; the
attention is that of DUSt3R and CroCo). Parameters carry the names of the publisher's checkpoints.

I2P makes points of a window of pictures in one picture's axes; L2W moves such points into the world's axes by frames that
are there already. Tokens are `[views, S, width]`, row by row; S is (side / 16)².
"""

import math
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import nn

PATCH = 16
HEAD = 64  # channels of a head of attention
EPSILON = 1e-6
CORRELATION_EPSILON = 1e-5
CHANNELS = 4  # of a pixel: three of its point, one of its confidence


@dataclass(frozen=True)
class Size:
    """The published size by default."""

    side: int = 224
    encoder_width: int = 1024
    encoder_layers: int = 24
    width: int = 768
    layers: int = 12

    @property
    def tokens(self):
        return (self.side // PATCH) ** 2


PUBLISHED = Size()
TINY = Size(side=64, encoder_width=192, encoder_layers=2, width=128, layers=3)  # for tests


class Positions(nn.Module):
    """Turns queries and keys: of a head's channels the first half by the token's row, the second by its column."""

    def __init__(self, size: Size):
        super().__init__()
        rows = size.side // PATCH
        quarter = HEAD // 4
        speed = 100.0 ** (-torch.arange(quarter, dtype=torch.float64) / quarter)
        row, column = torch.meshgrid(torch.arange(rows), torch.arange(rows), indexing="ij")
        angles = [place.reshape(-1, 1).double() * speed for place in (row, column)]
        cos = torch.cat([angle.cos() for angle in angles for _ in range(2)], 1)
        sin = torch.cat([sign * angle.sin() for angle in angles for sign in (-1, 1)], 1)
        self.register_buffer("cos", cos.float(), persistent=False)
        self.register_buffer("sin", sin.float(), persistent=False)

    def forward(self, x):
        n = HEAD // 4
        partners = torch.cat([x[..., n : 2 * n], x[..., :n], x[..., 3 * n :], x[..., 2 * n : 3 * n]], -1)
        return x * self.cos + partners * self.sin


def heads(x):
    """[views, S, width] as [views, heads, S, HEAD]."""
    return x.reshape(x.shape[0], x.shape[1], -1, HEAD).transpose(1, 2)


def attended(q, k, v):
    weights = torch.softmax(q @ k.transpose(-1, -2) / math.sqrt(HEAD), -1)
    return (weights @ v).transpose(-2, -3).flatten(-2)


class Attention(nn.Module):
    def __init__(self, width, positions):
        super().__init__()
        self.qkv, self.proj = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.positions = [positions]  # not a part: the tables belong to the network

    def forward(self, x):
        width, all_three = x.shape[-1], self.qkv(x)
        q, k, v = (heads(all_three[..., i * width : (i + 1) * width]) for i in range(3))
        turn = self.positions[0]
        return self.proj(attended(turn(q), turn(k), v))


class CrossAttention(nn.Module):
    """Each view of `x` looks at each view of `other` apart; of what it sees, the greatest, channel by channel."""

    def __init__(self, width, positions):
        super().__init__()
        self.projq, self.projk, self.projv = (nn.Linear(width, width) for _ in range(3))
        self.proj = nn.Linear(width, width)
        self.positions = [positions]

    def forward(self, x, other):
        turn = self.positions[0]
        q = turn(heads(self.projq(x))).unsqueeze(1)
        k = turn(heads(self.projk(other))).unsqueeze(0)
        v = heads(self.projv(other)).unsqueeze(0)
        return self.proj(attended(q, k, v)).amax(1)


class Mlp(nn.Module):
    def __init__(self, width, hidden=None, out=None):
        super().__init__()
        hidden = hidden or 4 * width
        self.fc1, self.fc2 = nn.Linear(width, hidden), nn.Linear(hidden, out or width)

    def forward(self, x):
        return self.fc2(F.gelu(self.fc1(x)))


class EncoderLayer(nn.Module):
    def __init__(self, width, positions):
        super().__init__()
        self.norm1, self.norm2 = (nn.LayerNorm(width, EPSILON) for _ in range(2))
        self.attn, self.mlp = Attention(width, positions), Mlp(width)

    def forward(self, x):
        x = x + self.attn(self.norm1(x))
        return x + self.mlp(self.norm2(x))


class DecoderLayer(nn.Module):
    def __init__(self, width, positions):
        super().__init__()
        self.norm1, self.norm2, self.norm3, self.norm_y = (nn.LayerNorm(width, EPSILON) for _ in range(4))
        self.attn, self.cross_attn = Attention(width, positions), CrossAttention(width, positions)
        self.mlp = Mlp(width)

    def forward(self, x, other):
        x = x + self.attn(self.norm1(x))
        x = x + self.cross_attn(self.norm2(x), self.norm_y(other))
        return x + self.mlp(self.norm3(x))


class Projection(nn.Module):
    def __init__(self, width, out):
        super().__init__()
        self.proj = nn.Linear(width, out)


class Patches(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.proj = nn.Conv2d(3, width, PATCH, PATCH)


class Network(nn.Module):
    """What both have. `mv_dec_blocks1` are the layers of the side whose axes count."""

    def __init__(self, size: Size):
        super().__init__()
        self.size = size
        self.turn = Positions(size)
        self.enc_norm = nn.LayerNorm(size.encoder_width, EPSILON)
        self.decoder_embed = nn.Linear(size.encoder_width, size.width)
        self.mv_dec_blocks1, self.mv_dec_blocks2 = (
            nn.ModuleList(DecoderLayer(size.width, self.turn) for _ in range(size.layers)) for _ in range(2)
        )
        self.dec_norm = nn.LayerNorm(size.width, EPSILON)
        self.downstream_head1, self.downstream_head2 = (
            Projection(size.width, CHANNELS * PATCH * PATCH) for _ in range(2)
        )

    def embedded(self, encoded):
        return self.decoder_embed(self.enc_norm(encoded))

    def read(self, head, x):
        """Points [views, side, side, 3] and confidences [views, side, side] of a side's last state."""
        rows = self.size.side // PATCH
        x = head.proj(self.dec_norm(x)).reshape(-1, rows, rows, CHANNELS, PATCH, PATCH)
        x = x.permute(0, 1, 4, 2, 5, 3).reshape(-1, self.size.side, self.size.side, CHANNELS)
        v, confidence = x[..., :3], x[..., 3]
        length = torch.sqrt((v * v).sum(-1, keepdim=True))
        points = v / length.clamp(min=1e-8) * (torch.exp(length) - 1)
        return points, 1 + torch.exp(confidence)


class ImagesToPoints(Network):
    """I2P, with the encoder that both use."""

    def __init__(self, size: Size = PUBLISHED):
        super().__init__(size)
        self.patch_embed = Patches(size.encoder_width)
        self.enc_blocks = nn.ModuleList(EncoderLayer(size.encoder_width, self.turn) for _ in range(size.encoder_layers))
        self.corr_score_norm = nn.LayerNorm(size.width, CORRELATION_EPSILON)
        self.corr_score_proj = Mlp(size.width, size.width, 1)

    def encoded(self, picture):
        x = picture.permute(0, 3, 1, 2).float() / 127.5 - 1
        x = self.patch_embed.proj(x).flatten(2).transpose(1, 2)
        for layer in self.enc_blocks:
            x = layer(x)
        return x

    def decoded(self, keyframe, others, with_others: bool):
        """The last states of both sides; of the others that before the last layer, unless it is wanted."""
        last = len(self.mv_dec_blocks1) - 1
        for i, (first, second) in enumerate(zip(self.mv_dec_blocks1, self.mv_dec_blocks2)):
            turned = first(keyframe, others)
            if i < last or with_others:
                others = second(others, keyframe)
            keyframe = turned
        return keyframe, others

    def correlation(self, new, scene):
        first = self.mv_dec_blocks1[0](new, scene)
        scene = self.mv_dec_blocks2[0](scene, new)
        scene = self.mv_dec_blocks2[1](scene, first)
        return (1 + torch.exp(self.corr_score_proj(self.corr_score_norm(scene)))).mean((1, 2))


class LocalToWorld(Network):
    """L2W, without the encoder."""

    def __init__(self, size: Size = PUBLISHED):
        super().__init__(size)
        self.ponit_embedder = nn.Conv2d(3, size.width, PATCH, PATCH)

    def point_tokens(self, points):
        return self.ponit_embedder(points.permute(0, 3, 1, 2)).flatten(2).transpose(1, 2)

    def registered(self, scene, scene_points, new, new_points):
        """Points and confidences of the new frames."""
        scene_tokens, new_tokens = self.point_tokens(scene_points), self.point_tokens(new_points)
        last = len(self.mv_dec_blocks1) - 1
        for i, (first, second) in enumerate(zip(self.mv_dec_blocks1, self.mv_dec_blocks2)):
            scene, new = scene + scene_tokens, new + new_tokens
            moved = second(new, scene)
            if i < last:
                scene = first(scene, new)
            new = moved
        return self.read(self.downstream_head2, new)
