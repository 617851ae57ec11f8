// A day of one stream, or an hour of it, by minute: what was recorded, what is protected, how much was seen.

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY_MINUTES = 24 * 60;
const STEPS = { ArrowLeft: -MINUTE, ArrowRight: MINUTE, PageDown: -HOUR, PageUp: HOUR };
const REPEATED_KEY_MILLIS = 300;
const SNAP = 5; // pixels
const LABELS = 14; // pixels of the page for the times above
const RECORDED = 8; // and for the bar below
const SPANS = {
  day: { millis: 24 * HOUR, ticks: [2 * HOUR, 4 * HOUR, 6 * HOUR, 12 * HOUR] },
  hour: { millis: HOUR, ticks: [10 * MINUTE, 20 * MINUTE, 30 * MINUTE] },
};
const TICK_APART = 62; // pixels of the page, for one time to stand beside the next

export class Timeline {
  #canvas = document.createElement('canvas');
  #span = SPANS.day;
  #minutes = [];
  #day = 0;
  #marker = null;
  #range = [null, null];
  #drawnAt = null;
  #chosen = null;
  #onChoose;

  /**
   * `onChoose` is told the chosen Unix time in milliseconds: of a click, or of the keys: arrows a minute, Page Up and Down an
   * hour.
   */
  constructor(element, onChoose) {
    this.#onChoose = onChoose;
    for (const [name, value] of Object.entries({ role: 'slider', tabindex: 0, 'aria-label': 'Time', 'aria-valuemin': 0, 'aria-valuemax': DAY_MINUTES })) {
      this.#canvas.setAttribute(name, value);
    }
    element.append(this.#canvas);
    this.#tell(0);
    this.#canvas.addEventListener('click', (event) => onChoose(this.#timeAt(event)));
    this.#canvas.addEventListener('keydown', (event) => this.#step(event));
    this.#canvas.addEventListener('mousemove', (event) => (this.#canvas.title = this.#describe(this.#timeAt(event))));
    new ResizeObserver(() => this.#draw()).observe(this.#canvas);
  }

  /** Shows the minutes of the day that begins at `day`, Unix milliseconds. */
  show(day, minutes) {
    this.#day = day;
    this.#minutes = minutes;
    this.#tell(this.#marker ?? this.#newest ?? day);
    this.#draw();
  }

  /** Shows the whole `day`, or the `hour` around playback. */
  zoom(span) {
    this.#span = SPANS[span];
    this.#draw();
  }

  /** Marks where playback is; null without one. */
  mark(millis) {
    this.#marker = millis;
    if (millis !== null && this.#drawnAt === Math.round(this.#x(millis))) return;
    if (millis !== null) this.#tell(millis);
    this.#draw();
  }

  /** Marks what a clip is made of; null for an end that is not chosen. */
  select(from, to) {
    this.#range = [from, to];
    this.#draw();
  }

  get #start() {
    if (this.#span === SPANS.day) return this.#day;
    const around = this.#marker ?? this.#newest ?? this.#day;
    return this.#day + Math.floor((around - this.#day) / HOUR) * HOUR;
  }

  /** The newest recorded minute; null without one. */
  get #newest() {
    return this.#minutes.length > 0 ? Date.parse(this.#minutes.at(-1).start) : null;
  }

  #x(millis) {
    return ((millis - this.#start) / this.#span.millis) * this.#canvas.width;
  }

  /** The minute under the pointer, or a recorded one that is so near that it was meant. */
  #timeAt(event) {
    const millisPerPixel = this.#span.millis / this.#canvas.clientWidth;
    const at = this.#start + Math.floor((event.offsetX * millisPerPixel) / MINUTE) * MINUTE;
    const distance = (minute) => Math.abs(Date.parse(minute.start) - at);
    const near = this.#minutes.reduce((best, minute) => (best && distance(best) <= distance(minute) ? best : minute), null);
    return near && distance(near) <= SNAP * millisPerPixel ? Date.parse(near.start) : at;
  }

  /** Keys move the marker at once; what it stands at is chosen when no more follow. */
  #step(event) {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    const from = this.#marker ?? this.#newest;
    if (from === null) return;
    const to = Math.min(Math.max(from + step, this.#day), this.#day + SPANS.day.millis - MINUTE);
    this.mark(Math.floor(to / MINUTE) * MINUTE);
    clearTimeout(this.#chosen);
    this.#chosen = setTimeout(() => this.#onChoose(this.#marker), REPEATED_KEY_MILLIS);
  }

  #tell(millis) {
    const minute = Math.floor(millis / MINUTE) * MINUTE;
    this.#canvas.setAttribute('aria-valuenow', String(Math.max(0, (minute - this.#day) / MINUTE)));
    this.#canvas.setAttribute('aria-valuetext', this.#describe(minute));
  }

  #describe(millis) {
    const minute = this.#minutes.find((each) => Date.parse(each.start) === millis);
    const seen = Object.entries(minute?.labels ?? {}).map(([label, frames]) => `${label} in ${frames} frames`);
    const recorded = minute ? `${Math.round(minute.recorded_s)} s${minute.is_protected ? ', protected' : ''}` : 'nothing';
    return [clock(millis), `${recorded} recorded`, ...seen].join(' · ');
  }

  #draw() {
    const scale = window.devicePixelRatio || 1;
    const width = (this.#canvas.width = Math.max(1, Math.round(this.#canvas.clientWidth * scale)));
    const height = (this.#canvas.height = Math.max(1, Math.round(this.#canvas.clientHeight * scale)));
    const context = this.#canvas.getContext('2d');
    const colours = getComputedStyle(this.#canvas);
    const brush = { context, scale, width, height, colour: (name) => colours.getPropertyValue(name).trim() };
    this.#drawTicks(brush);
    this.#drawRange(brush);
    this.#drawMinutes(brush);
    this.#drawMarker(brush);
  }

  #drawTicks({ context, scale, height, colour }) {
    context.fillStyle = colour('--quiet');
    context.font = `${11 * scale}px system-ui, sans-serif`;
    context.textBaseline = 'top';
    const { millis, ticks } = this.#span;
    const room = (TICK_APART * millis) / this.#canvas.clientWidth;
    const tick = ticks.find((each) => each >= room) ?? ticks.at(-1);
    for (let at = this.#start; at < this.#start + millis; at += tick) {
      const x = Math.round(this.#x(at));
      context.globalAlpha = 0.25;
      context.fillRect(x, 0, scale, height);
      context.globalAlpha = 1;
      context.fillText(clock(at), x + 4 * scale, 2 * scale);
    }
  }

  #drawRange({ context, height, colour }) {
    const [from, to] = this.#range;
    if (from === null && to === null) return;
    const left = this.#x(from ?? to);
    context.fillStyle = colour('--warn');
    context.globalAlpha = 0.3;
    context.fillRect(left, 0, Math.max(2, this.#x(to ?? from) - left), height);
    context.globalAlpha = 1;
  }

  #drawMinutes({ context, scale, width, height, colour }) {
    const most = Math.max(1, ...this.#minutes.map(activity));
    const column = Math.max(scale, (MINUTE / this.#span.millis) * width - (this.#span === SPANS.hour ? scale : 0));
    const floor = height - (RECORDED + 2) * scale;
    for (const minute of this.#minutes) {
      const x = this.#x(Date.parse(minute.start));
      context.fillStyle = minute.is_protected ? colour('--warn') : colour('--quiet');
      context.fillRect(x, height - RECORDED * scale, column * Math.min(1, Math.max(0.1, minute.recorded_s / 60)), RECORDED * scale);
      context.fillStyle = colour('--accent');
      const tall = (activity(minute) / most) * (floor - LABELS * scale);
      context.fillRect(x, floor - tall, column, tall);
    }
  }

  #drawMarker({ context, scale, height, colour }) {
    if (this.#marker === null) return;
    this.#drawnAt = Math.round(this.#x(this.#marker));
    context.fillStyle = colour('--text');
    context.fillRect(this.#drawnAt, 0, Math.max(1, scale), height);
  }
}

function clock(millis) {
  return new Date(millis).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
}

function activity(minute) {
  return Object.values(minute.labels).reduce((sum, frames) => sum + frames, 0);
}
