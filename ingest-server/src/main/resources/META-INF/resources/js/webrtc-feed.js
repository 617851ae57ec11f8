// One stream's live video by WebRTC (WHEP), and which frame of the stream is displayed: the identity is read out of each
// coded frame (webrtc-worker.js), and the displayed frame has the RTP timestamp of the coded one.

const FIRST_RETRY_MILLIS = 500;
const LAST_RETRY_MILLIS = 8000;
const REMEMBERED_FRAMES = 1024;
const NOT_LIVE = 404;

/** Calls back as LiveFeed does. */
export class WebRtcFeed {
  static format = 'webrtc';

  static isSupported() {
    return (
      'RTCRtpScriptTransform' in window &&
      'VideoFrame' in window &&
      'metadata' in VideoFrame.prototype &&
      'requestVideoFrameCallback' in HTMLVideoElement.prototype
    );
  }

  #stream;
  #video;
  #handlers;
  #delayMillis = 0;
  #connection = null;
  #timer = 0;
  #failures = 0;
  #droppedBefore = 0;
  #names = new Map();
  #lastTimestamp = null;
  #config = {};
  #closed = false;

  constructor(stream, video, handlers) {
    this.#stream = stream;
    this.#video = video;
    this.#handlers = handlers;
    this.#connect();
    this.#watch();
  }

  set delayMillis(millis) {
    if (millis === this.#delayMillis) return;
    this.#delayMillis = millis;
    this.#connection?.worker.postMessage({ delayMillis: millis });
  }

  /** Frames dropped because too many were held. */
  get dropped() {
    return this.#droppedBefore + (this.#connection?.dropped ?? 0);
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#leave();
    this.#video.srcObject = null;
  }

  async #connect() {
    const connection = {
      peer: new RTCPeerConnection(),
      worker: new Worker('/js/webrtc-worker.js', { type: 'module' }),
      session: null,
      dropped: 0,
    };
    this.#connection = connection;
    const { peer, worker } = connection;
    worker.postMessage({ delayMillis: this.#delayMillis });
    worker.onmessage = ({ data }) => this.#arrived(connection, data);
    const { receiver } = peer.addTransceiver('video', { direction: 'recvonly' });
    receiver.transform = new RTCRtpScriptTransform(worker, {});
    peer.onconnectionstatechange = () => this.#changed(connection);
    try {
      await this.#negotiate(connection);
      this.#watchEnd(connection, receiver.transport);
      this.#play(receiver.track);
    } catch (error) {
      this.#retry(connection, error);
    }
  }

  async #negotiate(connection) {
    const { peer } = connection;
    await peer.setLocalDescription();
    const answer = await fetch(`/whep/${this.#stream}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/sdp' },
      body: peer.localDescription.sdp,
    });
    if (answer.status !== 201) throw await refusal(answer);
    connection.session = answer.headers.get('Location');
    const sdp = await answer.text();
    if (connection !== this.#connection || this.#closed) throw new Error('closed');
    await peer.setRemoteDescription({ type: 'answer', sdp });
  }

  #play(track) {
    this.#names.clear();
    this.#video.srcObject = new MediaStream([track]);
    this.#video.muted = true;
    this.#video.play().catch(() => {});
  }

  #changed(connection) {
    if (connection !== this.#connection) return;
    const { connectionState } = connection.peer;
    if (connectionState === 'connected') {
      this.#failures = 0;
      this.#handlers.onState({ open: true, retryMillis: 0, reason: '' });
    } else if (['disconnected', 'failed', 'closed'].includes(connectionState)) {
      this.#retry(connection, new Error(connectionState));
    }
  }

  /** The server says goodbye where the stream ends; else a connection counts as lost after seconds. */
  #watchEnd(connection, transport) {
    transport.onstatechange = () => {
      if (transport.state === 'closed') this.#retry(connection, new Error('closed'));
    };
  }

  /** Tries again: soon where the stream is not live, or has just ended. */
  #retry(connection, error) {
    if (connection !== this.#connection || this.#closed) return;
    this.#leave();
    const isAway = error.status === NOT_LIVE;
    const wait = isAway ? FIRST_RETRY_MILLIS : Math.min(FIRST_RETRY_MILLIS * 2 ** this.#failures++, LAST_RETRY_MILLIS);
    this.#timer = setTimeout(() => this.#connect(), wait);
    this.#handlers.onState({ open: isAway || error.status !== undefined, retryMillis: wait, reason: '' });
    if (isAway) {
      this.#handlers.onWaiting();
    } else if (error.status !== undefined) {
      this.#handlers.onProblem(error.message);
    }
  }

  #leave() {
    const connection = this.#connection;
    this.#connection = null;
    if (!connection) return;
    this.#droppedBefore += connection.dropped;
    connection.peer.close();
    connection.worker.terminate();
    if (connection.session) fetch(connection.session, { method: 'DELETE', keepalive: true }).catch(() => {});
  }

  /** A coded frame, whose displayed one may follow much later. */
  #arrived(connection, frame) {
    if (connection !== this.#connection) return;
    connection.dropped = frame.dropped;
    if (frame.session === undefined) return;
    this.#names.set(frame.rtpTimestamp, { session: frame.session, frameNumber: frame.frameNumber });
    if (this.#names.size > REMEMBERED_FRAMES) this.#names.delete(this.#names.keys().next().value);
    this.#configure(frame);
    this.#handlers.onArrived(frame, performance.now());
  }

  #configure({ codec, width, height, session }) {
    if (!codec) return;
    const config = { format: WebRtcFeed.format, stream: this.#stream, session, codec, width, height };
    if (JSON.stringify(config) === JSON.stringify(this.#config)) return;
    this.#config = config;
    this.#handlers.onConfig(config);
  }

  #watch() {
    this.#video.requestVideoFrameCallback(() => {
      if (this.#closed) return;
      this.#watch();
      this.#takeFrame();
    });
  }

  /** The callback's metadata may belong to an older frame than the displayed one; the VideoFrame carries its own. */
  #takeFrame() {
    const frame = new VideoFrame(this.#video);
    const { rtpTimestamp } = frame.metadata();
    const name = this.#names.get(rtpTimestamp);
    if (!name || rtpTimestamp === this.#lastTimestamp) {
      frame.close();
      return;
    }
    this.#lastTimestamp = rtpTimestamp;
    this.#handlers.onProblem(null);
    this.#handlers.onFrame(frame, name);
  }
}

async function refusal(answer) {
  const problem = await answer.json().catch(() => ({}));
  return Object.assign(new Error(problem.detail ?? `The server answered ${answer.status}.`), { status: answer.status });
}
