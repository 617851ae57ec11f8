// A zone drawn on a stream's live video: each click adds a corner. The same corners stand as numbers in a field.

import { choosePlayer, openFeed } from './live-feed.js';
import { Stage } from './stage.js';
import { say } from './dom.js';

const MAX_CORNERS = 32;
const SVG = 'http://www.w3.org/2000/svg';

/** Corners as `10 20, 90 20, 50 80`: percent of width and height. */
function written(corners) {
  return corners.map((corner) => corner.map((share) => Number((share * 100).toFixed(1))).join(' ')).join(', ');
}

/** The corners of such a text; null where it is none. */
function read(text) {
  if (!text.trim()) return [];
  const corners = text.split(',').map((corner) => corner.trim().split(/\s+/).map((percent) => Number(percent) / 100));
  const isOne = (corner) => corner.length === 2 && corner.every((share) => share >= 0 && share <= 1);
  return corners.every(isOne) && corners.length <= MAX_CORNERS ? corners : null;
}

export class ZoneEditor {
  #elements;
  #stage;
  #shape = document.createElementNS(SVG, 'polygon');
  #feed = null;
  #stream = null;
  #corners = [];

  /** `{canvas, video, drawing (an SVG), field, back, clear, note}` */
  constructor(elements) {
    this.#elements = elements;
    this.#stage = new Stage(elements.canvas);
    this.#stage.clear();
    elements.drawing.setAttribute('viewBox', '0 0 1 1');
    elements.drawing.append(this.#shape);
    elements.drawing.addEventListener('click', (event) => this.#click(event));
    elements.field.addEventListener('input', () => this.#typed());
    elements.back.addEventListener('click', () => this.#change(this.#corners.slice(0, -1)));
    elements.clear.addEventListener('click', () => this.#change([]));
  }

  /** `[[x, y], …]` as shares; null without a zone. */
  get zone() {
    return this.#corners.length ? this.#corners : null;
  }

  set zone(corners) {
    this.#change(corners ?? []);
  }

  /** Shows this stream's video below the zone; none for null. */
  open(stream) {
    if (stream === this.#stream) return;
    this.#stream = stream;
    this.#feed?.close();
    this.#feed = null;
    this.#stage.clear();
    const Player = stream ? choosePlayer('auto') : null;
    if (!stream) {
      say(this.#elements.note, 'No stream is live: the zone can be given as numbers.');
    } else if (!Player) {
      say(this.#elements.note, 'This browser cannot play live video: the zone can be given as numbers.');
    } else {
      this.#play(stream, Player);
    }
  }

  #play(stream, Player) {
    say(this.#elements.note, `Opening ${stream} …`);
    this.#feed = openFeed(stream, Player, this.#elements.video, {
      onArrived: () => {},
      onFrame: (frame) => {
        say(this.#elements.note, null);
        this.#stage.draw(frame);
      },
      onConfig: () => {},
      onWaiting: () => say(this.#elements.note, `${stream} is not live now.`),
      onState: ({ open }) => open || say(this.#elements.note, 'The connection is lost. Trying again.'),
      onProblem: (text) => text && say(this.#elements.note, text),
    });
  }

  #click(event) {
    const area = this.#elements.drawing.getBoundingClientRect();
    const x = (event.clientX - area.left) / area.width;
    const y = (event.clientY - area.top) / area.height;
    if (this.#corners.length < MAX_CORNERS) this.#change([...this.#corners, [rounded(x), rounded(y)]]);
  }

  #typed() {
    const corners = read(this.#elements.field.value);
    this.#elements.field.setCustomValidity(corners ? '' : 'Corners in percent: 10 20, 90 20, 50 80');
    if (corners) {
      this.#corners = corners;
      this.#draw();
    }
  }

  #change(corners) {
    this.#corners = corners;
    this.#elements.field.value = written(corners);
    this.#elements.field.setCustomValidity('');
    this.#draw();
  }

  #draw() {
    this.#shape.setAttribute('points', this.#corners.map((corner) => corner.join(',')).join(' '));
  }
}

function rounded(share) {
  return Math.min(1, Math.max(0, Math.round(share * 1000) / 1000));
}
