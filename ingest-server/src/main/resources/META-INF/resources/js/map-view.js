// The camera's trajectory, keyframes and map points in three dimensions. Dragging rotates, the wheel zooms.

import { say } from './dom.js';
import { Orbit } from './orbit.js';
import { Painting } from './painting.js';
import { pointsOfPly } from './ply.js';

const MOST_POSES = 20_000;
const MAP_EVERY_MILLIS = 3000;
const FRUSTUM = [[-1, -0.6, 1.4], [1, -0.6, 1.4], [1, 0.6, 1.4], [-1, 0.6, 1.4]];
const UP = { metric: [0, 0, 1], arbitrary: [0, -1, 0] };

/** Elements in: `panel`, `canvas`, `note`. Hidden until a stream has its first pose. */
export class MapView {
  #elements;
  #painting;
  #orbit = new Orbit();
  #stream = null;
  #scale = 'arbitrary';
  #path = [];
  #keyframes = [];
  #points = new Float32Array();
  #last = null;
  #mapAskedAt = 0;

  constructor(elements) {
    this.#elements = elements;
    const { canvas } = elements;
    canvas.addEventListener('pointerdown', (event) => canvas.setPointerCapture(event.pointerId));
    canvas.addEventListener('pointermove', (event) => this.#drag(event));
    canvas.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
    canvas.addEventListener('keydown', (event) => this.#key(event));
    this.#painting = new Painting(canvas, (context, unit) => this.#paint(context, unit));
  }

  /** Clears the map; later poses belong to `stream`. */
  open(stream) {
    this.#stream = stream;
    this.#last = null;
    this.#mapAskedAt = 0;
    this.#forget();
    this.#elements.panel.hidden = true;
  }

  /** Adds one pose message of the stream. */
  accept(pose) {
    this.#elements.panel.hidden = false;
    if (pose.scale !== this.#scale || pose.session !== this.#last?.session) {
      this.#scale = pose.scale;
      this.#forget();
    }
    this.#last = pose;
    if (pose.pose) this.#add(pose);
    say(this.#elements.note, this.#words(pose));
    this.#askForMap();
    this.#painting.ask();
  }

  #forget() {
    this.#path = [];
    this.#keyframes = [];
    this.#points = new Float32Array();
  }

  #add(pose) {
    this.#path.push([pose.pose[0][3], pose.pose[1][3], pose.pose[2][3]]);
    if (this.#path.length > MOST_POSES) this.#path = this.#path.filter((_, index) => index % 2 === 0);
    if (pose.is_keyframe) this.#keyframes.push(pose.pose);
  }

  #words(pose) {
    const unit = this.#scale === 'metric' ? ' m' : ' (no scale yet)';
    const at = pose.pose ? `, at ${[0, 1, 2].map((i) => pose.pose[i][3].toFixed(1)).join(' ')}${unit}` : '';
    return `${pose.tracking_state}, ${pose.map_points} points${at}`;
  }

  /** The points come from slam-service through this server, if one is configured; without them only the trajectory is shown. */
  async #askForMap() {
    const now = performance.now();
    if (now - this.#mapAskedAt < MAP_EVERY_MILLIS) return;
    this.#mapAskedAt = now;
    const asked = this.#stream;
    try {
      const answer = await fetch(`/api/slam/${encodeURIComponent(asked)}/map`);
      if (answer.ok && asked === this.#stream) this.#points = pointsOfPly(await answer.arrayBuffer());
    } catch {
      // The next one may exist.
    }
  }

  #drag(event) {
    if (event.buttons === 0) return;
    this.#orbit.drag(event.movementX, event.movementY);
    this.#painting.ask();
  }

  #wheel(event) {
    event.preventDefault();
    this.#orbit.zoom(Math.exp(-event.deltaY * 0.001));
    this.#painting.ask();
  }

  #key(event) {
    const turns = { ArrowLeft: [-20, 0], ArrowRight: [20, 0], ArrowUp: [0, -20], ArrowDown: [0, 20] };
    const zooms = { '+': 1.2, '-': 1 / 1.2 };
    if (turns[event.key]) this.#orbit.drag(...turns[event.key]);
    else if (zooms[event.key]) this.#orbit.zoom(zooms[event.key]);
    else return;
    event.preventDefault();
    this.#painting.ask();
  }

  #paint(context, unit) {
    if (this.#path.length === 0) return;
    const { canvas } = context;
    const style = getComputedStyle(canvas);
    const reach = this.#aim();
    const project = this.#orbit.projection(canvas.width, canvas.height);
    this.#paintPoints(context, project, unit, style.getPropertyValue('--quiet'));
    this.#paintPath(context, project, unit, style.getPropertyValue('--accent'));
    for (const pose of this.#keyframes.slice(-200)) {
      this.#paintCamera(context, project, pose, 0.02 * reach, unit, style.getPropertyValue('--quiet'));
    }
    if (this.#last?.pose) {
      this.#paintCamera(context, project, this.#last.pose, 0.05 * reach, 2 * unit, style.getPropertyValue('--warn'));
    }
  }

  /** Centres the view on the trajectory; returns the trajectory's radius. */
  #aim() {
    const low = [0, 1, 2].map((axis) => Math.min(...this.#path.map((place) => place[axis])));
    const high = [0, 1, 2].map((axis) => Math.max(...this.#path.map((place) => place[axis])));
    const reach = Math.max(Math.hypot(...high.map((value, axis) => value - low[axis])) / 2, 0.5);
    this.#orbit.lookAt(low.map((value, axis) => (value + high[axis]) / 2), reach, UP[this.#scale]);
    return reach;
  }

  #paintPoints(context, project, unit, colour) {
    context.fillStyle = colour;
    for (let i = 0; i + 2 < this.#points.length; i += 3) {
      const seen = project(this.#points[i], this.#points[i + 1], this.#points[i + 2]);
      if (seen) context.fillRect(seen[0], seen[1], unit, unit);
    }
  }

  #paintPath(context, project, unit, colour) {
    context.beginPath();
    for (const place of this.#path) {
      const seen = project(...place);
      if (seen) context.lineTo(seen[0], seen[1]);
    }
    context.lineWidth = 2 * unit;
    context.strokeStyle = colour;
    context.stroke();
  }

  /** A camera as its viewing frustum. */
  #paintCamera(context, project, pose, size, width, colour) {
    const place = (x, y, z) => project(...[0, 1, 2].map((r) => pose[r][0] * x + pose[r][1] * y + pose[r][2] * z + pose[r][3]));
    const eye = place(0, 0, 0);
    const corners = FRUSTUM.map((corner) => place(...corner.map((value) => value * size)));
    if (!eye || corners.includes(null)) return;
    context.beginPath();
    corners.forEach((corner, index) => {
      const next = corners[(index + 1) % corners.length];
      context.moveTo(eye[0], eye[1]);
      context.lineTo(corner[0], corner[1]);
      context.lineTo(next[0], next[1]);
    });
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.stroke();
  }
}
