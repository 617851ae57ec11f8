// A WebSocket that reconnects automatically.

const FIRST_RETRY_MILLIS = 500;
const LAST_RETRY_MILLIS = 8000;

/**
 * Keeps one connection to `path` of this server until `close()`.
 *
 * - `onMessage(event)`: a text or binary (ArrayBuffer) message
 * - `onState({open, retryMillis, reason})`: opened, or lost and reconnected after `retryMillis`; `reason` is what the
 *   server gave for closing, empty for none
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

  /** True if it was handed to the browser; without a connection nothing is kept. */
  send(data) {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(data);
    return true;
  }

  /** Bytes handed over that have not left yet. */
  get bufferedBytes() {
    return this.#socket?.bufferedAmount ?? 0;
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
      this.#tell({ open: true, retryMillis: 0, reason: '' });
    };
    socket.onmessage = (event) => this.#closed || this.#handlers.onMessage(event);
    socket.onclose = (event) => this.#retry(event.reason);
    this.#socket = socket;
  }

  #retry(reason) {
    if (this.#closed) return;
    const ladder = Math.min(FIRST_RETRY_MILLIS * 2 ** this.#failures, LAST_RETRY_MILLIS);
    const retryMillis = Math.round(ladder * (0.75 + Math.random() * 0.5));
    this.#failures++;
    this.#timer = setTimeout(() => this.#connect(), retryMillis);
    this.#tell({ open: false, retryMillis, reason });
  }

  #tell(state) {
    if (!this.#closed) this.#handlers.onState(state);
  }
}
