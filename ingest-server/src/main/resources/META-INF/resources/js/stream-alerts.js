// The alerts of the displayed stream, on its page; hidden while there are none.

import { AlertList } from './alert-list.js';
import { ask } from './requests.js';

const KEPT = 200;

export class StreamAlerts {
  #panel;
  #list;
  #stream = null;
  #messages = [];

  constructor({ panel, list, nothing }) {
    this.#panel = panel;
    this.#list = new AlertList({ list, nothing, isOfAll: false });
  }

  async open(stream) {
    this.#stream = stream;
    this.#messages = [];
    this.#show();
    const answer = await ask('GET', `/api/alerts?stream=${encodeURIComponent(stream)}`);
    if (stream !== this.#stream || !answer.ok) return;
    this.#messages = [...this.#messages, ...answer.body.alerts];
    this.#show();
  }

  /** An event of the results socket. */
  accept({ stream, kind, message }) {
    if (kind !== 'alert' || stream !== this.#stream) return;
    this.#messages = [message, ...this.#messages].slice(0, KEPT);
    this.#show();
  }

  #show() {
    this.#list.show(this.#messages);
    this.#panel.hidden = this.#messages.length === 0;
  }
}
