// Where the camera and what it sees are on the earth: a plan in metres, north up.

import { create, say } from './dom.js';
import { KeyedList } from './keyed-list.js';
import { cssColourOf } from './overlay.js';
import { Painting } from './painting.js';

const EARTH_RADIUS_METRES = 6_378_137;
const MOST_PLACES = 5000;
const MOST_OBJECTS = 64;
const LISTED = 6;
const FORGOTTEN_AFTER_MILLIS = 30_000;
const LEAST_REACH_METRES = 10;
const DIRECTIONS = ['north', 'north-east', 'east', 'south-east', 'south', 'south-west', 'west', 'north-west'];

/**
 * Elements in: `panel`, `canvas`, `note`, `list`. Hidden until slam-service knows where its map is on the earth, which
 * takes positions of the vehicle.
 */
export class EarthView {
  #elements;
  #rows;
  #painting;
  #plane = null;
  #session = null;
  #path = [];
  #camera = null;
  #objects = new Map();

  constructor(elements) {
    this.#elements = elements;
    this.#rows = new KeyedList(elements.list, (id) => new Row(id));
    this.#painting = new Painting(elements.canvas, (context, unit) => this.#paint(context, unit));
  }

  /** Forgets what it shows; later poses are of another stream. */
  open() {
    this.#plane = null;
    this.#session = null;
    this.#path = [];
    this.#camera = null;
    this.#objects.clear();
    this.#elements.panel.hidden = true;
  }

  /** Adds one pose message of the stream; those without a place on the earth change nothing. */
  accept({ session, earth_position: position, located_objects: objects }, now = performance.now()) {
    if (!position) return;
    if (session !== this.#session) this.open();
    this.#session = session;
    this.#plane ??= planeAround(position);
    this.#camera = this.#plane(position);
    this.#path.push(this.#camera);
    if (this.#path.length > MOST_PLACES) this.#path = this.#path.filter((_, index) => index % 2 === 0);
    for (const object of objects ?? []) this.#locate(object, now);
    this.#forget(now);
    this.#elements.panel.hidden = false;
    say(this.#elements.note, `Camera at ${written(position)}`);
    this.#list();
    this.#painting.ask();
  }

  #locate({ id, label, position }, now) {
    this.#objects.delete(id);
    this.#objects.set(id, { id, label, position, place: this.#plane(position), seenAt: now });
    if (this.#objects.size > MOST_OBJECTS) this.#objects.delete(this.#objects.keys().next().value);
  }

  #forget(now) {
    for (const [id, { seenAt }] of this.#objects) {
      if (now - seenAt > FORGOTTEN_AFTER_MILLIS) this.#objects.delete(id);
    }
  }

  /** The nearest objects, with their places as text. */
  #list() {
    const nearest = [...this.#objects.values()]
      .map((object) => ({ ...object, way: minus(object.place, this.#camera) }))
      .sort((one, other) => Math.hypot(...one.way) - Math.hypot(...other.way))
      .slice(0, LISTED);
    this.#rows.show(nearest, ({ id }) => id, (row, object) => row.show(object));
  }

  #paint(context, unit) {
    if (!this.#camera) return;
    const { canvas } = context;
    const style = getComputedStyle(canvas);
    const view = this.#view(canvas, unit);
    this.#paintPath(context, view, unit, style.getPropertyValue('--accent'));
    for (const object of this.#objects.values()) paintObject(context, view, unit, object, style.getPropertyValue('--text'));
    paintDot(context, view.pixel(this.#camera), 6 * unit, style.getPropertyValue('--warn'));
    paintScale(context, view, unit, style.getPropertyValue('--quiet'));
  }

  /** `pixel(place)`, and `pixelsPerMetre`: all that is known fits the canvas. */
  #view({ width, height }, unit) {
    const places = [...this.#path, ...[...this.#objects.values()].map(({ place }) => place)];
    const low = [0, 1].map((axis) => places.reduce((least, place) => Math.min(least, place[axis]), Infinity));
    const high = [0, 1].map((axis) => places.reduce((most, place) => Math.max(most, place[axis]), -Infinity));
    const [east, north] = [0, 1].map((axis) => (low[axis] + high[axis]) / 2);
    const [wide, tall] = [0, 1].map((axis) => Math.max(high[axis] - low[axis], LEAST_REACH_METRES));
    const margin = 28 * unit;
    const pixelsPerMetre = Math.min((width - 2 * margin) / wide, (height - 2 * margin) / tall);
    return {
      pixelsPerMetre,
      pixel: (place) => [width / 2 + (place[0] - east) * pixelsPerMetre, height / 2 - (place[1] - north) * pixelsPerMetre],
    };
  }

  #paintPath(context, { pixel }, unit, colour) {
    context.beginPath();
    for (const place of this.#path) context.lineTo(...pixel(place));
    context.lineWidth = 2 * unit;
    context.strokeStyle = colour;
    context.stroke();
  }
}

class Row {
  #swatch = create('span', { class: 'swatch', 'aria-hidden': 'true' });
  #text = create('span');

  constructor(id) {
    this.#swatch.style.background = cssColourOf(id);
    this.item = create('li', {}, this.#swatch, this.#text);
  }

  show({ id, label, position, way }) {
    const text = `${label} #${id}: ${Math.hypot(...way).toFixed(0)} m ${direction(way)}, ${written(position)}`;
    if (this.#text.textContent !== text) this.#text.textContent = text;
  }
}

/** A function that gives metres east and north of `origin`: good to a thousandth within some kilometres. */
function planeAround(origin) {
  const metresPerDegree = (Math.PI / 180) * EARTH_RADIUS_METRES;
  const shrink = Math.cos((origin.latitude * Math.PI) / 180);
  return ({ latitude, longitude }) => [
    (((longitude - origin.longitude + 540) % 360) - 180) * metresPerDegree * shrink,
    (latitude - origin.latitude) * metresPerDegree,
  ];
}

const minus = (one, other) => [one[0] - other[0], one[1] - other[1]];

function direction([east, north]) {
  return DIRECTIONS[(Math.round(Math.atan2(east, north) / (Math.PI / 4)) + 8) % 8];
}

/** Latitude, longitude and the standard deviation in the direction in which it is largest. */
function written({ latitude, longitude, covariance: [a, b, , d] }) {
  const sigma = Math.sqrt((a + d) / 2 + Math.hypot((a - d) / 2, b));
  return `${latitude.toFixed(6)}, ${longitude.toFixed(6)} (±\u00a0${sigma < 10 ? sigma.toFixed(1) : sigma.toFixed(0)} m)`;
}

function paintObject(context, { pixel }, unit, { id, label, place }, textColour) {
  const [x, y] = pixel(place);
  paintDot(context, [x, y], 5 * unit, cssColourOf(id));
  const text = `${label} #${id}`;
  context.font = `${11 * unit}px system-ui, sans-serif`;
  context.textBaseline = 'middle';
  const width = context.measureText(text).width;
  context.fillStyle = textColour;
  context.fillText(text, x + 8 * unit + width > context.canvas.width ? x - 8 * unit - width : x + 8 * unit, y);
}

function paintDot(context, [x, y], radius, colour) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = colour;
  context.fill();
}

/** How long some metres are, and where north is. */
function paintScale(context, { pixelsPerMetre }, unit, colour) {
  const { width, height } = context.canvas;
  const most = width / 3 / pixelsPerMetre;
  const power = 10 ** Math.floor(Math.log10(most));
  const metres = [5, 2, 1].map((step) => step * power).find((length) => length <= most);
  const [left, bottom] = [10 * unit, height - 10 * unit];
  context.fillStyle = colour;
  context.fillRect(left, bottom, metres * pixelsPerMetre, 2 * unit);
  context.font = `${11 * unit}px system-ui, sans-serif`;
  context.textBaseline = 'alphabetic';
  context.fillText(metres >= 1000 ? `${metres / 1000} km` : `${metres} m`, left, bottom - 4 * unit);
  context.fillText('N ↑', width - 28 * unit, 16 * unit);
}
