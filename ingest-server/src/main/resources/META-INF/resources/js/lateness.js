// The latency of results after their frame, over the last seconds.

const WINDOW_MILLIS = 5000;
const LEAST_KEPT = 3;
const LEAST_KEPT_MILLIS = 20000;
const NEEDED = 3;
const MARGIN_MILLIS = 20;
const LONGEST_GAP_MILLIS = 1000;

/** Measured for one stream; times are `performance.now()`. */
export class Lateness {
  #results = [];
  #frames = [];

  /** A frame has arrived. */
  frame(at) {
    this.#frames.push(at);
    forget(this.#frames, (each) => each, at);
  }

  /** The result of frame `number` arrived, `lag` milliseconds after the frame. */
  result(number, lag, at) {
    this.#results.push({ number, lag: Math.max(0, lag), at });
    forget(this.#results, (each) => each.at, at);
  }

  /** The median latency; null without results. */
  usualMillis(now) {
    return this.#share(0.5, now);
  }

  /** The latency of nearly all results; null without results. */
  mostMillis(now) {
    return this.#share(0.95, now);
  }

  /**
   * The hold that a frame needs for its boxes: those of its own result or, where only every n-th frame is processed, those
   * of the results before and after it. Null without results.
   */
  neededMillis(now) {
    const most = this.mostMillis(now);
    return most === null ? null : most + this.#gapMillis() + MARGIN_MILLIS;
  }

  /** Whether frames held for `holdMillis` are usually displayed before their boxes have arrived. */
  isLate(holdMillis, now) {
    const usual = this.usualMillis(now);
    return usual !== null && usual + this.#gapMillis() > holdMillis;
  }

  clear() {
    this.#results = [];
    this.#frames = [];
  }

  #share(share, now) {
    const last = this.#results.at(-1);
    if (this.#results.length < NEEDED || now - last.at > WINDOW_MILLIS) return null;
    return shareOf(this.#results.map((each) => each.lag), share);
  }

  /** Time between processed frames, beyond that of one frame. */
  #gapMillis() {
    if (this.#frames.length < 2) return 0;
    const frameMillis = (this.#frames.at(-1) - this.#frames[0]) / (this.#frames.length - 1);
    const numbers = this.#results.map((each) => each.number).sort((a, b) => a - b);
    const steps = numbers.slice(1).map((number, i) => number - numbers[i]);
    return steps.length === 0 ? 0 : Math.min(Math.max(0, shareOf(steps, 0.9) - 1) * frameMillis, LONGEST_GAP_MILLIS);
  }
}

function shareOf(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

/** Keeps a time window, and at least the last few. */
function forget(list, timeOf, now) {
  while (list.length > LEAST_KEPT && now - timeOf(list[0]) > WINDOW_MILLIS) list.shift();
  while (list.length > 0 && now - timeOf(list[0]) > LEAST_KEPT_MILLIS) list.shift();
}
