"""The five graphs, as modules to export. Inputs and outputs: docs/slam3r.md."""

import torch
from networks import ImagesToPoints, LocalToWorld
from torch import nn


class Encoder(nn.Module):
    def __init__(self, i2p: ImagesToPoints, l2w: LocalToWorld):
        super().__init__()
        self.i2p, self.l2w = i2p, l2w

    def forward(self, picture):
        encoded = self.i2p.encoded(picture)
        return self.i2p.embedded(encoded), self.l2w.embedded(encoded)


class Window(nn.Module):
    def __init__(self, i2p: ImagesToPoints, l2w: LocalToWorld):
        super().__init__()
        self.i2p = i2p

    def forward(self, keyframe, others):
        first, second = self.i2p.decoded(keyframe, others, True)
        first, second = self.i2p.read(self.i2p.downstream_head1, first), self.i2p.read(self.i2p.downstream_head2, second)
        return torch.cat([first[0], second[0]]), torch.cat([first[1], second[1]])


class Keyframe(nn.Module):
    def __init__(self, i2p: ImagesToPoints, l2w: LocalToWorld):
        super().__init__()
        self.i2p = i2p

    def forward(self, keyframe, others):
        return self.i2p.read(self.i2p.downstream_head1, self.i2p.decoded(keyframe, others, False)[0])


class Retrieval(nn.Module):
    def __init__(self, i2p: ImagesToPoints, l2w: LocalToWorld):
        super().__init__()
        self.i2p = i2p

    def forward(self, new, scene):
        return self.i2p.correlation(new, scene)


class Registration(nn.Module):
    def __init__(self, i2p: ImagesToPoints, l2w: LocalToWorld):
        super().__init__()
        self.l2w = l2w

    def forward(self, scene, scene_points, new, new_points):
        return self.l2w.registered(scene, scene_points, new, new_points)
