// Where the device is, by its satellite receiver.

import { unixNanos } from './unix-time.js';

/**
 * Sends each position, until `stop()`.
 *
 * - `send(message)`: an object for `WS /ws/telemetry`
 * - `onProblem(text)`: why there is none
 */
export class PositionSender {
  #watch;

  constructor(send, onProblem) {
    this.#watch = navigator.geolocation.watchPosition(
      ({ coords }) => send(telemetry(coords)),
      (error) => onProblem(`No position: ${error.message || 'the browser does not say why'}.`),
      { enableHighAccuracy: true },
    );
  }

  stop() {
    navigator.geolocation.clearWatch(this.#watch);
  }
}

/** The device tells where it is, not exactly when it was there: the time is that of the message. */
function telemetry(coords) {
  const message = { sent_time_ns: unixNanos(performance.now()), latitude: coords.latitude, longitude: coords.longitude };
  if (Number.isFinite(coords.altitude)) message.altitude_m = coords.altitude;
  if (Number.isFinite(coords.heading)) message.heading_deg = coords.heading;
  if (Number.isFinite(coords.heading) && Number.isFinite(coords.speed)) {
    const radians = (coords.heading * Math.PI) / 180;
    message.velocity_ned = [coords.speed * Math.cos(radians), coords.speed * Math.sin(radians), 0];
  }
  return message;
}
