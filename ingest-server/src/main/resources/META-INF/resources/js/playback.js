// Plays a stretch of a recording. The video element plays below the canvas; each frame it shows is taken out as a
// VideoFrame, whose own media time says which frame of the archive it is, and drawn with what was said about exactly
// that one.

import { archive, NANOS_PER_SECOND, seconds } from './archive.js';

const FETCHED_AT_ONCE = 300;
const LONGEST_STRETCH_SECONDS = 600n;

export class Playback {
  #video;
  #stage;
  #onFrame;
  #onProblem;
  #recording = null;
  #frames = [];
  #results = new Map();
  #fetched = new Set();
  #lastTimestamp = -1;
  #opening = 0;

  /** Draws on `stage`; calls `onFrame(frame, result)` for each displayed frame, `onProblem(text or null)`. */
  constructor(video, stage, { onFrame, onProblem }) {
    this.#video = video;
    this.#stage = stage;
    this.#onFrame = onFrame;
    this.#onProblem = onProblem;
    video.onerror = () => this.#frames.length > 0 && onProblem(video.error?.message ?? 'The video cannot be played.');
    this.#watch();
  }

  /** Times the speed of the recording. */
  set speed(times) {
    this.#video.defaultPlaybackRate = times;
    this.#video.playbackRate = times;
  }

  togglePlay() {
    if (this.#video.paused) this.#video.play().catch(() => {});
    else this.#video.pause();
  }

  /** Plays a recording from a moment on (Unix nanoseconds), ten minutes at most. */
  async openAt(recording, fromNanos) {
    const stretch = { from: seconds(fromNanos), to: seconds(fromNanos + LONGEST_STRETCH_SECONDS * NANOS_PER_SECOND) };
    const opening = ++this.#opening;
    this.#onProblem(null);
    try {
      const frames = await archive.frames(recording, stretch);
      if (opening !== this.#opening) return;
      this.#recording = recording;
      this.#frames = frames;
      this.#results.clear();
      this.#fetched.clear();
      this.#lastTimestamp = -1;
      await this.#fetchAround(0);
      this.#video.src = archive.videoUrl(recording, stretch);
      await this.#video.play();
    } catch (error) {
      if (opening === this.#opening && error.name !== 'AbortError') this.#onProblem(error.message);
    }
  }

  close() {
    this.#opening++;
    this.#frames = [];
    this.#video.removeAttribute('src');
    this.#video.load();
    this.#stage.clear();
  }

  #watch() {
    this.#video.requestVideoFrameCallback(() => {
      this.#watch();
      this.#takeFrame();
    });
  }

  #takeFrame() {
    if (this.#frames.length === 0) return;
    const frame = new VideoFrame(this.#video);
    if (frame.timestamp === this.#lastTimestamp) {
      frame.close();
      return;
    }
    this.#lastTimestamp = frame.timestamp;
    const at = this.#indexAt(frame.timestamp / 1e6);
    const archived = this.#frames[at];
    const result = this.#results.get(archived.frame_number);
    this.#stage.draw(frame, result);
    this.#onFrame(archived, result);
    this.#fetchAround(at + FETCHED_AT_ONCE / 2).catch((error) => this.#onProblem(error.message));
    this.#fetchAround(at).catch(() => {});
  }

  /** The frame that is shown nearest to a time of the video. */
  #indexAt(time) {
    let low = 0;
    let high = this.#frames.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#frames[middle].seconds < time) low = middle + 1;
      else high = middle;
    }
    const before = this.#frames[low - 1];
    return before && time - before.seconds < this.#frames[low].seconds - time ? low - 1 : low;
  }

  async #fetchAround(index) {
    const block = Math.floor(Math.min(index, this.#frames.length - 1) / FETCHED_AT_ONCE);
    const frames = this.#frames.slice(block * FETCHED_AT_ONCE, (block + 1) * FETCHED_AT_ONCE);
    if (this.#fetched.has(block) || frames.length === 0) return;
    this.#fetched.add(block);
    const opening = this.#opening;
    const results = await archive.results(this.#recording, frames[0].frame_number, frames.at(-1).frame_number);
    if (opening !== this.#opening) return;
    for (const result of results) this.#results.set(result.frame_number, result);
  }
}
