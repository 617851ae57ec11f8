// The page of sources: what the server fetches, with its errors, and what is sent to it; adds, stops, starts and removes.

import './bar.js';
import { byId, create, say, setPill } from './dom.js';
import { KeyedList } from './keyed-list.js';
import { removeButton } from './remove-button.js';
import { ask, told } from './requests.js';
import { reserve } from './role.js';
import { readStreams } from './streams.js';

const EVERY_MILLIS = 1000;
const PUSHED = 'sent by a client';

const SPECS = {
  rtsp: () => ({ type: 'rtsp', urls: [byId('url').value.trim()], transport: byId('transport').value }),
  network: () => ({ type: 'network', urls: [byId('network-url').value.trim()] }),
  file: () => ({ type: 'file', path: byId('path').value.trim(), loop: byId('loop').checked }),
  webcam: () => ({ type: 'webcam', device: byId('device').value.trim() }),
  test: () => ({ type: 'test' }),
};

class Row {
  #name;
  #isStopped = false;
  #source = create('td', {});
  #state = create('span', { class: 'dot' });
  #problem = create('span', { class: 'problem', hidden: '' });
  #button;
  #switch = create('button', { type: 'button' });

  constructor(name) {
    this.#name = name;
    this.#switch.addEventListener('click', () => this.#startOrStop());
    reserve(this.#switch, 'operator');
    this.#button = removeButton(name, `/api/streams/${encodeURIComponent(name)}`, byId('list-problem'), look);
    reserve(this.#button, 'admin');
    const link = create('a', { href: `./#${encodeURIComponent(name)}` }, name);
    this.item = create(
      'tr',
      {},
      create('th', { scope: 'row' }, link),
      this.#source,
      create('td', {}, this.#state, this.#problem),
      create('td', {}, this.#switch, ' ', this.#button),
    );
  }

  async #startOrStop() {
    const answer = await ask('POST', this.#isStopped ? '/start' : '/stop', { stream: this.#name });
    say(byId('list-problem'), answer.ok ? null : told(answer));
    await look();
  }

  show(stream) {
    this.#isStopped = stream.sourceState === 'stopped';
    const problem = this.#isStopped ? null : stream.problem; // who stopped it knows why no frames come
    say(this.#source, stream.source || PUSHED);
    this.#state.dataset.state = problem ? 'bad' : stream.state;
    say(this.#state, this.#isStopped ? 'stopped' : stream.state);
    say(this.#problem, problem);
    say(this.#switch, this.#isStopped ? 'Start' : 'Stop');
    this.#switch.setAttribute('aria-label', `${this.#isStopped ? 'Start' : 'Stop'} ${this.#name}`);
    this.#switch.hidden = !stream.hasSource;
    this.#button.hidden = !stream.hasSource;
  }
}

const rows = new KeyedList(byId('rows'), (name) => new Row(name));

function show(streams) {
  rows.show(
    streams,
    (stream) => stream.name,
    (row, stream) => row.show(stream),
  );
  byId('sources').hidden = streams.length === 0;
  byId('none').hidden = streams.length > 0;
}

async function look() {
  try {
    show(await readStreams());
    setPill(byId('state'), 'good', 'Connected');
  } catch (error) {
    setPill(byId('state'), 'bad', 'No answer from the server');
    say(byId('list-problem'), `Cannot read the list of streams: ${error.message}.`);
  }
}

async function lookAgain() {
  await look();
  setTimeout(lookAgain, EVERY_MILLIS);
}

async function add(event) {
  event.preventDefault();
  const stream = byId('stream').value;
  const answer = await ask('PUT', `/api/streams/${encodeURIComponent(stream)}`, SPECS[byId('kind').value]());
  say(byId('problem'), answer.ok ? null : told(answer));
  say(byId('note'), answer.ok ? `${stream} was added.` : null);
  await look();
}

function showKind() {
  for (const field of document.querySelectorAll('[data-kind]')) field.hidden = field.dataset.kind !== byId('kind').value;
}

byId('kind').addEventListener('change', showKind);
byId('form').addEventListener('submit', add);
showKind();
lookAgain();
