// How long pictures are held back: as long as results lately needed, never longer than the viewer allows.

const FALL_MILLIS_PER_STEP = 4;

/** Rises at once, falls slowly, so that playback does not jitter. */
export class AdaptiveDelay {
  #millis = 0;

  /**
   * One step, a few times a second: `lagMillis` is what results need (null: there are none), `limitMillis` what the
   * viewer allows (0: live). Returns the delay to use.
   */
  step(lagMillis, limitMillis) {
    const wanted = Math.min(lagMillis ?? 0, limitMillis);
    const falling = Math.max(wanted, this.#millis - FALL_MILLIS_PER_STEP);
    this.#millis = Math.round(Math.min(wanted > this.#millis ? wanted : falling, limitMillis));
    return this.#millis;
  }
}
