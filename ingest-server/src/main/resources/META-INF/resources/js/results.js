// What the fleet found out about each picture, and how long after the picture it came.

import { pictureKey } from './live-protocol.js';

const KEPT_PICTURES = 1024;
const LAGS_KEPT = 60;
const LAGS_NEEDED = 5;
const SILENT_AFTER_MILLIS = 3000;
const MARGIN_MILLIS = 20;

/** Results by picture, of one stream, bounded: the oldest picture is forgotten first. */
export class Results {
  #byPicture = new Map();
  #arrivals = new Map();
  #lags = [];
  #lastAt = -Infinity;

  /** A picture with this key has arrived, at `arrivedAt` (performance.now()). */
  arrived(key, arrivedAt) {
    remember(this.#arrivals, key, arrivedAt);
  }

  /** Takes one message of `WS /ws/results/{stream}`; returns the key of its picture. */
  accept(message, now = performance.now()) {
    const key = pictureKey(message.session, message.frame_number);
    remember(this.#byPicture, key, { ...this.#byPicture.get(key), ...message.results });
    if (message.results.frame_result) this.#measure(key, now);
    return key;
  }

  /** `{frame_result, pose, …}` of exactly this picture; undefined while nothing is known about it. */
  of(key) {
    return this.#byPicture.get(key);
  }

  /** Time within which 95 % of recent frame results followed their picture; null while there are none. */
  lagMillis(now = performance.now()) {
    if (this.#lags.length < LAGS_NEEDED || now - this.#lastAt > SILENT_AFTER_MILLIS) return null;
    const sorted = [...this.#lags].sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length * 0.95)] + MARGIN_MILLIS;
  }

  clear() {
    this.#byPicture.clear();
    this.#arrivals.clear();
    this.#lags = [];
  }

  #measure(key, now) {
    this.#lastAt = now;
    const arrivedAt = this.#arrivals.get(key);
    if (arrivedAt === undefined) return;
    this.#lags.push(Math.max(0, now - arrivedAt));
    if (this.#lags.length > LAGS_KEPT) this.#lags.shift();
  }
}

function remember(map, key, value) {
  map.delete(key);
  map.set(key, value);
  if (map.size > KEPT_PICTURES) map.delete(map.keys().next().value);
}
