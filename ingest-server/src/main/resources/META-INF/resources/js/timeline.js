// A day of one stream, or an hour of it, by minute: what was recorded, what is protected, how much was seen.

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const LABELS = 14; // pixels of the page for the times above
const RECORDED = 8; // and for the bar below
const SPANS = {
  day: { millis: 24 * HOUR, tick: 2 * HOUR },
  hour: { millis: HOUR, tick: 10 * MINUTE },
};

export class Timeline {
  #canvas = document.createElement('canvas');
  #span = SPANS.day;
  #minutes = [];
  #day = 0;
  #marker = null;
  #range = [null, null];
  #drawnAt = null;

  /** `onChoose` is told the chosen Unix time in milliseconds. */
  constructor(element, onChoose) {
    element.append(this.#canvas);
    this.#canvas.addEventListener('click', (event) => onChoose(this.#timeAt(event)));
    this.#canvas.addEventListener('mousemove', (event) => (this.#canvas.title = this.#describe(this.#timeAt(event))));
    new ResizeObserver(() => this.#draw()).observe(this.#canvas);
  }

  /** Shows the minutes of the day that begins at `day`, Unix milliseconds. */
  show(day, minutes) {
    this.#day = day;
    this.#minutes = minutes;
    this.#draw();
  }

  /** Shows the whole `day`, or the `hour` around playback. */
  zoom(span) {
    this.#span = SPANS[span];
    this.#draw();
  }

  /** Marks where playback is. */
  mark(millis) {
    this.#marker = millis;
    if (this.#drawnAt !== Math.round(this.#x(millis))) this.#draw();
  }

  /** Marks what a clip is made of; null for an end that is not chosen. */
  select(from, to) {
    this.#range = [from, to];
    this.#draw();
  }

  get #start() {
    if (this.#span === SPANS.day) return this.#day;
    const newest = this.#minutes.at(-1);
    const around = this.#marker ?? (newest ? Date.parse(newest.start) : this.#day);
    return this.#day + Math.floor((around - this.#day) / HOUR) * HOUR;
  }

  #x(millis) {
    return ((millis - this.#start) / this.#span.millis) * this.#canvas.width;
  }

  #timeAt(event) {
    return this.#start + Math.floor(((event.offsetX / this.#canvas.clientWidth) * this.#span.millis) / MINUTE) * MINUTE;
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
    for (let at = this.#start; at < this.#start + this.#span.millis; at += this.#span.tick) {
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
