// One displayed stream: its video, its results, and the errors of both.

import { Hold, LONGEST_MILLIS } from './hold.js';
import { choosePlayer, openFeed } from './live-feed.js';
import { frameKey } from './live-protocol.js';
import { Problems } from './problems.js';
import { Results } from './results.js';
import { ServerClock } from './server-clock.js';
import { Shown } from './shown.js';
import { Socket } from './socket.js';

const STEP_MILLIS = 250;
const SILENT_AFTER_MILLIS = 3000;
const NO_PLAYER = {
  auto: 'This browser cannot play live video: it has neither WebCodecs (only over HTTPS or on localhost) nor Media Source Extensions with VideoFrame.',
  webrtc: 'This browser does not tell which frame of WebRTC it shows: choose another player.',
};
const PLAYER_NAMES = { annexb: 'WebCodecs', fmp4: 'MSE', webrtc: 'WebRTC' };

/**
 * Elements in, callbacks out:
 *
 * - `onRates(message)`, `onEvent(message)`: from the results socket
 * - `onPose(pose)`: each camera pose on arrival
 * - `onName(identification)`: the name that an object was recognised as
 * - `onStep(numbers)`: four times a second, figures of the displayed stream
 */
export class Viewer {
  #elements;
  #handlers;
  #stage;
  #problems;
  #clock = new ServerClock();
  #hold = new Hold();
  #results = new Results();
  #feed = null;
  #resultsSocket = null;
  #format = '';
  #stream = null;
  #config = null;
  #shown = new Shown();
  #isLate = false;
  #lastArrival = 0;

  /** The hold of frames for their boxes: `auto`, or milliseconds; 0: live. */
  holdChoice = 'auto';

  constructor(elements, stage, handlers) {
    this.#elements = elements;
    this.#handlers = handlers;
    this.#stage = stage;
    this.#problems = new Problems(elements.problem, elements.note);
    this.#clock.start();
    setInterval(() => this.#step(), STEP_MILLIS);
  }

  /** Displays `stream` with the player `choice` (auto, webcodecs, mse, webrtc). */
  open(stream, choice) {
    this.close();
    this.#stream = stream;
    const Player = choosePlayer(choice);
    if (!Player) {
      this.#problems.set('player', NO_PLAYER[choice] ?? NO_PLAYER.auto);
    } else {
      this.#openFeed(stream, Player);
    }
    this.#resultsSocket = new Socket(`/ws/results/${encodeURIComponent(stream)}?join_ms=0`, {
      onMessage: (event) => this.#takeResult(JSON.parse(event.data)),
      onState: (state) => this.#resultsState(state),
    });
  }

  close() {
    this.pause();
    this.#resultsSocket?.close();
    this.#results.clear();
  }

  /** Stops the video, so that the stage is free for another; results keep coming. `open` starts it again. */
  pause() {
    this.#feed?.close();
    this.#feed = null;
    this.#config = null;
    this.#shown = new Shown();
    this.#isLate = false;
    this.#stage.clear();
    this.#problems.clear();
  }

  /** What is displayed: `{stream, frameNumber, result, width, height}`; null without a frame. */
  onShow() {
    const size = this.#stage.frameSize;
    const { frameNumber, result } = this.#shown.last;
    if (frameNumber === undefined || !size) return null;
    return { stream: this.#stream, frameNumber, result, ...size };
  }

  /** Highlights the object with this number; null for none. */
  choose(id) {
    this.#stage.chosen = id;
    this.#stage.redraw();
  }

  #openFeed(stream, Player) {
    this.#format = Player.format;
    this.#lastArrival = performance.now();
    this.#problems.set('waiting', `Opening ${stream} …`);
    this.#feed = openFeed(stream, Player, this.#elements.video, {
      onArrived: (frame, arrivedAt) => this.#arrived(frame, arrivedAt),
      onFrame: (frame, name) => this.#show(frame, name),
      onConfig: (config) => (this.#config = config),
      onWaiting: () => this.#problems.set('waiting', `${stream} is not live now. It is displayed as soon as it starts.`),
      onState: (state) => this.#liveState(state),
      onProblem: (text) => this.#problems.set('player', text),
    });
  }

  #arrived(frame, arrivedAt) {
    this.#lastArrival = arrivedAt;
    this.#results.arrived(frame, arrivedAt);
    this.#problems.set('waiting', null);
    this.#problems.set('silent', null);
  }

  /** Draws a frame and its boxes together: the boxes of exactly this frame wherever they are known. */
  #show(frame, { session, frameNumber }) {
    const key = frameKey(session, frameNumber);
    const drawn = this.#results.drawnOn(session, frameNumber, this.#isLate);
    this.#stage.draw(frame, drawn.result, drawn.kind === 'carried');
    const capturedAt = this.#results.arrivalOf(key)?.captureTimeMillis;
    this.#shown.add({ key, session, frameNumber, ...drawn, behindMillis: this.#clock.since(capturedAt) });
  }

  #takeResult(message) {
    if (message.type === 'rates') {
      this.#handlers.onRates(message);
    } else if (message.type === 'event') {
      this.#handlers.onEvent(message);
    } else {
      const key = this.#results.accept(message);
      const { frame_result: result, pose, identification } = message.results;
      if (pose) this.#handlers.onPose({ ...pose, session: message.session });
      if (identification) this.#handlers.onName(identification);
      if (result && this.#shown.last.key === key) {
        this.#shown.complete(result);
        this.#stage.addResult(result);
      }
    }
  }

  #liveState({ open, retryMillis }) {
    this.#problems.set('socket', open ? null : `The connection is lost. Trying again in ${seconds(retryMillis)} s.`);
  }

  #resultsState({ open, retryMillis }) {
    this.#problems.note('results', open ? null : `No connection for results. Trying again in ${seconds(retryMillis)} s.`);
  }

  #step() {
    if (!this.#feed) return;
    const now = performance.now();
    const { lateness } = this.#results;
    const hold = this.#hold.step(lateness.neededMillis(now), this.holdChoice);
    this.#feed.delayMillis = hold;
    this.#isLate = lateness.isLate(hold, now);
    this.#problems.set('silent', this.#silence(now));
    this.#problems.note('late', this.#lateNote(hold, lateness.usualMillis(now)));
    this.#handlers.onStep(this.#numbers(now, hold));
  }

  /** Contains the time of the last frame, not the time since: screen readers announce unchanged text once. */
  #silence(now) {
    const silentFor = now - this.#lastArrival;
    if (silentFor <= SILENT_AFTER_MILLIS) return null;
    return `No frame since ${new Date(Date.now() - silentFor).toLocaleTimeString()}.`;
  }

  /** In half seconds: screen readers announce unchanged text once. */
  #lateNote(hold, usual) {
    if (usual === null || usual <= hold || this.holdChoice === 0) return null;
    const late = Math.max(0.5, Math.round((usual - hold) / 500) / 2);
    const bound = this.holdChoice === 'auto' ? `${LONGEST_MILLIS / 1000} s at most` : `${hold / 1000} s`;
    return `Results come ${seconds(usual)} s after their frame, and frames are held ${bound}: boxes are drawn faint, about ${late} s late.`;
  }

  #numbers(now, hold) {
    const { lateness } = this.#results;
    return {
      ...this.#shown.numbers(now),
      stream: this.#stream,
      config: this.#config,
      player: PLAYER_NAMES[this.#format],
      hold,
      usualLag: lateness.usualMillis(now),
      mostLag: lateness.mostMillis(now),
      dropped: this.#feed.dropped,
      pose: this.#results.of(this.#shown.last.key)?.pose,
    };
  }
}

function seconds(millis) {
  return (millis / 1000).toFixed(millis < 10000 ? 1 : 0);
}
