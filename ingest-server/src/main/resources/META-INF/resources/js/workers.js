// The workers on one stream: service, state, cause, and the menu to restart one of them.

import { create, say } from './dom.js';
import { KeyedList } from './keyed-list.js';
import { ask, told } from './requests.js';
import { reserve } from './role.js';

const STATES = {
  starting: { colour: 'waiting', text: 'starts' },
  running: { colour: 'good', text: 'runs' },
  reconnecting: { colour: 'retrying', text: 'lost the stream, tries again' },
  failed: { colour: 'bad', text: 'failed, tries again' },
  given_back: { colour: 'bad', text: 'gave the stream back, tries again later' },
};
const WRONG = ['bad', 'retrying'];
const USUAL = ['frame-processor', 'slam-service', 'storage-service'];
const SOURCE = 'ingest-server';

/** What is wrong with the `workers` of a stream, in one sentence; null if nothing. */
export function problemOfWorkers(workers) {
  const wrong = workers.find((worker) => WRONG.includes(STATES[worker.state]?.colour));
  return wrong ? `${wrong.service} ${STATES[wrong.state].text}${wrong.cause ? `: ${wrong.cause}` : ''}.` : null;
}

/** `item` is the displayed element; `show` changes it in place. */
export class Workers {
  #stream;
  #list = create('ul', { class: 'workers' });
  #rows = new KeyedList(this.#list, () => new Row());
  #menu = create('div', { class: 'menu' });
  #buttons = new Map();
  #note = create('p', { class: 'quiet note', role: 'status', hidden: '' });

  constructor(stream) {
    this.#stream = stream;
    const restart = create('details', { class: 'restart' }, create('summary', {}, 'Restart …'), this.#menu);
    this.item = create('div', { class: 'work' }, this.#list, restart, this.#note);
  }

  /** `workers` of `GET /api/streams`; `hasSource`: whether the server itself fetches the stream. */
  show(workers, hasSource) {
    const known = workers.filter((worker) => STATES[worker.state]);
    this.#rows.show(known, keyOf, (row, worker) => {
      row.show(worker, known.filter((other) => other.service === worker.service).length > 1);
    });
    const services = new Set([...USUAL, ...known.map((worker) => worker.service)]);
    if (hasSource) services.add(SOURCE);
    services.forEach((service) => this.#offer(service));
  }

  #offer(service) {
    if (this.#buttons.has(service)) return;
    const button = create('button', { type: 'button', 'data-service': service }, service === SOURCE ? 'the source' : service);
    button.addEventListener('click', () => this.#restart(service));
    reserve(button, 'operator');
    this.#buttons.set(service, button);
    this.#menu.append(button);
  }

  async #restart(service) {
    const path = `/api/streams/${encodeURIComponent(this.#stream)}/restart`;
    const answer = await ask('POST', path, { service, reason: 'asked on the dashboard' });
    say(this.#note, answer.ok ? `${service} was asked to restart its work on ${this.#stream}.` : told(answer));
  }
}

function keyOf({ service, instance }) {
  return `${service} ${instance}`;
}

class Row {
  #text = create('span', { class: 'dot' });
  #cause = create('span', { class: 'cause' });

  constructor() {
    this.item = create('li', {}, this.#text, this.#cause);
  }

  show({ service, instance, state, cause, failures }, isOneOfSeveral) {
    const { colour, text } = STATES[state];
    this.#text.dataset.state = colour;
    this.#text.title = `${service} ${instance}${failures ? `, failed ${failures} times since frames last came` : ''}`;
    say(this.#text, `${service}${isOneOfSeveral ? ` (${instance})` : ''} ${text}`);
    this.#cause.classList.toggle('problem', WRONG.includes(colour));
    say(this.#cause, cause && state !== 'running' ? cause : null);
  }
}
