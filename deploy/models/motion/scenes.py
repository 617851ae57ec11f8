"""Synthetic scenes: layers with parallax before a background with depth, some of which move by themselves.

A camera that turns, travels, zooms and shakes sees them at three moments: now, one and three frames ago. The frames
are spoilt as a camera's are, then go through the features that run on real video. Labels: 0 still, 1 moves, 2 a still
thing near the camera, 255 too slow to tell.

  scenes.py FOLDER CHUNKS SAMPLES SEED [still]    writes FOLDER/SEED.x.npy and .y.npy; still: nothing moves
"""
import os
import sys
import time

import cv2
import numpy as np

import textures
from features import FLOW_HEIGHT, FLOW_WIDTH, HEIGHT, PAST, WIDTH, X, Y, CHANNELS, features
from shapes import (CANVAS_HEIGHT, CANVAS_WIDTH, MARGIN, blank, house, log_uniform, moving_shape, plume, slim_shape,
                    still_shape)

STILL, MOVES, STILL_THING, UNKNOWN = 0, 1, 2, 255
LEAST_MOTION_PIXELS = 1.5  # of a thing in three frames, to be told from one that stands still
FRAME_PIXELS = FLOW_WIDTH * FLOW_HEIGHT


class Layer:
    """A flat thing: its texture and its opacity 0..1 on a part of the canvas, and how it moves.

    nearness: inverse depth, a plane in normalised coordinates; motion(ago): its own, a 3 x 3 matrix in pixels
    """

    def __init__(self, rng, texture, mask, nearness, motion=None, label=STILL):
        blur = int(rng.choice([0, 3, 5]))
        alpha = cv2.GaussianBlur(mask, (blur, blur), 0) if blur else mask
        x, y, width, height = cv2.boundingRect(mask)
        self.is_empty = width == 0
        left, top = max(0, x - 3), max(0, y - 3)
        right, bottom = min(CANVAS_WIDTH, x + width + 3), min(CANVAS_HEIGHT, y + height + 3)
        self.texture = texture[top:bottom, left:right]
        self.alpha = alpha[top:bottom, left:right].astype(np.float32) / 255
        self.offset = (left - MARGIN, top - MARGIN)
        self.nearness, self.motion, self.label = np.asarray(nearness, float), motion, label
        self.wobble_pixels = log_uniform(rng, .2, 2) if label == MOVES and rng.random() < .35 else 0
        self.is_seen_through = False  # a shadow, a reflection, smoke: it has no label of its own


class Scene:
    def __init__(self, rng, library, has_movers=True):
        self.rng, self.library = rng, library
        self._build(has_movers)

    def _chance(self, share):
        return self.rng.random() < share

    def _log(self, low, high):
        return log_uniform(self.rng, low, high)

    def _canvas(self, low=0.5, high=1.6):
        """A part of a texture at the size of the canvas."""
        rng = self.rng
        texture = self.library[rng.integers(len(self.library))]
        zoom = max(CANVAS_WIDTH / texture.shape[1], CANVAS_HEIGHT / texture.shape[0]) * max(1.0, self._log(low, high))
        width, height = int(CANVAS_WIDTH / zoom), int(CANVAS_HEIGHT / zoom)
        x, y = rng.integers(0, texture.shape[1] - width + 1), rng.integers(0, texture.shape[0] - height + 1)
        cut = cv2.resize(texture[y:y + height, x:x + width], (CANVAS_WIDTH, CANVAS_HEIGHT),
                         interpolation=cv2.INTER_AREA if zoom < 1 else cv2.INTER_LINEAR).astype(np.float32)
        if self._chance(.5):
            cut = cut[:, ::-1]
        if self._chance(.3):
            cut = (cut - cut.mean()) * rng.uniform(.4, 1.3) + cut.mean() * rng.uniform(.7, 1.2)
        return np.ascontiguousarray(cut)

    def _noise(self, cells, amplitude, size):
        rows = max(3, int(cells * size[1] / size[0]))
        return cv2.resize(self.rng.normal(0, amplitude, (rows, cells)).astype(np.float32), size,
                          interpolation=cv2.INTER_CUBIC)

    # ---------------------------------------------------------------- what there is

    def _build(self, has_movers):
        rng = self.rng
        movers = self._movers() if has_movers else []
        main = movers[0][3] if movers else None
        in_town = self._chance(.25)
        follows = main is not None and self._chance(.4 if in_town else .55)
        self._camera(main * rng.uniform(.6, 1.15) if follows else None, 20 if in_town else 12)
        groups = [self._mover(*mover) for mover in movers]
        if in_town:
            groups += self._houses()
        if groups and movers and self._chance(.25):
            groups += self._slim_things(*movers[0][1:3], groups[0][0])
        for _ in range(int(rng.choice([0, 1, 2, 3, 5], p=[.3, .25, .2, .15, .1]))):
            nearness = self._log(.1, 1.3)
            plane = (rng.normal(0, .15) * nearness, rng.normal(0, .15) * nearness, nearness)
            layer = Layer(rng, self._canvas(), still_shape(rng), plane, None, STILL_THING)
            if not layer.is_empty:
                groups.append((nearness, [layer]))
        if self._chance(.3):
            rng.shuffle(groups)  # odd cases: any order
        else:
            groups.sort(key=lambda group: group[0])
        self.layers = [layer for _, group in groups for layer in group]
        self.nearness = self._background_nearness()
        self.background = self._background()
        self.shiver = self._shiver() if self._chance(.25) else None

    def _houses(self):
        """Near houses before far ones, of two faces each: what a drone sees that turns between them."""
        rng, groups = self.rng, []
        for _ in range(int(rng.integers(1, 6))):
            near = self._log(.08, .9)
            texture, layers = self._canvas(.8, 2.5), []
            for mask, bend, corner in house(rng, near):
                slope = bend * near * rng.uniform(.1, .9)  # the face recedes from its near corner
                at = (corner - MARGIN - FLOW_WIDTH / 2) / self.lens[0, 0]
                shaded = texture * rng.uniform(.55, 1.15)
                layer = Layer(rng, shaded, mask, (slope, 0, near - slope * at), None, STILL_THING)
                if not layer.is_empty:
                    layers.append(layer)
            if layers:
                groups.append((near, layers))
        return groups

    def _slim_things(self, x, y, nearness):
        """Poles, trunks and twigs between the camera and the thing at (x, y), which goes by behind them."""
        rng, groups = self.rng, []
        for _ in range(int(rng.integers(1, 5))):
            near = nearness * self._log(1.05, 4)
            mask = slim_shape(rng, x + MARGIN + rng.normal(0, 70), y + MARGIN)
            layer = Layer(rng, self._canvas(1, 3), mask, (0, 0, near), None, STILL_THING)
            if not layer.is_empty:
                groups.append((near, [layer]))
        return groups

    def _movers(self):
        """Area in pixels, place and velocity of each thing that moves by itself, the largest first."""
        rng = self.rng
        if self._chance(.25):  # a street from above: few pixels each
            count, far = int(rng.integers(1, 7)), True
        else:
            count, far = int(rng.choice([0, 1, 2, 3, 4], p=[.25, .4, .2, .1, .05])), False
        movers = []
        for i in range(count):
            if far:
                share = self._log(.0006, .012)
            elif i == 0:
                share = self._log(.005 if self._chance(.5) else .03, .4)
            else:
                share = self._log(.003, .15)
            spread = .16 if i == 0 and not far and self._chance(.7) else .4
            x = FLOW_WIDTH * np.clip(rng.normal(.5, spread), -.05, 1.05)
            y = FLOW_HEIGHT * np.clip(rng.normal(.52, spread), -.05, 1.05)
            speed = self._log(.4, 8) if far else self._log(.5, 20)
            heading = rng.normal(0, .4) + np.pi * rng.integers(0, 2) if self._chance(.7) else rng.uniform(0, 2 * np.pi)
            movers.append((share * FRAME_PIXELS, x, y, speed * np.array([np.cos(heading), np.sin(heading)])))
        return movers

    def _mover(self, area, x, y, velocity):
        """Its nearness and its layers."""
        rng = self.rng
        nearness = self._log(.05, 1)
        spin, growth = rng.normal(0, .025) * self._chance(.6), rng.normal(0, .015) * self._chance(.6)
        pace = {ago: 1 + rng.normal(0, .12) for ago in PAST}
        texture = self._canvas(1, 3)
        if self._chance(.25):
            texture = .3 * texture + .7 * rng.uniform(20, 230)
        parts = moving_shape(rng, x + MARGIN, y + MARGIN, area)
        layers = []
        for i, (mask, joint) in enumerate(parts):
            swing = rng.normal(0, self._log(.05, .22)) if i else 0.0

            def motion(ago, joint=joint, swing=swing):
                steps = -ago * pace[ago]
                whole = cv2.getRotationMatrix2D((x, y), np.degrees(spin * steps), float(np.exp(growth * steps)))
                whole[:, 2] += velocity * steps
                at = (float(joint[0]) - MARGIN, float(joint[1]) - MARGIN)
                part = cv2.getRotationMatrix2D(at, np.degrees(swing * steps), 1.0)
                return np.vstack([whole, [0, 0, 1]]) @ np.vstack([part, [0, 0, 1]])

            layer = Layer(rng, texture, mask, (0, 0, nearness), motion, MOVES)
            if not layer.is_empty:
                layers.append(layer)
        side = np.sqrt(area)
        if layers and self._motion_pixels(layers, x, y, side) <= LEAST_MOTION_PIXELS:
            for layer in layers:
                layer.label = UNKNOWN
        behind = self._companions(layers, parts, x + MARGIN, y + MARGIN, side, nearness)
        if layers and self._chance(.18):
            smoke = self._smoke(x, y, velocity, side, nearness)
            if self._chance(.25) and smoke:
                smoke[0].alpha = smoke[0].alpha * .5
                return nearness, behind + layers + smoke
            behind += smoke
        return nearness, behind + layers

    @staticmethod
    def _motion_pixels(layers, x, y, side):
        corners = np.array([[x + i * side * .4, y + j * side * .4, 1] for i in (-1, 1) for j in (-1, 1)]).T
        return np.mean([np.linalg.norm((layer.motion(3) @ corners - corners)[:2], axis=0).mean() for layer in layers])

    def _companions(self, layers, parts, x, y, side, nearness):
        """What moves with a thing and is no part of it: its shadow, its reflection, its smoke."""
        rng, found = self.rng, []
        if not layers:
            return found

        def add(texture, mask, opacity, blur, wobble):
            layer = Layer(rng, texture, cv2.GaussianBlur(mask, (0, 0), blur), (0, 0, nearness), layers[0].motion)
            if not layer.is_empty:
                layer.alpha, layer.wobble_pixels, layer.is_seen_through = layer.alpha * opacity, wobble, True
                found.append(layer)

        if self._chance(.5):
            mask = blank()
            place = (int(x + rng.normal(0, side * .5)), int(y + side * rng.uniform(.45, .8)))
            axes = (int(side * rng.uniform(.4, .9)) + 1, int(side * rng.uniform(.08, .25)) + 1)
            cv2.ellipse(mask, place, axes, rng.normal(0, 8), 0, 360, 255, -1)
            dark = np.full((CANVAS_HEIGHT, CANVAS_WIDTH), rng.uniform(0, 60), np.float32)
            add(dark, mask, rng.uniform(.3, .8), rng.uniform(.5, 4), 0)
        if self._chance(.22):
            mask = np.max([part for part, _ in parts], 0)
            rows = np.flatnonzero(mask.any(1))
            if len(rows):
                move = np.float32([[1, 0, 0], [0, 1, 2 * int(rows[-1]) - CANVAS_HEIGHT]])
                flipped = cv2.warpAffine(np.ascontiguousarray(mask[::-1]), move, (CANVAS_WIDTH, CANVAS_HEIGHT))
                whole = np.zeros((CANVAS_HEIGHT, CANVAS_WIDTH), np.float32)
                left, top = layers[0].offset[0] + MARGIN, layers[0].offset[1] + MARGIN
                height, width = layers[0].texture.shape
                whole[top:top + height, left:left + width] = layers[0].texture
                whole = cv2.warpAffine(np.ascontiguousarray(whole[::-1]), move, (CANVAS_WIDTH, CANVAS_HEIGHT))
                add(whole * rng.uniform(.5, 1.1), flipped, rng.uniform(.25, .9), rng.uniform(.5, 3), self._log(.5, 2.5))
        return found

    def _smoke(self, x, y, velocity, side, nearness):
        """Smoke, dust or spray that a thing leaves behind: it drifts and swells by itself, and is no object."""
        rng = self.rng
        drift = velocity * rng.uniform(-.1, .6) + rng.normal(0, .6, 2)
        growth, turn = abs(rng.normal(0, .03)), rng.normal(0, .03)
        mask = plume(rng, x + MARGIN, y + MARGIN, -velocity, side)

        def motion(ago):
            whole = cv2.getRotationMatrix2D((x, y), np.degrees(-turn * ago), float(np.exp(-growth * ago)))
            whole[:, 2] -= drift * ago
            return np.vstack([whole, [0, 0, 1]])

        clouds = cv2.GaussianBlur(self._canvas(1, 3), (0, 0), self._log(1, 8))
        clouds = (clouds - clouds.mean()) * rng.uniform(.2, .9) + rng.uniform(90, 235)
        layer = Layer(rng, clouds, cv2.GaussianBlur(mask, (0, 0), side * .08 + 1), (0, 0, nearness), motion)
        layer.alpha, layer.wobble_pixels, layer.is_seen_through = layer.alpha * rng.uniform(.3, 1), self._log(.5, 4), True
        return [] if layer.is_empty else [layer]

    def _background_nearness(self):
        """Inverse depth of each cell: a plain, a street between walls, or hills; with bumps and steps."""
        rng = self.rng
        near = np.full((HEIGHT, WIDTH), rng.uniform(0, .35), np.float32)
        horizon = rng.uniform(.1, .8) * HEIGHT
        if self._chance(.65):
            near += np.clip((Y - horizon) / HEIGHT, 0, None) * rng.uniform(.3, 1.6)
        if self._chance(.35):  # walls on either side, which begin and end
            vanishing = rng.uniform(.2, .8) * WIDTH
            for side in (-1, 1):
                wall = np.clip(side * (X - vanishing) / WIDTH - rng.uniform(0, .3), 0, None) * rng.uniform(.3, 1.8)
                top = horizon - rng.uniform(.05, .9) * HEIGHT
                step = int(rng.integers(20, 120))
                blocks = (np.floor((X + rng.integers(0, step)) / step) % 4 != 0) if self._chance(.6) else np.True_
                near = np.maximum(near, wall * blocks * (Y > top))
        if self._chance(.6):
            near += np.abs(self._noise(int(rng.integers(4, 12)), rng.uniform(.05, .25), (WIDTH, HEIGHT)))
        for _ in range(int(rng.integers(0, 5))):
            mask = np.zeros((HEIGHT, WIDTH), np.float32)
            place = (int(rng.uniform(0, WIDTH)), int(rng.uniform(0, HEIGHT)))
            if self._chance(.5):
                axes = (int(self._log(6, 60)), int(self._log(6, 60)))
                cv2.ellipse(mask, place, axes, rng.uniform(0, 180), 0, 360, 1, -1)
            else:
                box = (place, (self._log(6, 100), self._log(6, 100)), rng.normal(0, 15))
                cv2.fillPoly(mask, [cv2.boxPoints(box).astype(np.int32)], 1)
            near += cv2.GaussianBlur(mask, (0, 0), self._log(.6, 5)) * rng.uniform(.05, .6)
        return np.clip(near, 0, 1.6).astype(np.float32)

    def _background(self):
        rng = self.rng
        image = self._canvas()
        if self._chance(.1):
            image = cv2.GaussianBlur(image, (0, 0), self._log(1, 6))
        if self._chance(.45):  # bare regions, where flow has nothing to hold on to: asphalt, sky, walls
            mask = np.zeros((CANVAS_HEIGHT, CANVAS_WIDTH), np.float32)
            kind = rng.integers(0, 3)
            if kind == 0:
                mask[:] = 1
            elif kind == 1:
                mask[int(rng.uniform(.3, .7) * CANVAS_HEIGHT):] = 1
            else:
                place = (int(rng.uniform(0, CANVAS_WIDTH)), int(rng.uniform(0, CANVAS_HEIGHT)))
                cv2.ellipse(mask, place, (int(rng.uniform(60, 250)), int(rng.uniform(50, 150))), 0, 0, 360, 1, -1)
            mask = cv2.GaussianBlur(mask, (0, 0), 6) * rng.uniform(.7, 1)
            small = cv2.resize(image, (CANVAS_WIDTH // 16, CANVAS_HEIGHT // 16), interpolation=cv2.INTER_AREA)
            small = cv2.GaussianBlur(small, (0, 0), self._log(.7, 4))
            bare = cv2.resize(small, (CANVAS_WIDTH, CANVAS_HEIGHT), interpolation=cv2.INTER_CUBIC)
            image = image + mask * (bare - image)
        return image

    def _shiver(self):
        """Water or foliage: a region of the background that moves to and fro, and is no object."""
        rng = self.rng
        mask = np.zeros((HEIGHT, WIDTH), np.float32)
        if self._chance(.5):
            mask[int(rng.uniform(.2, .8) * HEIGHT):] = 1
        else:
            place = (int(rng.uniform(0, WIDTH)), int(rng.uniform(0, HEIGHT)))
            axes = (int(rng.uniform(15, 70)), int(rng.uniform(15, 50)))
            cv2.ellipse(mask, place, axes, rng.uniform(0, 180), 0, 360, 1, -1)
        return cv2.GaussianBlur(mask, (0, 0), 3), self._log(.3, 2.5), int(rng.integers(8, 30))

    # ---------------------------------------------------------------- how it is seen

    def _camera(self, followed, most_pixels):
        """Draws how the camera moves; `followed`: the velocity in pixels that it turns after, or None; `most_pixels`:
        by which it turns from frame to frame."""
        rng = self.rng
        focal = FLOW_WIDTH * rng.uniform(.7, 1.6)
        self.lens = np.array([[focal, 0, FLOW_WIDTH / 2], [0, focal, FLOW_HEIGHT / 2], [0, 0, 1.0]])
        self.from_lens = np.linalg.inv(self.lens)
        stands = self._chance(.12)
        turn = np.zeros(3)
        if followed is not None:
            turn = np.array([followed[1], -followed[0], rng.normal(0, .003) * focal])
        elif not stands and self._chance(.85):
            signs = rng.choice([-1, 1], 2)
            turn = np.array([self._log(.1, 5) * signs[0], self._log(.1, most_pixels) * signs[1], rng.normal(0, .004) * focal])
        travel = np.zeros(3)
        if not stands and self._chance(.88):
            heading = rng.normal(0, 1, 3) * [1, .25, 2 * rng.choice([.2, 1, 3])]
            travel = heading / np.linalg.norm(heading) * self._log(.3, 16) / focal
        zoom = rng.normal(0, .01) if self._chance(.1) and not stands else 0.0
        shake = 0.0 if stands or self._chance(.6) else self._log(.2, 2.5) / focal
        self.poses = {}
        for ago in PAST:
            steps = -ago * (1 + rng.normal(0, .15))
            rotation = cv2.Rodrigues(turn / focal * steps + rng.normal(0, 1, 3) * shake * [1, 1, .3])[0]
            way = travel * steps
            way[2] = np.clip(way[2], -.35, .35)
            self.poses[ago] = (rotation, way, 1 + zoom * steps)

    def _plane(self, ago, nearness):
        """Pixels now to pixels `ago` for a plane of this nearness."""
        rotation, way, zoom = self.poses[ago]
        return self.lens @ np.diag([zoom, zoom, 1]) @ (rotation + np.outer(way, nearness)) @ self.from_lens

    def _background_ago(self, ago):
        """The background as it was seen then: the map from now to then, inverted by fixed-point iteration."""
        rotation, way, zoom = self.poses[ago]
        h = (self.lens @ np.diag([zoom, zoom, 1]) @ rotation @ self.from_lens).astype(np.float32)
        shift = (self.lens @ (way * [zoom, zoom, 1])).astype(np.float32)
        to_x, to_y = 2 * X + .5, 2 * Y + .5
        x, y, near = to_x, to_y, self.nearness
        for i in range(4):
            if i:
                near = cv2.remap(self.nearness, (x - .5) / 2, (y - .5) / 2, cv2.INTER_LINEAR,
                                 borderMode=cv2.BORDER_REPLICATE)
            depth = h[2, 0] * x + h[2, 1] * y + h[2, 2] + shift[2] * near
            x = x + to_x - (h[0, 0] * x + h[0, 1] * y + h[0, 2] + shift[0] * near) / depth
            y = y + to_y - (h[1, 0] * x + h[1, 1] * y + h[1, 2] + shift[1] * near) / depth
        self.drift = np.array([np.mean(x - to_x), np.mean(y - to_y)]) / ago
        if self.shiver:
            mask, amplitude, cells = self.shiver
            x = x + mask * self._noise(cells, amplitude, (WIDTH, HEIGHT))
            y = y + mask * self._noise(cells, amplitude, (WIDTH, HEIGHT))
        map_x = cv2.resize((x + MARGIN).astype(np.float32), (FLOW_WIDTH, FLOW_HEIGHT))
        map_y = cv2.resize((y + MARGIN).astype(np.float32), (FLOW_WIDTH, FLOW_HEIGHT))
        return cv2.remap(self.background, map_x, map_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)

    def _placed(self, layer, ago):
        """The layer as it was seen then: left, top, texture and opacity; None where it is not in the frame."""
        whole = np.eye(3) if ago == 0 else self._plane(ago, layer.nearness)
        if ago and layer.motion:
            whole = whole @ layer.motion(ago)
        x, y = layer.offset
        height, width = layer.alpha.shape
        corners = whole @ np.array([[x, x + width, x, x + width], [y, y, y + height, y + height], [1, 1, 1, 1.0]])
        if np.any(corners[2] < .2):
            return None
        corners = corners[:2] / corners[2]
        left, top = np.maximum(np.floor(corners.min(1)).astype(int) - 1, 0)
        right, bottom = np.minimum(np.ceil(corners.max(1)).astype(int) + 2, [FLOW_WIDTH, FLOW_HEIGHT])
        if right - left < 2 or bottom - top < 2:
            return None
        size = (int(right - left), int(bottom - top))
        to_window, from_layer = np.eye(3), np.eye(3)
        to_window[:2, 2], from_layer[:2, 2] = (-left, -top), (x, y)
        m = to_window @ whole @ from_layer
        if not (layer.wobble_pixels and ago):
            texture = cv2.warpPerspective(layer.texture, m, size, flags=cv2.INTER_LINEAR,
                                          borderMode=cv2.BORDER_REPLICATE)
            return left, top, texture, cv2.warpPerspective(layer.alpha, m, size, flags=cv2.INTER_LINEAR)
        back = np.linalg.inv(m)
        gx, gy = np.meshgrid(np.arange(size[0], dtype=np.float32), np.arange(size[1], dtype=np.float32))
        depth = back[2, 0] * gx + back[2, 1] * gy + back[2, 2]
        map_x = (back[0, 0] * gx + back[0, 1] * gy + back[0, 2]) / depth + self._noise(5, layer.wobble_pixels, size)
        map_y = (back[1, 0] * gx + back[1, 1] * gy + back[1, 2]) / depth + self._noise(5, layer.wobble_pixels, size)
        map_x, map_y = map_x.astype(np.float32), map_y.astype(np.float32)
        texture = cv2.remap(layer.texture, map_x, map_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        return left, top, texture, cv2.remap(layer.alpha, map_x, map_y, cv2.INTER_LINEAR)

    def _render(self, ago, label=None):
        """Grey floats; writes the labels into `label` where it is given."""
        if ago:
            image = self._background_ago(ago)
        else:
            image = self.background[MARGIN:MARGIN + FLOW_HEIGHT, MARGIN:MARGIN + FLOW_WIDTH].copy()
        for layer in self.layers:
            placed = self._placed(layer, ago)
            if placed is None:
                continue
            left, top, texture, alpha = placed
            height, width = alpha.shape
            window = image[top:top + height, left:left + width]
            window += alpha * (texture - window)
            if label is not None and not layer.is_seen_through:
                label[top:top + height, left:left + width][alpha > .5] = layer.label
        return image

    def _camera_faults(self, images):
        """Motion blur, soft lens, exposure, noise and compression, alike in the three frames."""
        rng = self.rng
        blur = self._log(.4, 1.6) if self._chance(.4) else 0
        noise = self._log(.3, 6) if self._chance(.6) else 0
        quality = int(rng.integers(55, 96)) if self._chance(.4) else 0
        gains = rng.normal(1, .03, len(images)) if self._chance(.3) else np.ones(len(images))
        length = np.linalg.norm(self.drift) * (rng.uniform(.3, .9) if self._chance(.3) else 0)
        base, spoilt = rng.uniform(.7, 1.15), []
        for image, gain in zip(images, gains):
            if 2 < length < 25:
                kernel = np.zeros((int(length) | 1,) * 2, np.float32)
                middle, half = kernel.shape[0] // 2, self.drift / np.linalg.norm(self.drift) * length / 2
                ends = [(int(round(middle + s * half[0])), int(round(middle + s * half[1]))) for s in (-1, 1)]
                cv2.line(kernel, *ends, 1.0)
                image = cv2.filter2D(image, -1, kernel / max(kernel.sum(), 1))
            if blur:
                image = cv2.GaussianBlur(image, (0, 0), blur)
            image = image * (base * gain)
            if noise:
                image = image + rng.standard_normal(image.shape, np.float32) * noise
            image = np.clip(image, 0, 255).astype(np.uint8)
            if quality:
                image = cv2.imdecode(cv2.imencode('.jpg', image, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], 0)
            spoilt.append(image)
        return spoilt

    def sample(self):
        """The three frames, now first, and the label of each cell."""
        label = np.zeros((FLOW_HEIGHT, FLOW_WIDTH), np.uint8)
        past = [self._render(ago) for ago in PAST]
        frames = self._camera_faults([self._render(0, label)] + past)
        share = lambda value: cv2.resize((label == value).astype(np.float32), (WIDTH, HEIGHT),
                                         interpolation=cv2.INTER_AREA)
        cells = np.where(share(STILL_THING) > .5, STILL_THING, STILL)
        cells[share(MOVES) > .5] = MOVES
        cells[share(UNKNOWN) > .3] = UNKNOWN
        return frames, cells.astype(np.uint8)


def chunk(seed, count, library, has_movers):
    rng = np.random.default_rng(seed)
    x, y = np.empty((count, CHANNELS, HEIGHT, WIDTH), np.int8), np.empty((count, HEIGHT, WIDTH), np.uint8)
    for i in range(count):
        frames, y[i] = Scene(rng, library, has_movers).sample()
        x[i] = features(*frames)
    return x, y


def main():
    folder, chunks, count, first = sys.argv[1], *(int(argument) for argument in sys.argv[2:5])
    os.makedirs(folder, exist_ok=True)
    for seed in range(first, first + chunks):
        begun = time.time()
        x, y = chunk(seed, count, textures.library(seed, 120), 'still' not in sys.argv)
        np.save(f'{folder}/{seed}.x.npy', x)
        np.save(f'{folder}/{seed}.y.npy', y)
        print(f'{seed}: {(time.time() - begun) / count * 1e3:.1f} ms a sample, {(y == MOVES).mean():.3f} moves',
              flush=True)


if __name__ == '__main__':
    main()
