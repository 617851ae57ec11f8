// Decodes Annex-B frames with WebCodecs. The frame number is the chunk's timestamp, so that each decoded frame
// is identified, whatever was dropped or reordered.

const MAX_QUEUED = 120;
const H265 = { codec: 'hvc1.1.6.L120.90', codedWidth: 1280, codedHeight: 720, optimizeForLatency: true };
const decodesH265 = await isSupported(H265);

/** Owns one decoder at a time; the receiver of a frame owns and closes it. */
export class WebCodecsPlayer {
  static format = 'annexb';

  /** Whether this browser decodes H.265 too; else the server sends such streams as H.264. */
  static decodesH265 = decodesH265;

  static isSupported() {
    return window.isSecureContext && 'VideoDecoder' in window;
  }

  #onFrame;
  #onProblem;
  #config = null;
  #decoder = null;
  #needsKey = true;

  /** Frames dropped: received before an IDR frame, or faster than they could be decoded. */
  dropped = 0;

  /** `onFrame(frame, {session, frameNumber})`; `onProblem(text)`, null when it is resolved. */
  constructor({ onFrame, onProblem }) {
    this.#onFrame = onFrame;
    this.#onProblem = onProblem;
  }

  /** Handles a config message: frames of a new session or size follow. */
  async configure(config) {
    this.#config = config;
    this.#open();
    const supported = await isSupported(decoderConfig(config));
    if (!supported && this.#config === config) {
      this.#onProblem(`This browser cannot decode ${config.codec}, ${config.width} × ${config.height}.`);
    }
  }

  decode(frame) {
    if (!this.#decoder || this.#decoder.state !== 'configured') return;
    if (this.#decoder.decodeQueueSize > MAX_QUEUED) this.#needsKey = true;
    if (this.#needsKey && !frame.key) {
      this.dropped++;
      return;
    }
    this.#needsKey = false;
    const type = frame.key ? 'key' : 'delta';
    this.#decoder.decode(new EncodedVideoChunk({ type, timestamp: frame.frameNumber, data: frame.data }));
  }

  close() {
    this.#config = null;
    this.#closeDecoder();
  }

  #open() {
    this.#closeDecoder();
    const { session } = this.#config;
    const decoder = new VideoDecoder({
      output: (frame) => this.#output(decoder, frame, session),
      error: (error) => this.#recover(decoder, error),
    });
    this.#decoder = decoder;
    this.#needsKey = true;
    decoder.configure(decoderConfig(this.#config));
  }

  #output(decoder, frame, session) {
    if (decoder !== this.#decoder) {
      frame.close();
      return;
    }
    this.#onProblem(null);
    this.#onFrame(frame, { session, frameNumber: frame.timestamp });
  }

  /** A failed decoder cannot be used again: a new one starts at the next IDR frame. */
  #recover(decoder, error) {
    if (decoder !== this.#decoder || !this.#config) return;
    this.#onProblem(`The decoder failed (${error.message}); it starts again at the next keyframe.`);
    this.#open();
  }

  #closeDecoder() {
    if (this.#decoder && this.#decoder.state !== 'closed') this.#decoder.close();
    this.#decoder = null;
  }
}

async function isSupported(config) {
  if (!('VideoDecoder' in window)) return false;
  return VideoDecoder.isConfigSupported(config).then(({ supported }) => supported, () => false);
}

function decoderConfig({ codec, width, height }) {
  return { codec, codedWidth: width, codedHeight: height, optimizeForLatency: true };
}
