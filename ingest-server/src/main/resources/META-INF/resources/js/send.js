// The page /send: this device's camera, motion and position as a stream.

import './bar.js';
import { CameraEncoder, encoderConfig } from './camera-encoder.js';
import { byId, say, setPill } from './dom.js';
import { allowMotion, MotionSender } from './motion.js';
import { PositionSender } from './position.js';
import { enable as enablePart } from './role.js';
import { Socket } from './socket.js';
import { unixNanos } from './unix-time.js';

/** About a second of video: more is not sent in time, so frames are dropped instead. */
const MAX_WAITING_SECONDS = 1;

const NAME = 'aerie.send.stream';

/** What is sent now: everything that must end with it. */
let sending = null;

class Sending {
  frames = 0;
  bytes = 0;
  #stream;
  #media;
  #encoder;
  #video;
  #sockets = [];
  #motion = null;
  #position = null;
  #maxWaitingBytes;
  #onEnd;

  constructor(stream, media, config, onEnd) {
    this.#stream = stream;
    this.#media = media;
    this.#maxWaitingBytes = (config.bitrate / 8) * MAX_WAITING_SECONDS;
    this.#onEnd = onEnd;
    this.#video = this.#open('video', (state) => this.#connected(state, config));
    this.#encoder = new CameraEncoder(config, {
      onUnit: (data, captured) => this.#sendUnit(data, captured),
      isBehind: () => this.#video.bufferedBytes > this.#maxWaitingBytes,
      onEnd: (problem) => onEnd(problem ?? 'The camera was taken away.'),
    });
  }

  run(preview) {
    const [track] = this.#media.getVideoTracks();
    this.#encoder.run(track, preview).catch((error) => this.#onEnd(error.message));
  }

  sendMotion(isFront) {
    const socket = this.#open('imu', () => {});
    this.#motion = new MotionSender((message) => socket.send(JSON.stringify(message)), isFront);
  }

  sendPosition() {
    const socket = this.#open('telemetry', () => {});
    this.#position = new PositionSender(
      (message) => socket.send(JSON.stringify(message)),
      (text) => say(byId('problem'), text),
    );
  }

  get counts() {
    return { frames: this.frames, bytes: this.bytes, dropped: this.#encoder.dropped, samples: this.#motion?.samples ?? 0 };
  }

  stop() {
    this.#motion?.stop();
    this.#position?.stop();
    this.#encoder.stop();
    this.#sockets.forEach((socket) => socket.close());
    this.#media.getTracks().forEach((track) => track.stop());
  }

  #open(kind, onState) {
    const socket = new Socket(`/ws/${kind}/${encodeURIComponent(this.#stream)}`, {
      onMessage: ({ data }) => {
        if (typeof data === 'string') say(byId('problem'), JSON.parse(data).detail ?? data);
      },
      onState,
    });
    this.#sockets.push(socket);
    return socket;
  }

  #connected({ open, retryMillis, reason }, { width, height, framerate }) {
    if (!open) {
      setPill(byId('state'), 'retrying', `Connecting again in ${Math.ceil(retryMillis / 1000)} s`);
      if (reason) say(byId('problem'), `The server ended the connection: ${reason}`);
      return;
    }
    this.#video.send(JSON.stringify({ type: 'video_config', codec: 'h264', width, height, fps: framerate, framing: 'access_units' }));
    this.#encoder.refresh();
    say(byId('problem'), null);
    setPill(byId('state'), 'good', 'Sending');
  }

  #sendUnit(data, captured) {
    const time = { type: 'frame_time', capture_time_ns: unixNanos(captured), sent_time_ns: unixNanos(performance.now()) };
    if (this.#video.send(JSON.stringify(time)) && this.#video.send(data)) {
      this.frames++;
      this.bytes += data.byteLength;
    }
  }
}

async function start() {
  const stream = byId('stream').value;
  const isFront = byId('camera').value === 'user';
  const [width, height] = byId('size').value.split('x').map(Number);
  const framesPerSecond = Number(byId('rate').value);
  const withMotion = byId('motion').checked && (await mayMeasureMotion());
  if (!navigator.mediaDevices) {
    throw new Error('Browsers give their camera to pages of localhost and https only.');
  }
  const media = await navigator.mediaDevices.getUserMedia({
    video: {
      facingMode: byId('camera').value,
      width: { ideal: width },
      height: { ideal: height },
      frameRate: { ideal: framesPerSecond },
    },
  });
  const preview = byId('preview');
  preview.srcObject = media;
  await preview.play();
  // The camera decides; encoders ask for even sizes.
  const config = await encoderConfig({
    width: preview.videoWidth & ~1,
    height: preview.videoHeight & ~1,
    framesPerSecond,
    bitsPerSecond: Number(byId('bitrate').value),
  });
  if (!config) {
    media.getTracks().forEach((track) => track.stop());
    throw new Error(`This browser does not encode H.264 of ${preview.videoWidth}x${preview.videoHeight}.`);
  }
  localStorage.setItem(NAME, stream);
  sending = new Sending(stream, media, config, stop);
  if (withMotion) sending.sendMotion(isFront);
  if (byId('position').checked) sending.sendPosition();
  sending.run(preview);
}

/** Video is sent without motion too; the page says why there is none. */
async function mayMeasureMotion() {
  try {
    await allowMotion();
    return true;
  } catch (error) {
    say(byId('hint'), `${error.message} The stream is sent without it.`);
    return false;
  }
}

/** - `problem`: why, in a sentence; none where a person asked for it */
function stop(problem) {
  sending?.stop();
  sending = null;
  byId('preview').srcObject = null;
  setPill(byId('state'), problem ? 'bad' : 'waiting', 'Not sending');
  if (problem) say(byId('problem'), problem);
  enable(false);
}

function enable(isSending) {
  byId('stop').disabled = !isSending;
  for (const id of ['start', 'stream', 'camera', 'size', 'rate', 'bitrate', 'motion', 'position']) enablePart(byId(id), !isSending);
}

function showFacts() {
  if (!sending) return;
  const { frames, bytes, dropped, samples } = sending.counts;
  const facts = byId('facts');
  const seconds = (performance.now() - showFacts.at) / 1000;
  const rate = (bytes - showFacts.bytes) / 125 / seconds;
  showFacts.at = performance.now();
  showFacts.bytes = bytes;
  facts.dataset.frames = frames;
  facts.dataset.samples = samples;
  const motion = samples ? ` · motion: ${samples} samples` : '';
  facts.textContent = `${frames} frames · ${Math.max(0, Math.round(rate))} kbit/s · ${dropped} dropped${motion}`;
}
showFacts.at = performance.now();
showFacts.bytes = 0;

byId('stream').value = localStorage.getItem(NAME) ?? `phone-${Math.floor(Math.random() * 900 + 100)}`;
byId('form').addEventListener('submit', (event) => {
  event.preventDefault();
  say(byId('problem'), null);
  setPill(byId('state'), 'waiting', 'Starting');
  showFacts.bytes = 0;
  enable(true);
  start().catch((error) => stop(error.message));
});
byId('stop').addEventListener('click', () => stop(null));
addEventListener('pagehide', () => stop(null));
setInterval(showFacts, 1000);
