// One stream on show: its video, its results, and whatever is wrong with either.

import { AdaptiveDelay } from './delay.js';
import { LiveFeed, choosePlayer } from './live-feed.js';
import { pictureKey } from './live-protocol.js';
import { Problems } from './problems.js';
import { Results } from './results.js';
import { Socket } from './socket.js';
import { Stage } from './stage.js';

const STEP_MILLIS = 250;
const SILENT_AFTER_MILLIS = 3000;
const PLAYER_NAMES = { annexb: 'WebCodecs', fmp4: 'MSE' };

/**
 * Elements in, callbacks out:
 *
 * - `onRates(message)`, `onEvent(message)`: from the results socket
 * - `onPose(pose)`: where the camera was, as each pose comes
 * - `onStep(numbers)`: four times a second, what is on show
 */
export class Viewer {
  #elements;
  #handlers;
  #stage;
  #problems;
  #delay = new AdaptiveDelay();
  #results = new Results();
  #feed = null;
  #resultsSocket = null;
  #format = '';
  #stream = null;
  #config = null;
  #shown = null;
  #lastArrival = 0;
  #shownCount = 0;
  #matchedCount = 0;
  #shownTimes = [];

  /** How long pictures may be held back for their results; 0: live. */
  holdMillis = 300;

  constructor(elements, handlers) {
    this.#elements = elements;
    this.#handlers = handlers;
    this.#stage = new Stage(elements.canvas);
    this.#problems = new Problems(elements.problem, elements.note);
    setInterval(() => this.#step(), STEP_MILLIS);
  }

  /** Shows `stream` with the player that `choice` names (auto, webcodecs, mse). */
  open(stream, choice) {
    this.close();
    this.#stream = stream;
    const Player = choosePlayer(choice);
    if (!Player) {
      this.#problems.set('player', 'This browser cannot play live video: it has neither WebCodecs (only over HTTPS or on localhost) nor Media Source Extensions with VideoFrame.');
    } else {
      this.#openFeed(stream, Player);
    }
    this.#resultsSocket = new Socket(`/ws/results/${encodeURIComponent(stream)}?join_ms=0`, {
      onMessage: (event) => this.#takeResult(JSON.parse(event.data)),
      onState: (state) => this.#resultsState(state),
    });
  }

  close() {
    this.#feed?.close();
    this.#resultsSocket?.close();
    this.#feed = null;
    this.#config = null;
    this.#shown = null;
    this.#results.clear();
    this.#stage.clear();
    this.#problems.clear();
  }

  /** Switches boxes, labels or masks; returns whether they are on now. */
  toggle(what) {
    this.#stage.show[what] = !this.#stage.show[what];
    this.#stage.redraw();
    return this.#stage.show[what];
  }

  /** What is on show now: `{stream, frameNumber, result, width, height}`; null where nothing is. */
  onShow() {
    const size = this.#stage.pictureSize;
    if (!this.#shown || !size) return null;
    return { stream: this.#stream, frameNumber: this.#shown.frameNumber, result: this.#shown.result, ...size };
  }

  /** Marks the object with this number; null marks none. */
  choose(id) {
    this.#stage.chosen = id;
    this.#stage.redraw();
  }

  #openFeed(stream, Player) {
    this.#format = Player.format;
    this.#lastArrival = performance.now();
    this.#problems.set('waiting', `Opening ${stream} …`);
    this.#feed = new LiveFeed(stream, Player, this.#elements.video, {
      onArrived: (key, arrivedAt) => this.#arrived(key, arrivedAt),
      onPicture: (frame, name) => this.#show(frame, name),
      onConfig: (config) => (this.#config = config),
      onWaiting: () => this.#problems.set('waiting', `${stream} is not live now. It is shown as soon as it starts.`),
      onState: (state) => this.#liveState(state),
      onProblem: (text) => this.#problems.set('player', text),
    });
  }

  #arrived(key, arrivedAt) {
    this.#lastArrival = arrivedAt;
    this.#results.arrived(key, arrivedAt);
    this.#problems.set('waiting', null);
    this.#problems.set('silent', null);
  }

  /** Picture and boxes are drawn together or not at all: only a result of the same name is drawn over a picture. */
  #show(frame, { session, frameNumber }) {
    const key = pictureKey(session, frameNumber);
    const result = this.#results.of(key)?.frame_result;
    this.#stage.draw(frame, result);
    this.#shown = { key, session, frameNumber, result };
    this.#shownCount++;
    if (result) this.#matchedCount++;
    this.#shownTimes.push(performance.now());
  }

  #takeResult(message) {
    if (message.type === 'rates') {
      this.#handlers.onRates(message);
    } else if (message.type === 'event') {
      this.#handlers.onEvent(message);
    } else {
      const key = this.#results.accept(message);
      const { frame_result: result, pose } = message.results;
      if (pose) this.#handlers.onPose({ ...pose, session: message.session });
      if (result && this.#shown?.key === key) {
        if (!this.#shown.result) this.#matchedCount++;
        this.#shown.result = result;
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
    const lag = this.#results.lagMillis(now);
    const delay = this.#delay.step(lag, this.holdMillis);
    this.#feed.delayMillis = delay;
    this.#problems.set('silent', this.#silence(now));
    this.#problems.note('late', this.#lateNote(lag));
    this.#handlers.onStep(this.#numbers(now, delay, lag));
  }

  /** The moment stands in it, not the time since: what does not change is announced once. */
  #silence(now) {
    const silentFor = now - this.#lastArrival;
    if (silentFor <= SILENT_AFTER_MILLIS) return null;
    return `No picture since ${new Date(Date.now() - silentFor).toLocaleTimeString()}.`;
  }

  #lateNote(lag) {
    if (lag === null || this.holdMillis === 0 || lag <= this.holdMillis) return null;
    return 'Boxes come later than pictures may be held: choose a longer hold to see them.';
  }

  #numbers(now, delay, lag) {
    while (this.#shownTimes.length > 0 && now - this.#shownTimes[0] > 2000) this.#shownTimes.shift();
    const matched = this.#shownCount ? this.#matchedCount / this.#shownCount : 0;
    this.#shownCount *= 0.9;
    this.#matchedCount *= 0.9;
    return {
      ...this.#shown,
      stream: this.#stream,
      config: this.#config,
      player: PLAYER_NAMES[this.#format],
      delay,
      lag,
      framesPerSecond: this.#shownTimes.length / 2,
      matched,
      dropped: this.#feed.dropped,
      pose: this.#shown ? this.#results.of(this.#shown.key)?.pose : undefined,
    };
  }
}

function seconds(millis) {
  return (millis / 1000).toFixed(millis < 10000 ? 1 : 0);
}
