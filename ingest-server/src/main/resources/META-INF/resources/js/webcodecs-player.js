// Decodes Annex-B frames with WebCodecs. The frame's number travels as the chunk's timestamp, so what comes out
// of the decoder is known by name, whatever was dropped or reordered.

const MAX_QUEUED = 120;

/** Owns one decoder at a time; every frame it hands out belongs to the receiver, who closes it. */
export class WebCodecsPlayer {
  static format = 'annexb';

  static isSupported() {
    return window.isSecureContext && 'VideoDecoder' in window;
  }

  #onFrame;
  #onProblem;
  #config = null;
  #decoder = null;
  #needsKey = true;

  /** Frames given up: they came before an IDR frame, or faster than they could be decoded. */
  dropped = 0;

  /** `onFrame(frame, {session, frameNumber})`; `onProblem(text)`, null when it is over. */
  constructor({ onFrame, onProblem }) {
    this.#onFrame = onFrame;
    this.#onProblem = onProblem;
  }

  /** Takes a config message: frames of a new session or size follow. */
  async configure(config) {
    this.#config = config;
    this.#open();
    const { supported } = await VideoDecoder.isConfigSupported(decoderConfig(config)).catch(() => ({ supported: false }));
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

  /** A decoder that failed is closed for good: a new one starts at the next IDR frame. */
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

function decoderConfig({ codec, width, height }) {
  return { codec, codedWidth: width, codedHeight: height, optimizeForLatency: true };
}
