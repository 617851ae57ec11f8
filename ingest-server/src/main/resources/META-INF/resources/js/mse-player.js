// Plays fMP4 fragments through Media Source Extensions, where WebCodecs is missing or the page came over plain HTTP.
// The video element plays below the canvas; each displayed frame is captured as a VideoFrame, whose media time
// identifies it, and drawn like any other.

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

  /** Whether this browser decodes H.265 too; else the server sends such streams as H.264. */
  static get decodesH265() {
    return MediaSource.isTypeSupported('video/mp4; codecs="hvc1.1.6.L120.90"');
  }

  static isSupported() {
    return 'MediaSource' in window && 'VideoFrame' in window && 'requestVideoFrameCallback' in HTMLVideoElement.prototype;
  }

  #video;
  #onFrame;
  #onProblem;
  #type = '';
  #init = null;
  #source = null;
  #buffer = null;
  #queue = [];
  #names = new Map();
  #lastTimestamp = -1;
  #closed = false;

  /** Frames that the video element skipped. */
  get dropped() {
    return this.#video.getVideoPlaybackQuality?.().droppedVideoFrames ?? 0;
  }

  constructor({ video, onFrame, onProblem }) {
    this.#video = video;
    this.#onFrame = onFrame;
    this.#onProblem = onProblem;
    video.onerror = () => this.#fail(video.error?.message);
    this.#watch();
  }

  /** Takes a config with its `init` segment; `isFresh` if the connection, and with it the timeline, is new. */
  configure(config) {
    const type = `video/mp4; codecs="${config.codec}"`;
    const goesOn = this.#source && !config.isFresh && type === this.#type;
    this.#init = MediaSource.isTypeSupported(type) ? config.init : null;
    this.#type = type;
    if (!this.#init) {
      this.#onProblem(`This browser cannot play ${config.codec}, ${config.width} × ${config.height}.`);
    } else if (goesOn) {
      this.#queue.push(config.init);
      this.#pump();
    } else {
      this.#open();
    }
  }

  /** Takes one fragment with `presentationMicros` and the frame's name. */
  decode(fragment) {
    if (!this.#init) return;
    if (!this.#source) {
      if (!fragment.key) return;
      this.#open();
    }
    this.#names.set(fragment.presentationMicros, { session: fragment.session, frameNumber: fragment.frameNumber });
    if (this.#names.size > REMEMBERED_TIMES) this.#names.delete(this.#names.keys().next().value);
    this.#queue.push(fragment.data);
    this.#pump();
  }

  close() {
    this.#closed = true;
    this.#forgetSource();
    this.#video.onerror = null;
    this.#video.removeAttribute('src');
    this.#video.load();
  }

  #open() {
    const source = new MediaSource();
    this.#forgetSource();
    this.#source = source;
    this.#queue = [this.#init];
    source.addEventListener('sourceopen', () => {
      if (source !== this.#source) return;
      this.#buffer = source.addSourceBuffer(this.#type);
      this.#buffer.addEventListener('updateend', () => this.#pump());
      this.#pump();
    });
    this.#video.src = URL.createObjectURL(source);
    this.#video.muted = true;
    this.#video.play().catch(() => {});
  }

  /** A failed player is closed; the next IDR frame opens a new one. */
  #fail(reason) {
    if (this.#closed || !this.#source) return;
    this.#onProblem(`The player failed (${reason ?? 'no reason given'}); it starts again at the next keyframe.`);
    this.#forgetSource();
  }

  #forgetSource() {
    this.#source = null;
    this.#buffer = null;
    this.#queue = [];
    this.#names.clear();
    this.#lastTimestamp = -1;
    if (this.#video.src) URL.revokeObjectURL(this.#video.src);
  }

  #pump() {
    const buffer = this.#buffer;
    if (!buffer || buffer.updating || this.#source.readyState !== 'open') return;
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
      this.#fail(error.message);
    }
  }

  /** Plays near the end of the buffer: seeks when far behind, else adjusts the playback rate slightly. */
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
      this.#takeFrame();
    });
  }

  /** The callback's metadata may belong to an older frame than the displayed one; the VideoFrame carries its own time. */
  #takeFrame() {
    const frame = new VideoFrame(this.#video);
    const name = this.#nameOf(frame.timestamp);
    if (frame.timestamp === this.#lastTimestamp || !name) {
      frame.close();
      return;
    }
    this.#lastTimestamp = frame.timestamp;
    this.#onProblem(null);
    this.#onFrame(frame, name);
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
