// The delay of frames before display, so that the boxes of each have arrived.

/** Upper bound of the automatic hold. */
export const LONGEST_MILLIS = 2500;

const HEADROOM = 1.1;
const CALM_SHARE = 0.8;
const CALM_MILLIS = 20;
const FALL_SHARE = 0.1;
const LEAST_FALL_MILLIS = 4;
const MOST_FALL_MILLIS = 50;

/**
 * Adapts to the latency of results: rises at once, with a margin, so that it need not rise again soon; stays while the
 * latency is about the same; falls by small steps, so that video plays only slightly faster meanwhile.
 */
export class Hold {
  #millis = 0;
  #isFalling = false;

  /**
   * One step, four times a second: `neededMillis` is the hold that results need (null without results), `choice` is `auto`
   * or the user's choice in milliseconds (0: live). Returns the hold in milliseconds.
   */
  step(neededMillis, choice) {
    this.#millis = choice === 'auto' ? Math.round(this.#follow(neededMillis ?? 0)) : choice;
    return this.#millis;
  }

  #follow(needed) {
    const wanted = Math.min(needed * HEADROOM, LONGEST_MILLIS);
    if (needed > this.#millis || this.#millis > LONGEST_MILLIS) {
      this.#isFalling = false;
      return wanted;
    }
    if (needed <= this.#millis * CALM_SHARE - CALM_MILLIS) this.#isFalling = true;
    if (!this.#isFalling) return this.#millis;
    const fall = Math.min(Math.max((this.#millis - wanted) * FALL_SHARE, LEAST_FALL_MILLIS), MOST_FALL_MILLIS);
    this.#isFalling = this.#millis - fall > wanted;
    return Math.max(wanted, this.#millis - fall);
  }
}
