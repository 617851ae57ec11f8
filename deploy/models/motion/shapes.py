"""Outlines of things, drawn as bytes on a canvas that is larger than the frame by MARGIN on each side."""
import cv2
import numpy as np

from features import FLOW_HEIGHT, FLOW_WIDTH

MARGIN = 64
CANVAS_WIDTH, CANVAS_HEIGHT = FLOW_WIDTH + 2 * MARGIN, FLOW_HEIGHT + 2 * MARGIN


def log_uniform(rng, low, high):
    return float(np.exp(rng.uniform(np.log(low), np.log(high))))


def blank():
    return np.zeros((CANVAS_HEIGHT, CANVAS_WIDTH), np.uint8)


def _point(x, y):
    return int(round(float(x))), int(round(float(y)))


def _blob(rng, x, y, side):
    mask = blank()
    for _ in range(rng.integers(2, 6)):
        place = _point(x + rng.normal(0, side * .25), y + rng.normal(0, side * .25))
        axes = _point(side * rng.uniform(.15, .45), side * rng.uniform(.15, .45))
        cv2.ellipse(mask, place, axes, rng.uniform(0, 180), 0, 360, 255, -1)
    return [(mask, (x, y))]


def _limbed(rng, x, y, side):
    """A trunk with a head and limbs that swing about their joints."""
    mask, lean = blank(), rng.normal(0, 0.35) + (np.pi / 2 if rng.random() < 0.3 else 0)
    height, width = side * rng.uniform(.5, .8), side * rng.uniform(.2, .35)
    up = np.array([np.sin(lean), -np.cos(lean)])
    across, centre = np.array([up[1], -up[0]]), np.array([x, y])
    cv2.ellipse(mask, _point(*centre), _point(width, height), np.degrees(lean), 0, 360, 255, -1)
    cv2.circle(mask, _point(*(centre + up * height * 1.25)), max(1, int(width * rng.uniform(.5, .9))), 255, -1)
    parts = [(mask, (x, y))]
    for _ in range(rng.integers(2, 5)):
        limb, angle = blank(), rng.uniform(0, 2 * np.pi)
        joint = centre + up * height * rng.choice([-.8, .6]) + across * width * rng.uniform(-.7, .7)
        knee = joint + np.array([np.cos(angle), np.sin(angle)]) * height * rng.uniform(.4, .8)
        angle += rng.normal(0, .8)
        foot = knee + np.array([np.cos(angle), np.sin(angle)]) * height * rng.uniform(.3, .7)
        thick = max(1, int(width * rng.uniform(.25, .6)))
        cv2.line(limb, _point(*joint), _point(*knee), 255, thick)
        cv2.line(limb, _point(*knee), _point(*foot), 255, max(1, int(thick * .8)))
        parts.append((limb, tuple(joint)))
    return parts


def _rounded(rng, x, y, side):
    mask, count = blank(), rng.integers(5, 11)
    radii = side * 0.55 * np.exp(rng.normal(0, .35, count))
    turn = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    radius = np.interp(turn, np.linspace(0, 2 * np.pi, count + 1), np.append(radii, radii[0]))
    radius = np.convolve(np.concatenate([radius[-2:], radius, radius[:2]]), np.ones(5) / 5, 'valid')
    aspect = np.exp(rng.normal(0, .3))
    outline = np.stack([x + radius * np.cos(turn) * aspect, y + radius * np.sin(turn) / aspect], -1)
    cv2.fillPoly(mask, [outline.astype(np.int32)], 255)
    return [(mask, (x, y))]


def _vehicle(rng, x, y, side):
    mask, aspect = blank(), np.exp(rng.normal(.3, .4))
    body = cv2.boxPoints(((x, y), (side * aspect, side / aspect), rng.normal(0, 8)))
    cv2.fillPoly(mask, [body.astype(np.int32)], 255)
    if rng.random() < 0.6:
        cabin = ((x + rng.normal(0, side * .1), y - side / aspect * .6), (side * aspect * .55, side / aspect * .6), 0)
        cv2.fillPoly(mask, [cv2.boxPoints(cabin).astype(np.int32)], 255)
        for wheel in (-.3, .3):
            cv2.circle(mask, _point(x + wheel * side * aspect, y + side / aspect * .5),
                       max(1, int(side / aspect * .25)), 255, -1)
    return [(mask, (x, y))]


def _rider(rng, x, y, side):
    """One on two wheels: thin rings and bars below a trunk with a head and arms."""
    frame, radius = blank(), side * rng.uniform(.22, .34)
    apart, thick = side * rng.uniform(.4, .6), max(1, int(side * rng.uniform(.02, .07)))
    hubs = [np.array([x + sign * apart, y + side * .45]) for sign in (-1, 1)]
    saddle = np.array([x - apart * .35, y - side * .05])
    for hub in hubs:
        cv2.circle(frame, _point(*hub), max(2, int(radius)), 255, thick)
        cv2.line(frame, _point(*hub), _point(*saddle), 255, thick)
    cv2.line(frame, _point(*hubs[1]), _point(x + apart * .7, y - side * .1), 255, thick)
    width, height = side * rng.uniform(.12, .22), side * rng.uniform(.35, .5)
    lean = rng.uniform(-.2, .8)
    shoulder = saddle + np.array([np.sin(lean), -np.cos(lean)]) * height
    cv2.line(frame, _point(*saddle), _point(*shoulder), 255, max(2, int(width * 1.6)))
    head = shoulder + np.array([np.sin(lean), -np.cos(lean)]) * width * 1.6
    cv2.circle(frame, _point(*head), max(1, int(width * .8)), 255, -1)
    parts, limb = [(frame, (x, y))], max(1, int(width * .7))
    for start, end in ((shoulder, (x + apart * .7, y - side * .1)), (saddle, (x, y + side * .5))):
        mask = blank()
        cv2.line(mask, _point(*start), _point(*end), 255, limb)
        parts.append((mask, tuple(start)))
    return parts


def moving_shape(rng, x, y, area):
    """Masks of the parts of one thing round (x, y) of `area` pixels, each with the joint that it swings about."""
    draw = rng.choice([_blob, _limbed, _rounded, _vehicle, _rider], p=[.2, .35, .15, .2, .1])
    side = np.sqrt(area)
    parts = draw(rng, x, y, side)
    if rng.random() < 0.12:  # holes, as in a bicycle
        for mask, _ in parts:
            for _ in range(3):
                place = _point(x + rng.normal(0, side * .3), y + rng.normal(0, side * .3))
                cv2.circle(mask, place, max(1, int(side * .1)), 0, -1)
    return parts


def still_shape(rng):
    """A pole, a slab, a fence or a blob: something near the camera that stands still."""
    mask, kind = blank(), rng.choice(['pole', 'slab', 'fence', 'blob'], p=[.3, .25, .1, .35])
    x, y = rng.uniform(0, CANVAS_WIDTH), rng.uniform(0, CANVAS_HEIGHT)
    if kind == 'pole':
        right, down = (rng.normal(0, 40), CANVAS_HEIGHT) if rng.random() < .75 else (CANVAS_WIDTH, rng.normal(0, 40))
        start = 0 if rng.random() < 0.5 else rng.uniform(0, 1)
        cv2.line(mask, _point(x - right * (1 - start), y - down * (1 - start)), _point(x + right, y + down), 255,
                 int(log_uniform(rng, 3, 40)))
    elif kind == 'slab':
        sides = (log_uniform(rng, 40, 300), log_uniform(rng, 40, 250))
        cv2.fillPoly(mask, [cv2.boxPoints(((x, y), sides, rng.normal(0, 10))).astype(np.int32)], 255)
    elif kind == 'fence':
        step = int(log_uniform(rng, 16, 60))
        for left in range(0, CANVAS_WIDTH, step):
            cv2.line(mask, (left, int(y)), (left + int(rng.normal(0, 2)), CANVAS_HEIGHT), 255, max(1, step // 6))
    else:
        for part, _ in moving_shape(rng, x, y, log_uniform(rng, .005, .3) * FLOW_WIDTH * FLOW_HEIGHT):
            mask |= part
    return mask


def slim_shape(rng, x, y):
    """A pole or a trunk through the frame near x, leaning a little, or twigs with leaves around (x, y)."""
    mask = blank()
    if rng.random() < .7:
        lean, thick = rng.normal(0, 25), int(log_uniform(rng, 2, 22))
        cv2.line(mask, _point(x - lean, 0), _point(x + lean, CANVAS_HEIGHT), 255, thick)
        return mask
    for _ in range(int(rng.integers(3, 12))):
        place, heading = np.array([x, y]) + rng.normal(0, 25, 2), rng.uniform(0, 2 * np.pi)
        for _ in range(int(rng.integers(2, 6))):
            heading += rng.normal(0, .5)
            following = place + np.array([np.cos(heading), np.sin(heading)]) * rng.uniform(6, 25)
            cv2.line(mask, _point(*place), _point(*following), 255, int(rng.integers(1, 4)))
            if rng.random() < .4:
                axes = _point(rng.uniform(2, 9), rng.uniform(1, 5))
                cv2.ellipse(mask, _point(*following), axes, rng.uniform(0, 180), 0, 360, 255, -1)
            place = following
    return mask


def plume(rng, x, y, heading, side):
    """Puffs that begin at (x, y) and grow and rise on their way to `heading`."""
    mask, way = blank(), np.asarray(heading) / max(np.linalg.norm(heading), 1e-6)
    length = side * rng.uniform(.5, 3)
    for _ in range(int(rng.integers(5, 16))):
        far = rng.uniform(0, 1)
        place = np.array([x, y + side * .2]) + way * far * length + rng.normal(0, side * .2, 2)
        place[1] -= far * side * rng.uniform(0, .8)
        cv2.circle(mask, _point(*place), int(side * rng.uniform(.12, .3) * (1 + 1.5 * far)) + 1, 255, -1)
    return mask


def house(rng, nearness):
    """Its faces to the left and right of a corner: outline, which way it recedes (1: nearer to the right), corner."""
    corner, middle = rng.uniform(0, CANVAS_WIDTH), CANVAS_HEIGHT * rng.uniform(.35, .65)
    tall, faces = CANVAS_HEIGHT * rng.uniform(.2, .9) * (.4 + nearness), []
    for way in (-1, 1):
        wide = log_uniform(rng, 10, 260)
        end, shrunk = corner + way * wide, rng.uniform(.5, 1)
        outline = [(corner, middle - tall), (end, middle - tall * shrunk),
                   (end, middle + tall * shrunk), (corner, middle + tall)]
        mask = blank()
        cv2.fillPoly(mask, [np.int32([_point(*place) for place in outline])], 255)
        faces.append((mask, -way, corner))
    return faces
