"""What the motion network reads: features of three grey images, computed here for training and in Java at run time.

`dev.aerie.vision.motion.MotionFeatures` computes the same numbers; a test holds both to each other.
"""
import cv2
import numpy as np

cv2.setNumThreads(1)

FLOW_WIDTH, FLOW_HEIGHT = 384, 224  # pixels at which optical flow is computed
WIDTH, HEIGHT = 192, 112  # cells of the network's input and output, two pixels each
PAST = (1, 3)  # frames ago
CHANNELS = 9
STEPS = 20.0  # features are stored as signed bytes, so many steps to a unit
UNIT_CELLS = 0.25  # motion of this many cells is where asinh() leaves its straight part

HOMOGRAPHY_CELLS, HOMOGRAPHY_ROUNDS = 0.5, 300
EPIPOLAR_CELLS, EPIPOLAR_ROUNDS, CONFIDENCE = 0.3, 150, 0.99
MOST_CELLS = 200.0

_ROWS, _COLUMNS = np.mgrid[3:HEIGHT:6, 3:WIDTH:6]
_GRID = np.stack([_COLUMNS, _ROWS], -1).reshape(-1, 2).astype(np.float32)
X, Y = np.meshgrid(np.arange(WIDTH, dtype=np.float32), np.arange(HEIGHT, dtype=np.float32))


def dense_inverse_search():
    search = cv2.DISOpticalFlow_create(cv2.DISOPTICAL_FLOW_PRESET_FAST)
    search.setFinestScale(1)
    search.setVariationalRefinementIterations(0)
    return search


_SEARCH = dense_inverse_search()


def flow(now, before):
    """From `now` to `before`, in cells."""
    whole = _SEARCH.calc(now, before, None)
    return cv2.resize(whole, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA) * np.float32(0.5)


def round_trip(there, back):
    """How far, in cells, a point that goes there and back ends from where it began."""
    returned = cv2.remap(back, X + there[..., 0], Y + there[..., 1], cv2.INTER_LINEAR,
                         borderMode=cv2.BORDER_REPLICATE)
    return np.linalg.norm(there + returned, axis=-1)


def on_grid(field):
    return field[_ROWS, _COLUMNS].reshape(-1, 2)


def homography_flow(field):
    """The flow that the dominant homography of `field` explains; its median where there is none."""
    try:
        h, _ = cv2.findHomography(_GRID, _GRID + on_grid(field), cv2.USAC_FAST, HOMOGRAPHY_CELLS,
                                  maxIters=HOMOGRAPHY_ROUNDS, confidence=CONFIDENCE)
    except cv2.error:  # of degenerate samples
        h = None
    if h is None or not np.all(np.isfinite(h)):
        return np.broadcast_to(np.median(on_grid(field), 0), field.shape)
    depth = h[2, 0] * X + h[2, 1] * Y + h[2, 2]
    depth = np.where(np.abs(depth) < 1e-3, 1e-3, depth)
    right = (h[0, 0] * X + h[0, 1] * Y + h[0, 2]) / depth - X
    down = (h[1, 0] * X + h[1, 1] * Y + h[1, 2]) / depth - Y
    return np.clip(np.stack([right, down], -1), -MOST_CELLS, MOST_CELLS).astype(np.float32)


def sampson_distance(field):
    """Distance in cells of each vector to the dominant epipolar geometry; 0 where there is none."""
    try:
        f, _ = cv2.findFundamentalMat(_GRID, _GRID + on_grid(field), cv2.USAC_FAST, EPIPOLAR_CELLS, CONFIDENCE,
                                      EPIPOLAR_ROUNDS)
    except cv2.error:
        f = None
    if f is None or f.shape != (3, 3) or not np.all(np.isfinite(f)):
        return np.zeros(field.shape[:2], np.float32)
    f = f / np.linalg.norm(f)
    x, y = X + field[..., 0].astype(np.float64), Y + field[..., 1].astype(np.float64)
    a, b, c = (f[i, 0] * X + f[i, 1] * Y + f[i, 2] for i in range(3))
    d, e = (f[0, i] * x + f[1, i] * y + f[2, i] for i in range(2))
    return np.minimum(np.abs(x * a + y * b + c) / np.sqrt(a * a + b * b + d * d + e * e + 1e-12), MOST_CELLS)


def features(now, one_ago, three_ago):
    """Signed bytes CHANNELS x HEIGHT x WIDTH of three grey images of FLOW_WIDTH x FLOW_HEIGHT: flow to one frame
    ago (right, down), the same less its homography, flow to three frames ago less its homography, Sampson distance
    of the latter, round-trip error of the first, median length of the first."""
    there, back, far = flow(now, one_ago), flow(one_ago, now), flow(now, three_ago)
    near_rest, far_rest = there - homography_flow(there), far - homography_flow(far)
    speed = np.full((HEIGHT, WIDTH), np.median(np.linalg.norm(on_grid(there), axis=-1)))
    planes = [there[..., 0], there[..., 1], near_rest[..., 0], near_rest[..., 1], far_rest[..., 0], far_rest[..., 1],
              sampson_distance(far), round_trip(there, back), speed]
    steps = np.rint(np.arcsinh(np.stack(planes).astype(np.float64) / UNIT_CELLS) * STEPS)
    return np.clip(steps, -127, 127).astype(np.int8)
