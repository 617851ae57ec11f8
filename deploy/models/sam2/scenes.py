"""The made-up scenes of the goldens: their pictures, in whole numbers so that Java draws the same (`GoldenScene`), and
what happens in them."""

import dataclasses

import numpy as np

# Each colour is blue, green, red; centre and way in 64ths of the width and height, radius in 64ths of the height.
DISCS = (
    ((230, 60, 40), (14, 18), (1, 1), 9),
    ((40, 200, 90), (44, 20), (-1, 1), 11),
    ((50, 80, 220), (30, 46), (1, -1), 7),
)


def _short(at):
    """Square: objects come and go, two pictures are dark."""
    return {
        0: {"prompts": {
            "1": {"points": at((14, 18)), "labels": [1]},
            "2": {"points": at((32, 10), (57, 30)), "labels": [2, 3]},
            "3": {"points": at((30, 46), (10, 10), (31, 44)), "labels": [1, 0, 1]},
        }},
        2: {"prompts": {"4": {"mask": 1}}},
        4: {"prompts": {"1": {"points": at((18, 22), (4, 60)), "labels": [1, 0]}}},
        5: {"prompts": {"2": {"points": at((39, 25)), "labels": [1]}}},
        6: {"dark": True},
        7: {"dark": True},
        9: {"remove": [3, 4]},
        10: {"remove": [2]},
    }


def _long(at):
    """Wide: an object prompted in five pictures, in one of them twice, then followed until the pointers of all but the
    first have left; one by a box and a click, one by two masks."""
    return {
        0: {"prompts": {
            "1": {"points": at((14, 18)), "labels": [1]},
            "2": {"points": at((32, 10), (57, 30)), "labels": [2, 3]},
        }},
        2: {"prompts": {"3": {"mask": 2}}},
        3: {"prompts": {"1": {"points": at((17, 21), (4, 60)), "labels": [1, 0]}}},
        4: {"prompts": {"2": {"points": at((40, 24)), "labels": [1]}}},
        5: {"prompts": {"1": {"points": at((12, 13), (26, 33)), "labels": [2, 3]}}},
        6: {"prompts": {"3": {"mask": 2}}},
        8: {"prompts": {"1": {"points": at((22, 26)), "labels": [1]}},
            "more": {"1": {"points": at((44, 8)), "labels": [0]}}},
        10: {"prompts": {"1": {"points": at((50, 50)), "labels": [0]}}},
        20: {"dark": True},
        21: {"dark": True},
        26: {"remove": [2]},
    }


# Events, width and height in sizes of the model, pictures, rule of corrections.
SCENES = {
    "short": (_short, (1, 1), 11, "conditioning"),
    "long": (_long, (1.25, 0.703125), 30, "publisher"),
}


@dataclasses.dataclass(frozen=True)
class Scene:
    """Prompts by object, in pixels of the picture; `more` are a second round in the same picture; objects that go."""

    width: int
    height: int
    pictures: int
    corrections: str
    events: dict

    @staticmethod
    def of(name: str, size: int, pictures: int | None):
        events, (across, down), all_pictures, corrections = SCENES[name]
        width, height, pictures = int(across * size), int(down * size), pictures or all_pictures

        def at(*pairs):
            return [[x * width // 64, y * height // 64] for x, y in pairs]

        kept = {str(time): event for time, event in events(at).items() if time < pictures}
        return Scene(width, height, pictures, corrections, kept)

    def event(self, time: int):
        return self.events.get(str(time), {})

    def picture(self, time: int) -> np.ndarray:
        """height × width × 3, blue, green, red: a board of squares that drifts, and three discs."""
        result = np.zeros((self.height, self.width, 3), np.uint8)
        if self.event(time).get("dark", False):
            return result
        y, x = np.mgrid[0 : self.height, 0 : self.width]
        board = ((x + 3 * time) * 32 // self.width + y * 24 // self.height) % 2
        for channel in range(3):
            result[..., channel] = 50 + 20 * channel + 60 * board + (x * 40 // self.width)
        for disc, (colour, *_) in enumerate(DISCS):
            inside = self.mask(time, disc)
            for channel in range(3):
                shade = ((x ^ y) >> 2) & 31
                result[..., channel] = np.where(inside, colour[channel] - shade, result[..., channel])
        return result

    def mask(self, time: int, disc: int) -> np.ndarray:
        """height × width: where the disc is."""
        y, x = np.mgrid[0 : self.height, 0 : self.width]
        _, (cx, cy), (dx, dy), radius = DISCS[disc]
        across = x - (cx + dx * time) * self.width // 64
        down = y - (cy + dy * time) * self.height // 64
        return across * across + down * down < (radius * self.height // 64) ** 2
