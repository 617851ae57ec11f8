// An orbit camera around a focus point: the geometry of the map's view.

const NEAR = 0.02;

/** World axes in, canvas pixels out. `up` is the world axis that points upwards. */
export class Orbit {
  #turn = 0.7;
  #tilt = 0.6;
  #zoom = 1;
  #focus = [0, 0, 0];
  #reach = 1;
  #axes = [[1, 0, 0], [0, 1, 0], [0, 0, 1]];

  /** Rotates by a drag, in pixels. */
  drag(dx, dy) {
    this.#turn -= dx * 0.008;
    this.#tilt = Math.max(-1.5, Math.min(1.5, this.#tilt + dy * 0.008));
  }

  /** Zooms in for factors above 1. */
  zoom(factor) {
    this.#zoom = Math.max(0.05, Math.min(20, this.#zoom * factor));
  }

  /** Looks at `focus` from a distance at which a radius of `reach` is visible. */
  lookAt(focus, reach, up) {
    this.#focus = focus;
    this.#reach = Math.max(reach, 1e-3);
    const aside = Math.abs(up[0]) < 0.9 ? [1, 0, 0] : [0, 1, 0];
    const east = normal(cross(aside, up));
    const north = cross(up, east);
    const flat = add(scaled(east, Math.cos(this.#turn)), scaled(north, Math.sin(this.#turn)));
    const forward = normal(add(scaled(flat, Math.cos(this.#tilt)), scaled(up, -Math.sin(this.#tilt))));
    const right = normal(cross(forward, up));
    this.#axes = [right, cross(forward, right), forward];
  }

  /** A function that gives `[x, y, depth]` of a point on a canvas of this size, or null behind the camera. */
  projection(width, height) {
    const distance = (2.2 * this.#reach) / this.#zoom;
    const focal = Math.min(width, height) * 0.9;
    const [right, down, forward] = this.#axes;
    const [fx, fy, fz] = this.#focus;
    return (x, y, z) => {
      const d = [x - fx, y - fy, z - fz];
      const depth = dot(d, forward) + distance;
      if (depth < NEAR * distance) return null;
      return [width / 2 + (focal * dot(d, right)) / depth, height / 2 + (focal * dot(d, down)) / depth, depth / distance];
    };
  }
}

const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const add = (a, b) => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
const scaled = (a, s) => [a[0] * s, a[1] * s, a[2] * s];
const cross = (a, b) => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
const normal = (a) => scaled(a, 1 / (Math.hypot(...a) || 1));
