"""Textures by formula: no photograph, nobody's rights. Dead leaves, fractal noise, masonry, foliage, bare ground."""
import cv2
import numpy as np

WIDTH, HEIGHT = 640, 448


def _spread(image, low, high):
    least, most = np.percentile(image, [1, 99])
    return np.clip((image - least) / max(most - least, 1e-6), -0.1, 1.1) * (high - low) + low


def fractal(rng, roughness):
    """Noise whose amplitude falls with frequency to the power of `roughness`, 0..1."""
    spectrum = np.fft.rfft2(rng.standard_normal((HEIGHT, WIDTH)).astype(np.float32))
    fy, fx = np.fft.fftfreq(HEIGHT)[:, None] * HEIGHT, np.fft.rfftfreq(WIDTH)[None] * WIDTH
    stretch = np.exp(rng.normal(0, 0.4))
    spectrum /= np.maximum(np.hypot(fx * stretch, fy / stretch), 1) ** roughness
    return _spread(np.fft.irfft2(spectrum, (HEIGHT, WIDTH)), 0, 1).astype(np.float32)


def leaves(rng):
    """Shapes of all sizes that hide one another, each with a grey, a shading and a grain: edges as in photographs."""
    image = np.full((HEIGHT, WIDTH), rng.uniform(0.2, 0.8), np.float32)
    grain = fractal(rng, rng.uniform(0.4, 1.2)) - 0.5
    shading = fractal(rng, 2.0) - 0.5
    count, least = int(rng.integers(60, 700)), rng.uniform(3, 12)
    for _ in range(count):
        radius = min(least / np.sqrt(rng.uniform(0.001, 1)), 160)
        place = (int(rng.integers(0, WIDTH)), int(rng.integers(0, HEIGHT)))
        axes = (max(1, int(radius * rng.uniform(0.4, 1.4))), max(1, int(radius * rng.uniform(0.4, 1.4))))
        colour = float(np.clip(rng.normal(0.5, 0.25), 0, 1))
        if rng.random() < 0.5:
            cv2.ellipse(image, place, axes, rng.uniform(0, 180), 0, 360, colour, -1, cv2.LINE_AA)
        else:
            angle = rng.choice([0, 0, 90]) + rng.normal(0, 15)
            box = cv2.boxPoints((place, (2.0 * axes[0], 2.0 * axes[1]), angle)).astype(np.int32)
            cv2.fillPoly(image, [box], colour, cv2.LINE_AA)
    return image + rng.uniform(0.05, 0.5) * grain + rng.uniform(0, 0.5) * shading


def masonry(rng):
    """Rows of windows, bricks or slats, each a little different."""
    image = np.full((HEIGHT, WIDTH), rng.uniform(0.3, 0.8), np.float32)
    across, down = rng.integers(8, 80), rng.integers(8, 70)
    gap = rng.uniform(0.1, 0.6)
    colour, spread = rng.uniform(0, 1), rng.uniform(0.02, 0.2)
    shift = across // 2 if rng.random() < 0.5 else 0
    for row in range(HEIGHT // down + 1):
        for column in range(-1, WIDTH // across + 1):
            left, top = column * across + (row % 2) * shift, row * down
            right, bottom = left + int(across * (1 - gap)), top + int(down * (1 - gap))
            grey = float(np.clip(colour + rng.normal(0, spread), 0, 1))
            cv2.rectangle(image, (int(left), int(top)), (right, bottom), grey, -1)
    return image + rng.uniform(0.05, 0.4) * (fractal(rng, rng.uniform(0.5, 1.5)) - 0.5)


def foliage(rng):
    """Fine clumps, light against dark."""
    fine = fractal(rng, rng.uniform(0.3, 0.9)) + rng.uniform(0.2, 0.8) * fractal(rng, 1.5)
    return 1 / (1 + np.exp(-rng.uniform(4, 14) * (fine - np.median(fine))))


def ground(rng):
    """Nearly bare: asphalt, sand, snow, a lawn from afar."""
    return 0.5 + rng.uniform(0.1, 0.35) * (fractal(rng, rng.uniform(0.6, 1.8)) - 0.5)


_KINDS = (leaves, leaves, leaves, masonry, foliage, ground, lambda rng: fractal(rng, rng.uniform(0.8, 1.8)))


def texture(rng):
    """Grey bytes HEIGHT x WIDTH, often of two kinds with a soft border."""
    image = _KINDS[rng.integers(len(_KINDS))](rng)
    if rng.random() < 0.5:
        other = _KINDS[rng.integers(len(_KINDS))](rng)
        border = fractal(rng, rng.uniform(1.5, 2.5)) - rng.uniform(0.3, 0.7)
        share = 1 / (1 + np.exp(np.clip(-border * rng.uniform(10, 200), -50, 50)))
        image = image * share + other * (1 - share)
    if rng.random() < 0.3:
        image = cv2.GaussianBlur(np.asarray(image, np.float32), (0, 0), rng.uniform(0.5, 3))
    low = rng.uniform(0, 120)
    high = low + (rng.uniform(30, 90) if rng.random() < 0.3 else rng.uniform(90, 240))
    return np.clip(_spread(image, low, min(high, 255)), 0, 255).astype(np.uint8)


def library(seed, count):
    rng = np.random.default_rng(seed)
    return [texture(rng) for _ in range(count)]
