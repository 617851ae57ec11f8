// Plays fMP4 fragments through Media Source Extensions, where WebCodecs is missing or the page came over plain HTTP.
// The video element plays below the canvas; each picture it shows is taken out as a VideoFrame, whose media time names
// it, and drawn like any other.

const KEPT_SECONDS = 8;
const FAR_BEHIND_SECONDS = 1;
const RATES = [
  [0.4, 1.15],
  [0.25, 1.05],
  [0.06, 1],
  [-Infinity, 0.94],
];
const REMEMBERED_TIMES = 1024;

export class MsePlayer {
  static format = 'fmp4';

  static isSupported() {
    return 'MediaSource' in window;
  }

  #video;
  #onPicture;
  #onProblem;
  #source = null;
  #buffer = null;
  #queue = [];
  #names = new Map();
  #lastTimestamp = -1;
  #closed = false;

  /** Pictures that the video element skipped. */
  get dropped() {
    return this.#video.getVideoPlaybackQuality?.().droppedVideoFrames ?? 0;
  }

  constructor({ video, onPicture, onProblem }) {
    this.#video = video;
    this.#onPicture = onPicture;
    this.#onProblem = onProblem;
    video.onerror = () => this.#closed || onProblem(`The video element failed: ${video.error?.message ?? 'unknown'}.`);
  }

  async configure(config) {
    const type = `video/mp4; codecs="${config.codec}"`;
    if (!MediaSource.isTypeSupported(type)) {
      this.#onProblem(`This browser cannot play ${config.codec}, ${config.width} × ${config.height}.`);
      return;
    }
    if (!this.#source) {
      this.#open(type, config.init);
    } else {
      this.#queue.push(config.init);
      this.#pump();
    }
  }

  /** Takes one fragment with `presentationMicros` and the picture's name. */
  decode(fragment) {
    this.#names.set(fragment.presentationMicros, { session: fragment.session, frameNumber: fragment.frameNumber });
    if (this.#names.size > REMEMBERED_TIMES) this.#names.delete(this.#names.keys().next().value);
    this.#queue.push(fragment.data);
    this.#pump();
  }

  close() {
    this.#closed = true;
    this.#queue = [];
    const url = this.#video.src;
    this.#video.removeAttribute('src');
    this.#video.load();
    if (url) URL.revokeObjectURL(url);
  }

  #open(type, init) {
    const source = new MediaSource();
    this.#source = source;
    this.#queue.push(init);
    source.addEventListener('sourceopen', () => {
      if (this.#closed) return;
      this.#buffer = source.addSourceBuffer(type);
      this.#buffer.addEventListener('updateend', () => this.#pump());
      this.#pump();
    });
    this.#video.src = URL.createObjectURL(source);
    this.#video.muted = true;
    this.#video.play().catch(() => {});
    this.#watch();
  }

  #pump() {
    const buffer = this.#buffer;
    if (this.#closed || !buffer || buffer.updating || this.#source.readyState !== 'open') return;
    this.#chaseLiveEdge();
    if (this.#queue.length > 0) {
      this.#append(buffer, this.#queue);
    } else if (buffer.buffered.length > 0 && this.#video.currentTime - buffer.buffered.start(0) > 2 * KEPT_SECONDS) {
      buffer.remove(0, this.#video.currentTime - KEPT_SECONDS);
    }
  }

  #append(buffer, waiting) {
    this.#queue = [];
    try {
      buffer.appendBuffer(concatenate(waiting));
    } catch (error) {
      this.#onProblem(`The player refused the video: ${error.message}.`);
    }
  }

  /** Live video is shown near the end of what has arrived: jump when far behind, else play a little faster or slower. */
  #chaseLiveEdge() {
    const { buffered } = this.#buffer;
    if (buffered.length === 0) return;
    const last = buffered.length - 1;
    const behind = buffered.end(last) - this.#video.currentTime;
    if (behind > FAR_BEHIND_SECONDS || this.#video.currentTime < buffered.start(last)) {
      this.#video.currentTime = Math.max(buffered.start(last), buffered.end(last) - 0.1);
    }
    this.#video.playbackRate = RATES.find(([least]) => behind > least)[1];
  }

  #watch() {
    this.#video.requestVideoFrameCallback(() => {
      if (this.#closed) return;
      this.#watch();
      this.#takePicture();
    });
  }

  /** The callback's own metadata may name an older picture than the element shows; the VideoFrame names itself. */
  #takePicture() {
    const frame = new VideoFrame(this.#video);
    const name = this.#nameOf(frame.timestamp);
    if (frame.timestamp === this.#lastTimestamp || !name) {
      frame.close();
      return;
    }
    this.#lastTimestamp = frame.timestamp;
    this.#onProblem(null);
    this.#onPicture(frame, name);
  }

  #nameOf(micros) {
    return this.#names.get(micros) ?? this.#names.get(micros - 1) ?? this.#names.get(micros + 1);
  }
}

function concatenate(parts) {
  const all = new Uint8Array(parts.reduce((bytes, part) => bytes + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.byteLength;
  }
  return all;
}
