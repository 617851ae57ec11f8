// An estimate of the server's clock, to compute the age of a frame.

const EVERY_MILLIS = 60000;
const ATTEMPTS = 3;
const MOST_TRUSTED_MILLIS = 30000;

/** Asks `GET /api/time` a few times and uses the fastest answer; again each minute. */
export class ServerClock {
  #offsetMillis = null;

  start() {
    this.#measure().finally(() => setTimeout(() => this.start(), EVERY_MILLIS));
  }

  /**
   * Time since `unixMillis`; null if unknown: no answer yet, or a camera whose clock is far from the
   * server's.
   */
  since(unixMillis) {
    if (this.#offsetMillis === null || unixMillis === undefined) return null;
    const age = Date.now() + this.#offsetMillis - unixMillis;
    return age >= -100 && age < MOST_TRUSTED_MILLIS ? Math.max(0, age) : null;
  }

  async #measure() {
    const found = [];
    for (let i = 0; i < ATTEMPTS; i++) {
      const sample = await this.#ask().catch(() => null);
      if (sample) found.push(sample);
    }
    found.sort((a, b) => a.tripMillis - b.tripMillis);
    if (found.length > 0) this.#offsetMillis = found[0].offsetMillis;
  }

  async #ask() {
    const asked = performance.now();
    const answer = await fetch('/api/time', { cache: 'no-store', signal: AbortSignal.timeout(5000) });
    const tripMillis = performance.now() - asked;
    const { unix_time_ns: nanos } = await answer.json();
    return { tripMillis, offsetMillis: nanos / 1e6 + tripMillis / 2 - Date.now() };
  }
}
