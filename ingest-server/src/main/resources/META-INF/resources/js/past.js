// The archive below the live video: a timeline of the stream's day. A click plays that moment in place of the live video.

import { archive } from './archive.js';
import { say } from './dom.js';
import { Playback } from './playback.js';
import { localDay, recordedDay, recordingAt } from './recorded-day.js';
import { Timeline } from './timeline.js';

const EVERY_MILLIS = 30_000;

/**
 * Elements: `panel` (hidden without recordings of the stream), `timeline`, `day`, `live`, `play`, `speed`, `video`, `problem`.
 * Calls back:
 *
 * - `onPast()`: recorded frames are drawn on the stage from now on
 * - `onFrame(frame, result)`: a recorded frame is displayed, with its result if there is one
 * - `onLive()`: the stage is the live video's again
 */
export class Past {
  #elements;
  #handlers;
  #playback;
  #timeline;
  #stream = null;
  #recordings = [];
  #asking = 0;
  #millis = null;

  constructor(elements, stage, handlers) {
    this.#elements = elements;
    this.#handlers = handlers;
    this.#playback = new Playback(elements.video, stage, {
      onFrame: (frame, result) => this.#showFrame(frame, result),
      onProblem: (text) => this.isShown && say(elements.problem, text),
    });
    this.#timeline = new Timeline(elements.timeline, (millis) => this.playFrom(millis));
    elements.day.addEventListener('change', () => this.#showDay());
    elements.live.addEventListener('click', () => this.leave());
    elements.play.addEventListener('click', () => this.#playback.togglePlay());
    elements.speed.addEventListener('change', () => (this.#playback.speed = Number(elements.speed.value)));
    elements.video.addEventListener('play', () => (elements.play.textContent = 'Pause'));
    elements.video.addEventListener('pause', () => (elements.play.textContent = 'Play'));
    elements.video.addEventListener('ended', () => this.isShown && this.playFrom(this.#millis + 1));
    setInterval(() => this.#refresh(), EVERY_MILLIS);
  }

  /** Whether recorded frames are displayed. */
  get isShown() {
    return this.#millis !== null;
  }

  /** Another stream is displayed: live, or from a moment on (Unix milliseconds; null for live). */
  async open(stream, millis) {
    this.#stop();
    this.#stream = stream;
    this.#elements.panel.hidden = true;
    this.#elements.day.value = localDay(millis ?? Date.now());
    await this.#showDay();
    if (millis !== null && stream === this.#stream) this.playFrom(millis);
  }

  /** Plays what was recorded at a moment, or next after it; the live video where nothing was. */
  playFrom(millis) {
    const recording = recordingAt(this.#recordings, millis);
    if (!recording) {
      this.leave();
      return;
    }
    const from = Math.max(millis, Date.parse(recording.start));
    if (!this.isShown) this.#handlers.onPast();
    this.#millis = from;
    this.#showMode();
    this.#timeline.mark(from);
    this.#playback.openAt(recording.id, BigInt(from) * 1_000_000n);
  }

  /** Returns to the live video. */
  leave() {
    if (!this.isShown) return;
    this.#stop();
    this.#handlers.onLive();
  }

  #stop() {
    if (this.isShown) this.#playback.close();
    this.#millis = null;
    this.#timeline.mark(null);
    say(this.#elements.problem, null);
    this.#showMode();
  }

  #showMode() {
    const { live, play, speed } = this.#elements;
    live.setAttribute('aria-pressed', String(!this.isShown));
    play.hidden = !this.isShown;
    speed.hidden = !this.isShown;
  }

  #showFrame(frame, result) {
    if (!this.isShown) return;
    this.#millis = Number(BigInt(frame.capture_time_ns) / 1_000_000n);
    this.#timeline.mark(this.#millis);
    this.#handlers.onFrame(frame, result);
  }

  /** Today's recordings grow. */
  #refresh() {
    const { panel, day } = this.#elements;
    if (this.#stream && !document.hidden && (panel.hidden || day.value === localDay(Date.now()))) this.#showDay();
  }

  /** Without an archive, or without the stream in it, there is nothing to display. */
  async #showDay() {
    const asking = ++this.#asking;
    const { panel, day, problem } = this.#elements;
    try {
      const isRecorded = (await archive.streams()).includes(this.#stream);
      const recorded = isRecorded ? await recordedDay(this.#stream, day.value) : null;
      if (asking !== this.#asking) return;
      panel.hidden = !isRecorded;
      this.#recordings = recorded?.recordings ?? [];
      if (recorded) this.#timeline.show(recorded.start, recorded.minutes);
    } catch (error) {
      if (asking === this.#asking && this.isShown) say(problem, error.message);
    }
  }
}
