// The list of streams, polled, each with its own errors.

import { create, say } from './dom.js';
import { KeyedList } from './keyed-list.js';
import { leaveIfUnknown } from './requests.js';
import { Workers } from './workers.js';

const EVERY_MILLIS = 1000;
const GIVE_UP_MILLIS = 5000;

export const NO_STREAMS = `No streams yet. Publish H.264 video to rtsp://${location.hostname}:8554/NAME, push it to /ws/video/NAME, or run ./aerie demo.`;

/** `name, state, size, fps, kbps, readers, drops, problem, workers, source, hasSource` of each stream, by name; rejects without an answer. */
export async function readStreams() {
  const answer = await fetch('/api/streams', { signal: AbortSignal.timeout(GIVE_UP_MILLIS), cache: 'no-store' });
  leaveIfUnknown(answer.status);
  if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
  return normalize(await answer.json());
}

/** Calls `onStreams(streams)` after each answer; keeps the list in the page up to date. */
export class StreamList {
  #list;
  #problem;
  #onStreams;
  #onChoose;
  #chosen = null;
  #streams = [];
  #cards;

  constructor({ list, problem, onStreams, onChoose }) {
    this.#list = list;
    this.#problem = problem;
    this.#onStreams = onStreams;
    this.#onChoose = onChoose;
    this.#cards = new KeyedList(list, (name) => new Card(name, () => this.#onChoose(name)));
    list.addEventListener('keydown', (event) => this.#moveFocus(event));
  }

  start() {
    this.#ask().finally(() => setTimeout(() => this.start(), EVERY_MILLIS));
  }

  choose(name) {
    this.#chosen = name;
    this.#draw();
  }

  async #ask() {
    try {
      this.#streams = await readStreams();
      say(this.#problem, this.#streams.length ? null : NO_STREAMS);
      this.#onStreams(this.#streams, null);
    } catch (error) {
      say(this.#problem, `Cannot read the list of streams: ${error.message}.`);
      this.#onStreams(this.#streams, error);
    }
    this.#draw();
  }

  #draw() {
    this.#cards.show(
      this.#streams,
      (stream) => stream.name,
      (card, stream) => card.show(stream, stream.name === this.#chosen),
    );
  }

  #moveFocus(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const cards = [...this.#list.querySelectorAll('.stream')];
    cards[cards.indexOf(document.activeElement) + step]?.focus();
    event.preventDefault();
  }
}

class Card {
  #button;
  #state = create('span', { class: 'dot' });
  #numbers = create('span', { class: 'numbers' });
  #problem = create('span', { class: 'problem' });
  #workers;

  constructor(name, onClick) {
    const title = create('span', { class: 'name' }, name, this.#state);
    this.#button = create('button', { type: 'button', class: 'stream' }, title, this.#numbers, this.#problem);
    this.#button.addEventListener('click', onClick);
    this.#workers = new Workers(name);
    this.item = create('li', { class: 'card' }, this.#button, this.#workers.item);
  }

  show(stream, isChosen) {
    this.#button.setAttribute('aria-current', String(isChosen));
    this.#state.dataset.state = stream.state;
    say(this.#state, stream.state);
    say(this.#numbers, numbers(stream));
    say(this.#problem, stream.problem);
    this.#workers.item.hidden = stream.state === 'ended' && !stream.hasSource;
    this.#workers.show(stream.state === 'ended' ? [] : stream.workers, stream.hasSource);
  }
}

function normalize(answer) {
  const streams = Array.isArray(answer) ? answer : (answer.streams ?? []);
  return streams
    .map((stream) => ({
      name: stream.stream,
      state: stream.state ?? 'waiting',
      size: stream.width ? `${stream.width} × ${stream.height}` : '',
      fps: stream.frames_per_second ?? 0,
      kbps: (stream.bits_per_second ?? 0) / 1000,
      readers: stream.readers ?? 0,
      drops: stream.dropped ?? 0,
      problem: problemOf(stream),
      workers: stream.workers ?? [],
      source: stream.source ?? '',
      sourceState: stream.source_state,
      hasSource: stream.source_type !== undefined,
    }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

function problemOf(stream) {
  if (stream.last_error) return stream.last_error;
  if (stream.state === 'ended' && stream.end_cause) return `Ended: ${stream.end_cause}.`;
  if (stream.state === 'stalled') return `No frame for ${Math.round((stream.silent_millis ?? 0) / 1000)} s.`;
  return null;
}

/** Size, rates and readers of a stream of `readStreams()`, in one line. */
export function numbers(stream) {
  const rate = stream.kbps >= 1000 ? `${(stream.kbps / 1000).toFixed(1)} Mbit/s` : `${Math.round(stream.kbps)} kbit/s`;
  return [
    stream.size,
    stream.fps ? `${stream.fps.toFixed(0)} fps` : '',
    stream.kbps ? rate : '',
    `${stream.readers} ${stream.readers === 1 ? 'reader' : 'readers'}`,
    stream.drops ? `${stream.drops} dropped` : '',
  ]
    .filter(Boolean)
    .join(' · ');
}
