// Decodes Annex-B pictures with WebCodecs. The picture's number travels as the chunk's timestamp, so what comes out
// of the decoder is known by name, whatever was dropped or reordered.

const MAX_QUEUED = 120;

/** Owns one decoder at a time; every frame it hands out belongs to the receiver, who closes it. */
export class WebCodecsPlayer {
  static format = 'annexb';

  static isSupported() {
    return window.isSecureContext && 'VideoDecoder' in window;
  }

  #onPicture;
  #onProblem;
  #config = null;
  #decoder = null;
  #needsKey = true;

  /** Pictures given up: they came before an IDR picture, or faster than they could be decoded. */
  dropped = 0;

  /** `onPicture(frame, {session, frameNumber})`; `onProblem(text)`, null when it is over. */
  constructor({ onPicture, onProblem }) {
    this.#onPicture = onPicture;
    this.#onProblem = onProblem;
  }

  /** Takes a config message: pictures of a new session or size follow. */
  async configure(config) {
    this.#config = config;
    this.#open();
    const { supported } = await VideoDecoder.isConfigSupported(decoderConfig(config)).catch(() => ({ supported: false }));
    if (!supported && this.#config === config) {
      this.#onProblem(`This browser cannot decode ${config.codec}, ${config.width} × ${config.height}.`);
    }
  }

  decode(picture) {
    if (!this.#decoder || this.#decoder.state !== 'configured') return;
    if (this.#decoder.decodeQueueSize > MAX_QUEUED) this.#needsKey = true;
    if (this.#needsKey && !picture.key) {
      this.dropped++;
      return;
    }
    this.#needsKey = false;
    const type = picture.key ? 'key' : 'delta';
    this.#decoder.decode(new EncodedVideoChunk({ type, timestamp: picture.frameNumber, data: picture.data }));
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
    this.#onPicture(frame, { session, frameNumber: frame.timestamp });
  }

  /** A decoder that failed is closed for good: a new one starts at the next IDR picture. */
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
