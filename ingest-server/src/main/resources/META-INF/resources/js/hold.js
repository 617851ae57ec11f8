// How long frames are held back, so that the boxes of each are there when it is shown.

/** Frames are never held longer than this by themselves. */
export const LONGEST_MILLIS = 2500;

const HEADROOM = 1.1;
const CALM_SHARE = 0.8;
const CALM_MILLIS = 20;
const FALL_SHARE = 0.1;
const LEAST_FALL_MILLIS = 4;
const MOST_FALL_MILLIS = 50;

/**
 * Follows what results need: rises at once, a little above it, so that it need not rise again soon; stays while the
 * need is about the same; falls by small steps, so that video plays only a little faster meanwhile.
 */
export class Hold {
  #millis = 0;
  #isFalling = false;

  /**
   * One step, four times a second: `neededMillis` is what results need (null: there are none), `choice` is `auto` or the
   * milliseconds that a person chose (0: live). Returns the hold to use, in milliseconds.
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
