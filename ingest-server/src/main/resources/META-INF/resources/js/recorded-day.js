// A day of one stream in the archive.

import { archive } from './archive.js';

const DAY_MILLIS = 24 * 60 * 60 * 1000;

/** The local day of a Unix time in milliseconds, as a date input writes it: `2026-11-21`. */
export function localDay(millis) {
  const date = new Date(millis);
  return new Date(millis - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

/** What the archive has of a stream on a local day: its `start` (Unix milliseconds), `recordings` (newest first), `minutes`. */
export async function recordedDay(stream, day) {
  const start = Date.parse(`${day}T00:00:00`);
  const [from, to] = [start, start + DAY_MILLIS].map((millis) => new Date(millis).toISOString());
  const [recordings, minutes] = await Promise.all([archive.recordings(stream, from, to), archive.timeline(stream, from, to)]);
  return { start, recordings, minutes };
}

/** The recording of a moment, Unix milliseconds, or the next after it; undefined without one. */
export function recordingAt(recordings, millis) {
  return [...recordings].reverse().find((each) => Date.parse(each.end) > millis);
}
