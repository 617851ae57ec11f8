// This device's clock, as messages carry it.

/** Unix time, in nanoseconds, of a `DOMHighResTimeStamp` (such as `performance.now()` or an event's `timeStamp`). */
export function unixNanos(timestampMillis) {
  return Math.round((performance.timeOrigin + timestampMillis) * 1e6);
}
