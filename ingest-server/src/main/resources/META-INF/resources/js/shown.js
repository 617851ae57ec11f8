// Statistics of the frames displayed in the last two seconds.

const WINDOW_MILLIS = 2000;

export class Shown {
  #frames = [];

  /** The displayed frame: `{key, session, frameNumber, result, kind, behindMillis}`; empty before the first. */
  last = {};

  /** A frame was displayed, with the choice of `Results.drawnOn`. */
  add(frame) {
    this.last = { ...frame, at: performance.now() };
    this.#frames.push(this.last);
    this.#forget(this.last.at);
  }

  /** The result of the displayed frame arrived after it was drawn. */
  complete(result) {
    this.last.result = result;
    this.last.kind = 'own';
  }

  /**
   * The displayed frame, and of those before it: `framesPerSecond`, the fractions with `boxes` and with a result of their
   * `own`, and the latency from capture to display, `behind` (milliseconds, null if unknown).
   */
  numbers(now) {
    this.#forget(now);
    const count = Math.max(1, this.#frames.length);
    const behind = this.#frames.map((frame) => frame.behindMillis).filter((millis) => millis !== null);
    return {
      ...this.last,
      framesPerSecond: (this.#frames.length * 1000) / WINDOW_MILLIS,
      boxes: this.#frames.filter((frame) => frame.kind !== 'none').length / count,
      own: this.#frames.filter((frame) => frame.kind === 'own').length / count,
      behind: behind.length === 0 ? null : behind.reduce((sum, millis) => sum + millis, 0) / behind.length,
    };
  }

  #forget(now) {
    while (this.#frames.length > 0 && now - this.#frames[0].at > WINDOW_MILLIS) this.#frames.shift();
  }
}
