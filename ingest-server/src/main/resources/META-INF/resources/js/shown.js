// What was shown in the last two seconds.

const WINDOW_MILLIS = 2000;

export class Shown {
  #frames = [];

  /** The frame on show: `{key, session, frameNumber, result, kind, behindMillis}`; empty before the first. */
  last = {};

  /** A frame was shown, with what `Results.drawnOn` said of it. */
  add(frame) {
    this.last = { ...frame, at: performance.now() };
    this.#frames.push(this.last);
    this.#forget(this.last.at);
  }

  /** The result of the frame on show came after it was drawn. */
  complete(result) {
    this.last.result = result;
    this.last.kind = 'own';
  }

  /**
   * The frame on show, and of those before it: `framesPerSecond`, which share had `boxes`, which was looked at itself
   * (`own`), and how far behind their capture they were shown, `behind` (milliseconds, null where that is not known).
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
