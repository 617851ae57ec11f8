// Results per second by exchange, with the last minute as a line.

import { create, say } from './dom.js';

const KEPT_SECONDS = 60;
const WIDTH = 72;
const HEIGHT = 20;
const NAMES = {
  processed_frames_exchange: 'Processed frames',
  slam_results_exchange: 'Camera poses',
  api_results_exchange: 'Identifications',
  recording_events_exchange: 'Recordings',
  ptz_events_exchange: 'Camera moves',
  alerts_exchange: 'Alerts',
  stream_events_exchange: 'Stream events',
  telemetry_exchange: 'Telemetry',
  imu_exchange: 'Motion sensor',
  restart_exchange: 'Restarts',
};

export class Rates {
  #body;
  #problem;
  #empty;
  #rows = new Map();

  /** `empty` is shown until there are rates. */
  constructor(body, problem, empty) {
    this.#body = body;
    this.#problem = problem;
    this.#empty = empty;
  }

  /** Shows one `rates` message. */
  show({ broker, exchanges, dropped }) {
    this.#empty.hidden = true;
    for (const exchange of Object.keys(NAMES)) this.#row(exchange).add(exchanges[exchange] ?? 0);
    if (!broker) {
      say(this.#problem, 'The server has no connection to RabbitMQ: no results arrive. Video is not affected.');
    } else {
      say(this.#problem, dropped ? `This browser reads too slowly: ${dropped} results were dropped.` : null);
    }
  }

  clear() {
    this.#rows.clear();
    this.#body.replaceChildren();
    say(this.#problem, null);
    this.#empty.hidden = false;
  }

  #row(exchange) {
    if (!this.#rows.has(exchange)) {
      const row = new Row(exchange);
      this.#rows.set(exchange, row);
      this.#body.append(row.element);
    }
    return this.#rows.get(exchange);
  }
}

class Row {
  #values = [];
  #line = document.createElementNS('http://www.w3.org/2000/svg', 'polyline');
  #number = create('td');

  constructor(exchange) {
    const drawing = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    drawing.setAttribute('viewBox', `0 0 ${WIDTH} ${HEIGHT}`);
    drawing.setAttribute('aria-hidden', 'true');
    drawing.append(this.#line);
    const name = create('th', { scope: 'row', title: exchange }, NAMES[exchange]);
    this.element = create('tr', { 'data-exchange': exchange }, name, create('td', {}, drawing), this.#number);
  }

  add(perSecond) {
    this.#values.push(perSecond);
    if (this.#values.length > KEPT_SECONDS) this.#values.shift();
    this.#number.textContent = perSecond.toFixed(perSecond >= 100 ? 0 : 1);
    this.element.classList.toggle('silent', !this.#values.some((value) => value > 0));
    this.#line.setAttribute('points', this.#points());
  }

  #points() {
    const most = Math.max(1, ...this.#values);
    const first = KEPT_SECONDS - this.#values.length;
    return this.#values
      .map((value, i) => {
        const x = ((first + i) / (KEPT_SECONDS - 1)) * WIDTH;
        return `${x.toFixed(1)},${(HEIGHT - 1 - (value / most) * (HEIGHT - 2)).toFixed(1)}`;
      })
      .join(' ');
  }
}
