// A camera's frames as H.264 access units (Annex-B).

const KEY_EVERY_MILLIS = 2000;

/** Frames in the encoder at once: more would only add latency. */
const MAX_ENCODING = 2;

/** The profiles to try, the best first: High, Main, Constrained Baseline. */
const PROFILES = ['6400', '4d00', '42e0'];

/** H.264 levels by the macroblocks of a frame and of a second that they allow (ITU-T H.264, table A-1). */
const LEVELS = [
  { hex: '1f', frame: 3600, second: 108000 },
  { hex: '28', frame: 8192, second: 245760 },
  { hex: '33', frame: 36864, second: 983040 },
];

/** The first of the configurations that this browser can encode; null for none. */
export async function encoderConfig({ width, height, framesPerSecond, bitsPerSecond }) {
  if (!('VideoEncoder' in globalThis)) return null;
  const blocks = Math.ceil(width / 16) * Math.ceil(height / 16);
  const level = LEVELS.find((each) => blocks <= each.frame && blocks * framesPerSecond <= each.second);
  if (!level) return null;
  for (const profile of PROFILES) {
    const config = {
      codec: `avc1.${profile}${level.hex}`,
      width,
      height,
      bitrate: bitsPerSecond,
      framerate: framesPerSecond,
      latencyMode: 'realtime',
      avc: { format: 'annexb' },
    };
    const answer = await VideoEncoder.isConfigSupported(config).catch(() => ({ supported: false }));
    if (answer.supported) return config;
  }
  return null;
}

/**
 * Encodes the frames of a video track until `stop()`.
 *
 * - `onUnit(data, capturedMillis)`: one access unit, and when its frame was captured, by `performance.now()`
 * - `isBehind()`: whether the receiver takes no more now; then frames are dropped before they are encoded
 * - `onEnd(problem)`: the camera or the encoder ended; why, or null where the camera was taken away
 */
export class CameraEncoder {
  dropped = 0;
  #handlers;
  #encoder;
  #reader = null;
  #captured = new Map();
  #lastKeyMillis = -Infinity;
  #minGapMillis;
  #lastMillis = -Infinity;
  #stopped = false;

  constructor(config, handlers) {
    this.#handlers = handlers;
    this.#minGapMillis = 1000 / config.framerate - 1000 / config.framerate / 4;
    this.#encoder = new VideoEncoder({
      output: (chunk) => this.#tell(chunk),
      error: (error) => this.#end(error.message),
    });
    this.#encoder.configure(config);
  }

  /** The next frame becomes an IDR frame: whoever receives it begins anew. */
  refresh() {
    this.#lastKeyMillis = -Infinity;
  }

  /** Reads the track; `video` shows it, for browsers that give frames of an element alone. */
  async run(track, video) {
    if ('MediaStreamTrackProcessor' in globalThis) {
      this.#reader = new MediaStreamTrackProcessor({ track }).readable.getReader();
      while (!this.#stopped) {
        const { value: frame, done } = await this.#reader.read();
        if (done) break;
        this.#encode(frame, performance.now());
      }
    } else {
      await this.#follow(track, video);
    }
    this.#end(null);
  }

  stop() {
    this.#stopped = true;
    this.#reader?.cancel().catch(() => {});
    if (this.#encoder.state !== 'closed') this.#encoder.close();
    this.#captured.clear();
  }

  #follow(track, video) {
    return new Promise((resolve) => {
      const next = (now) => {
        if (this.#stopped || track.readyState === 'ended') return resolve();
        this.#encode(new VideoFrame(video, { timestamp: Math.round(now * 1000) }), now);
        return video.requestVideoFrameCallback(next);
      };
      track.addEventListener('ended', resolve);
      video.requestVideoFrameCallback(next);
    });
  }

  #encode(frame, now) {
    if (this.#stopped || this.#encoder.state !== 'configured' || now - this.#lastMillis < this.#minGapMillis) {
      frame.close();
      return;
    }
    if (this.#encoder.encodeQueueSize >= MAX_ENCODING || this.#handlers.isBehind()) {
      this.dropped++;
      frame.close();
      return;
    }
    this.#lastMillis = now;
    this.#captured.set(frame.timestamp, frame.metadata?.().captureTime ?? now);
    const keyFrame = now - this.#lastKeyMillis >= KEY_EVERY_MILLIS;
    if (keyFrame) this.#lastKeyMillis = now;
    this.#encoder.encode(frame, { keyFrame });
    frame.close();
  }

  #tell(chunk) {
    const data = new Uint8Array(chunk.byteLength);
    chunk.copyTo(data);
    const captured = this.#captured.get(chunk.timestamp) ?? performance.now();
    this.#captured.delete(chunk.timestamp);
    if (!this.#stopped) this.#handlers.onUnit(data, captured);
  }

  #end(problem) {
    if (this.#stopped) return;
    this.stop();
    this.#handlers.onEnd(problem);
  }
}
