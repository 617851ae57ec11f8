// The results of each frame, and the choice of boxes drawn on each frame.

import { between } from './between.js';
import { Lateness } from './lateness.js';
import { frameKey } from './live-protocol.js';
import { isSegment } from './segments.js';

const KEPT_FRAMES = 1024;
const LONGEST_GAP_MILLIS = 1000;
const OLDEST_CARRIED_MILLIS = 10000;

/** Results of one stream by frame, bounded: the oldest frame is evicted first. */
export class Results {
  #byFrame = new Map();
  #arrivals = new Map();
  #early = new Map();
  #session = null;
  #numbers = [];

  lateness = new Lateness();

  /** A frame has arrived, at `arrivedAt` (performance.now()), captured at `captureTimeMillis` (Unix). */
  arrived({ session, frameNumber, captureTimeMillis }, arrivedAt) {
    const key = frameKey(session, frameNumber);
    remember(this.#arrivals, key, { arrivedAt, captureTimeMillis });
    this.lateness.frame(arrivedAt);
    if (this.#early.delete(key)) this.lateness.result(frameNumber, 0, arrivedAt);
  }

  /** `{arrivedAt, captureTimeMillis}` of a frame; undefined if no longer kept. */
  arrivalOf(key) {
    return this.#arrivals.get(key);
  }

  /** Adds one message of `WS /ws/results/{stream}`; returns the key of its frame. */
  accept(message, now = performance.now()) {
    const key = frameKey(message.session, message.frame_number);
    remember(this.#byFrame, key, { ...this.#byFrame.get(key), ...message.results });
    if (message.results.frame_result) {
      this.#measure(key, message.frame_number, now);
      this.#number(message.session, message.frame_number);
    }
    return key;
  }

  /** `{frame_result, pose, …}` of exactly this frame; undefined without results. */
  of(key) {
    return this.#byFrame.get(key);
  }

  /**
   * What is drawn on a frame, `{result, kind, olderMillis}`:
   *
   * - `own`: the result of exactly this frame
   * - `between`: from the results of the frames before and after it, where it was not processed itself
   * - `carried`: the newest result before it, `olderMillis` old; only where `isLate`: results come later than frames are held;
   *   or where it has the segments of a whole frame: those of two frames are not the same
   * - `none`
   */
  drawnOn(session, frameNumber, isLate) {
    const own = this.#byFrame.get(frameKey(session, frameNumber))?.frame_result;
    if (own) return { result: own, kind: 'own' };
    if (session !== this.#session) return { kind: 'none' };
    const at = firstNotBelow(this.#numbers, frameNumber);
    const [before, after] = [this.#numbers[at - 1], this.#numbers[at]];
    if (before === undefined) return { kind: 'none' };
    if (this.#frameResult(before)?.objects?.some(isSegment)) return this.#carried(before, frameNumber) ?? { kind: 'none' };
    const inBetween = after === undefined ? null : this.#between(before, frameNumber, after);
    return inBetween ?? (isLate ? this.#carried(before, frameNumber) : null) ?? { kind: 'none' };
  }

  clear() {
    this.#byFrame.clear();
    this.#arrivals.clear();
    this.#early.clear();
    this.#session = null;
    this.#numbers = [];
    this.lateness.clear();
  }

  #between(before, frameNumber, after) {
    const gap = this.#millisBetween(before, after);
    const [one, other] = [this.#frameResult(before), this.#frameResult(after)];
    if (!one || !other || gap === null || gap > LONGEST_GAP_MILLIS) return null;
    return { result: between(one, other, (frameNumber - before) / (after - before)), kind: 'between' };
  }

  #carried(before, frameNumber) {
    const olderMillis = this.#millisBetween(before, frameNumber);
    const result = this.#frameResult(before);
    if (!result || olderMillis === null || olderMillis > OLDEST_CARRIED_MILLIS) return null;
    return { result, kind: 'carried', olderMillis };
  }

  #frameResult(number) {
    return this.#byFrame.get(frameKey(this.#session, number))?.frame_result;
  }

  /** From the arrival of one frame to that of a later one; null if one of them is no longer kept. */
  #millisBetween(earlier, later) {
    const [one, other] = [earlier, later].map((number) => this.#arrivals.get(frameKey(this.#session, number)));
    return one && other ? other.arrivedAt - one.arrivedAt : null;
  }

  #measure(key, frameNumber, now) {
    const arrival = this.#arrivals.get(key);
    if (arrival) {
      this.lateness.result(frameNumber, now - arrival.arrivedAt, now);
    } else {
      remember(this.#early, key, now);
    }
  }

  /** Keeps the numbers of this session's processed frames in order. */
  #number(session, frameNumber) {
    if (session !== this.#session) {
      this.#session = session;
      this.#numbers = [];
    }
    const at = firstNotBelow(this.#numbers, frameNumber);
    if (this.#numbers[at] !== frameNumber) this.#numbers.splice(at, 0, frameNumber);
    if (this.#numbers.length > KEPT_FRAMES) this.#numbers.shift();
  }
}

/** Index of the first value in an ordered list that is not below `value`; its length without one. */
function firstNotBelow(values, value) {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function remember(map, key, value) {
  map.delete(key);
  map.set(key, value);
  if (map.size > KEPT_FRAMES) map.delete(map.keys().next().value);
}
