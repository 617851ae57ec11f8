"""The motion network, a small U-Net: features CHANNELS x 112 x 192 (in units, see features.py) to a logit per cell.

It adds the coordinates of each cell itself, and at its narrowest place what the whole frame looks like: how the
camera moves, how large the errors are.
"""
import torch
import torch.nn as nn
import torch.nn.functional as F

from features import CHANNELS, HEIGHT, WIDTH


def convolution(inputs, outputs, side=3, stride=1):
    return nn.Sequential(nn.Conv2d(inputs, outputs, side, stride, side // 2, bias=False), nn.BatchNorm2d(outputs),
                         nn.ReLU(inplace=True))


def grown(x):
    return F.interpolate(x, scale_factor=2, mode='bilinear', align_corners=False)


class Residual(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.first = convolution(channels, channels)
        self.second = nn.Sequential(nn.Conv2d(channels, channels, 3, 1, 1, bias=False), nn.BatchNorm2d(channels))

    def forward(self, x):
        return F.relu(x + self.second(self.first(x)))


class WholeFrame(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(channels, channels // 2), nn.ReLU(inplace=True),
                                    nn.Linear(channels // 2, channels))

    def forward(self, x):
        return F.relu(x + self.layers(x.mean((2, 3)))[:, :, None, None])


class MotionNet(nn.Module):
    def __init__(self, widths=(16, 32, 56, 80)):
        super().__init__()
        a, b, c, d = widths
        self.down1 = convolution(CHANNELS + 2, a, 3, 2)
        self.down2 = nn.Sequential(convolution(a, b, 3, 2), Residual(b))
        self.down3 = nn.Sequential(convolution(b, c, 3, 2), Residual(c))
        self.down4 = nn.Sequential(convolution(c, d, 3, 2), WholeFrame(d), Residual(d), WholeFrame(d))
        self.narrow3, self.up3 = convolution(d, c, 1), Residual(c)
        self.narrow2, self.up2 = convolution(c, b, 1), Residual(b)
        self.narrow1, self.up1 = convolution(b, a, 1), convolution(2 * a, 24)
        self.out = nn.Conv2d(24, 4, 3, 1, 1)
        y, x = torch.meshgrid(torch.linspace(-1, 1, HEIGHT), torch.linspace(-1, 1, WIDTH), indexing='ij')
        self.register_buffer('coordinates', torch.stack([x, y])[None])

    def forward(self, features):
        x = torch.cat([features, self.coordinates.expand(features.shape[0], -1, -1, -1)], 1)
        a = self.down1(x)
        b = self.down2(a)
        c = self.down3(b)
        d = self.down4(c)
        c = self.up3(c + grown(self.narrow3(d)))
        b = self.up2(b + grown(self.narrow2(c)))
        a = self.up1(torch.cat([a, grown(self.narrow1(b))], 1))
        return F.pixel_shuffle(self.out(a), 2)
