// The device's gyroscope and accelerometer, in the frame of the camera that sends.

import { unixNanos } from './unix-time.js';

const BATCH_MILLIS = 100;

/** More than a device measures in a batch's time; without a connection the oldest go. */
const MAX_SAMPLES = 200;

const RADIANS = Math.PI / 180;

/** Safari on iOS gives the opposite of the specific force that the W3C asks for. Not tried on one. */
const SIGN = /iPhone|iPad/.test(navigator.userAgent) ? -1 : 1;

/**
 * A vector of the device (x to the right, y up, z out of its screen, as it is held upright) as forward, right, down of
 * its camera. `angleDegrees` is the screen's rotation; `isFront` for the camera on the screen's side.
 */
export function forwardRightDown({ x, y, z }, angleDegrees, isFront) {
  const cos = Math.cos(angleDegrees * RADIANS);
  const sin = Math.sin(angleDegrees * RADIANS);
  const right = x * cos - y * sin;
  const up = x * sin + y * cos;
  return isFront ? [z, -right, -up] : [-z, right, -up];
}

/** Whether the device may be asked; browsers of Apple ask the person, after a click only. Rejects with the reason. */
export async function allowMotion() {
  if (!('DeviceMotionEvent' in globalThis)) throw new Error('This browser does not tell how the device moves.');
  if ((await DeviceMotionEvent.requestPermission?.()) === 'denied') throw new Error('The motion of the device was refused.');
}

/**
 * Sends what the device measures in batches, until `stop()`.
 *
 * - `send(message)`: an object for `WS /ws/imu`
 */
export class MotionSender {
  samples = 0;
  #send;
  #isFront;
  #batch = [];
  #timer;
  #listener = (event) => this.#add(event);

  constructor(send, isFront) {
    this.#send = send;
    this.#isFront = isFront;
    addEventListener('devicemotion', this.#listener);
    this.#timer = setInterval(() => this.#flush(), BATCH_MILLIS);
  }

  stop() {
    removeEventListener('devicemotion', this.#listener);
    clearInterval(this.#timer);
  }

  #add(event) {
    const force = event.accelerationIncludingGravity;
    const turn = event.rotationRate;
    // Laptops without sensors send one event without values.
    if (![force?.x, force?.y, force?.z, turn?.alpha, turn?.beta, turn?.gamma].every(Number.isFinite)) return;
    const angle = screen.orientation?.angle ?? 0;
    const rates = { x: turn.alpha * RADIANS, y: turn.beta * RADIANS, z: turn.gamma * RADIANS };
    const forces = { x: SIGN * force.x, y: SIGN * force.y, z: SIGN * force.z };
    this.#batch.push({
      capture_time_ns: unixNanos(event.timeStamp),
      angular_velocity: forwardRightDown(rates, angle, this.#isFront),
      linear_acceleration: forwardRightDown(forces, angle, this.#isFront),
    });
    if (this.#batch.length > MAX_SAMPLES) this.#batch.shift();
  }

  #flush() {
    if (this.#batch.length === 0) return;
    if (this.#send({ sent_time_ns: unixNanos(performance.now()), frame: 'FRD', samples: this.#batch })) {
      this.samples += this.#batch.length;
      this.#batch = [];
    }
  }
}
