// A day of one stream by minute: what was recorded, what is protected, how much was seen.

const MINUTES = 24 * 60;

export class Timeline {
  #canvas = document.createElement('canvas');
  #minutes = [];
  #start = 0;
  #marker = null;

  /** `onChoose` is told the chosen Unix time in milliseconds. */
  constructor(element, onChoose) {
    element.append(this.#canvas);
    this.#canvas.addEventListener('click', (event) => {
      const minute = Math.floor((event.offsetX / this.#canvas.clientWidth) * MINUTES);
      onChoose(this.#start + minute * 60_000);
    });
    new ResizeObserver(() => this.#draw()).observe(this.#canvas);
  }

  /** Shows the minutes of the day that begins at `start`, Unix milliseconds. */
  show(start, minutes) {
    this.#start = start;
    this.#minutes = minutes;
    this.#draw();
  }

  /** Marks where playback is. */
  mark(millis) {
    const minute = Math.floor((millis - this.#start) / 60_000);
    if (minute === this.#marker) return;
    this.#marker = minute;
    this.#draw();
  }

  #draw() {
    const scale = window.devicePixelRatio || 1;
    const width = (this.#canvas.width = Math.max(1, Math.round(this.#canvas.clientWidth * scale)));
    const height = (this.#canvas.height = Math.max(1, Math.round(this.#canvas.clientHeight * scale)));
    const context = this.#canvas.getContext('2d');
    const colours = getComputedStyle(this.#canvas);
    const colour = (name) => colours.getPropertyValue(name).trim();
    const most = Math.max(1, ...this.#minutes.map(activity));
    const column = Math.max(1, width / MINUTES);
    for (const minute of this.#minutes) {
      const x = ((Date.parse(minute.start) - this.#start) / 60_000 / MINUTES) * width;
      context.fillStyle = minute.is_protected ? colour('--warn') : colour('--quiet');
      context.fillRect(x, height - 8 * scale, column, 8 * scale * Math.min(1, minute.recorded_s / 60));
      context.fillStyle = colour('--accent');
      const tall = (activity(minute) / most) * (height - 12 * scale);
      context.fillRect(x, height - 10 * scale - tall, column, tall);
    }
    if (this.#marker !== null) {
      context.fillStyle = colour('--text');
      context.fillRect((this.#marker / MINUTES) * width, 0, Math.max(1, scale), height);
    }
  }
}

function activity(minute) {
  return Object.values(minute.labels).reduce((sum, pictures) => sum + pictures, 0);
}
