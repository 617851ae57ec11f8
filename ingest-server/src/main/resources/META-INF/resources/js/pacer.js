// Delays frames for a bounded time, so that results can arrive before their frame is displayed.

const MAX_HELD = 900;

/** First in, first out; each frame leaves `delayMillis` after it arrived. Held as coded bytes: cheap, bounded. */
export class Pacer {
  #release;
  #delayMillis = 0;
  #held = [];
  #timer = 0;
  #skipToKey = false;

  /** Frames dropped because too many were held. */
  dropped = 0;

  /** `release(frame)` is called for each frame, in order of arrival. */
  constructor(release) {
    this.#release = release;
  }

  set delayMillis(millis) {
    if (millis === this.#delayMillis) return;
    this.#delayMillis = millis;
    this.#schedule();
  }

  get delayMillis() {
    return this.#delayMillis;
  }

  /** Adds a frame with `arrivedAt` (performance.now()) and `key`. */
  push(frame) {
    if (this.#skipToKey && !frame.key) {
      this.dropped++;
      return;
    }
    this.#skipToKey = false;
    this.#held.push(frame);
    if (this.#held.length > MAX_HELD) this.#overflow();
    this.#schedule();
  }

  clear() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#held = [];
  }

  #overflow() {
    this.dropped += this.#held.length;
    this.#held = [];
    this.#skipToKey = true;
  }

  #schedule() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    if (this.#held.length === 0) return;
    const wait = this.#held[0].arrivedAt + this.#delayMillis - performance.now();
    if (wait <= 0 && this.#delayMillis === 0) {
      this.#releaseDue();
    } else {
      this.#timer = setTimeout(() => this.#releaseDue(), Math.max(0, wait));
    }
  }

  #releaseDue() {
    const due = performance.now() - this.#delayMillis + 1;
    while (this.#held.length > 0 && this.#held[0].arrivedAt <= due) this.#release(this.#held.shift());
    this.#schedule();
  }
}
