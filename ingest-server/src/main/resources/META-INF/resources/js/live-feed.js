// One stream's live video: socket, hold, player.

import { readFrame } from './live-protocol.js';
import { MsePlayer } from './mse-player.js';
import { Pacer } from './pacer.js';
import { Socket } from './socket.js';
import { WebCodecsPlayer } from './webcodecs-player.js';
import { WebRtcFeed } from './webrtc-feed.js';

const CANDIDATES = {
  auto: [WebCodecsPlayer, MsePlayer],
  webcodecs: [WebCodecsPlayer],
  mse: [MsePlayer],
  webrtc: [WebRtcFeed],
};

/** The player class for `choice`: auto, webcodecs, mse or webrtc; null if this browser supports none. */
export function choosePlayer(choice) {
  return CANDIDATES[choice].find((player) => player.isSupported()) ?? null;
}

/** The feed of `stream` by a player of `choosePlayer`; `handlers` as those of LiveFeed. */
export function openFeed(stream, Player, video, handlers) {
  return Player === WebRtcFeed ? new WebRtcFeed(stream, video, handlers) : new LiveFeed(stream, Player, video, handlers);
}

/**
 * Calls back, until `close()`:
 *
 * - `onArrived({session, frameNumber, captureTimeMillis}, arrivedAt)`: a frame's bytes have arrived (not displayed yet)
 * - `onFrame(frame, {session, frameNumber})`: display it now; the receiver closes the frame
 * - `onConfig(config)`, `onWaiting()` (the stream is not live), `onState({open, retryMillis})`, `onProblem(text or null)`
 */
class LiveFeed {
  #handlers;
  #player;
  #socket;
  #pacer = new Pacer((item) => this.#release(item));
  #announced = null;
  #isFresh = true;
  #droppedByServer = 0;

  constructor(stream, Player, video, handlers) {
    this.#handlers = handlers;
    this.#player = new Player({ video, onFrame: handlers.onFrame, onProblem: handlers.onProblem });
    const decodes = Player.decodesH265 ? '&decodes=h265' : '';
    this.#socket = new Socket(`/ws/live/${encodeURIComponent(stream)}?format=${Player.format}${decodes}`, {
      onMessage: (event) => this.#take(event.data),
      onState: (state) => this.#connected(state),
    });
  }

  set delayMillis(millis) {
    this.#pacer.delayMillis = millis;
  }

  /** Frames dropped, by the server or here, because this browser was too slow. */
  get dropped() {
    return this.#droppedByServer + this.#pacer.dropped + this.#player.dropped;
  }

  close() {
    this.#socket.close();
    this.#pacer.clear();
    this.#player.close();
  }

  /** A new connection starts a new timeline, with counters from zero. */
  #connected(state) {
    if (state.open) {
      this.#isFresh = true;
      this.#announced = null;
    }
    this.#handlers.onState(state);
  }

  #take(data) {
    if (typeof data === 'string') {
      this.#takeText(JSON.parse(data));
    } else {
      this.#takeBinary(data);
    }
  }

  #takeText(message) {
    if (message.type === 'waiting') {
      this.#handlers.onWaiting();
    } else if (message.type === 'problem') {
      this.#handlers.onProblem(message.detail);
    } else if (message.type === 'dropped') {
      this.#droppedByServer = message.frames;
    } else if (message.type === 'config' && message.format === 'annexb') {
      this.#holdConfig(message);
    } else {
      this.#announced = message;
    }
  }

  /** In fMP4 every binary message belongs to the text in front of it: an init segment's config or a frame's name. */
  #takeBinary(data) {
    const announced = this.#announced;
    this.#announced = null;
    if (!announced) {
      this.#arrive(readFrame(data));
    } else if (announced.type === 'config') {
      this.#holdConfig({ ...announced, init: new Uint8Array(data) });
    } else if (announced.type === 'frame') {
      this.#arrive(namedFragment(announced, data));
    }
  }

  #arrive(frame) {
    const held = this.#hold(frame);
    this.#handlers.onArrived(frame, held.arrivedAt);
  }

  #holdConfig(config) {
    this.#hold({ config: { ...config, isFresh: this.#isFresh } });
    this.#isFresh = false;
  }

  #hold(item) {
    const held = { ...item, arrivedAt: performance.now(), key: item.key || item.config !== undefined };
    this.#pacer.push(held);
    return held;
  }

  #release(item) {
    if (item.config) {
      this.#handlers.onConfig(item.config);
      this.#player.configure(item.config);
    } else {
      this.#player.decode(item);
    }
  }
}

function namedFragment(frame, data) {
  return {
    key: frame.key,
    session: frame.session,
    frameNumber: frame.frame_number,
    captureTimeMillis: frame.capture_time_ns / 1e6,
    presentationMicros: Math.floor((frame.presentation_ticks * 1e6) / frame.timescale),
    data: new Uint8Array(data),
  };
}
