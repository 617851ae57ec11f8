// A WebSocket that reconnects automatically.

const FIRST_RETRY_MILLIS = 500;
const LAST_RETRY_MILLIS = 8000;

/**
 * Keeps one connection to `path` of this server until `close()`.
 *
 * - `onMessage(event)`: a text or binary (ArrayBuffer) message
 * - `onState({open, retryMillis})`: opened, or lost and reconnected after `retryMillis`
 */
export class Socket {
  #path;
  #handlers;
  #socket = null;
  #timer = 0;
  #failures = 0;
  #closed = false;

  constructor(path, handlers) {
    this.#path = path;
    this.#handlers = handlers;
    this.#connect();
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#socket?.close();
  }

  #connect() {
    const url = new URL(this.#path, location.href);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    const socket = new WebSocket(url);
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => {
      this.#failures = 0;
      this.#tell({ open: true, retryMillis: 0 });
    };
    socket.onmessage = (event) => this.#closed || this.#handlers.onMessage(event);
    socket.onclose = () => this.#retry();
    this.#socket = socket;
  }

  #retry() {
    if (this.#closed) return;
    const ladder = Math.min(FIRST_RETRY_MILLIS * 2 ** this.#failures, LAST_RETRY_MILLIS);
    const retryMillis = Math.round(ladder * (0.75 + Math.random() * 0.5));
    this.#failures++;
    this.#timer = setTimeout(() => this.#connect(), retryMillis);
    this.#tell({ open: false, retryMillis });
  }

  #tell(state) {
    if (!this.#closed) this.#handlers.onState(state);
  }
}
