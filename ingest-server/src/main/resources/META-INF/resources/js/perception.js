// A stream's detection settings: the mode, the strategy, the text prompt, and the source of the labels.

import { say } from './dom.js';
import { ask, told } from './requests.js';
import { enable } from './role.js';

const EVERY_MILLIS = 5000;
const RETRY_MILLIS = 1500;

/** Elements: `mode` and `strategy` (selects), `words` (form with an input `text`), `note`, `legend`. */
export class Perception {
  #elements;
  #stream = null;
  #timer = 0;
  #asked = 0;

  constructor(elements) {
    this.#elements = elements;
    elements.mode.addEventListener('change', () => this.#setMode());
    elements.strategy.addEventListener('change', () => this.#choose());
    elements.words.addEventListener('submit', (event) => this.#lookFor(event));
  }

  open(stream) {
    this.#stream = stream;
    say(this.#elements.note, null);
    say(this.#elements.legend, null);
    this.#elements.mode.disabled = true;
    this.#elements.strategy.disabled = true;
    this.#refresh();
  }

  async #refresh() {
    clearTimeout(this.#timer);
    const [stream, asked] = [this.#stream, ++this.#asked];
    const answer = await ask('GET', `/api/streams/${encodeURIComponent(stream)}/perception`);
    if (asked !== this.#asked) return;
    this.#show(answer.ok ? answer.body : null, told(answer));
    this.#timer = setTimeout(() => this.#refresh(), answer.ok ? EVERY_MILLIS : RETRY_MILLIS);
  }

  #show(state, why) {
    const { mode, strategy, words, legend } = this.#elements;
    enable(mode, state !== null);
    enable(strategy, state !== null);
    say(legend, state ? legendOf(state) : `The detection settings of this stream are unknown: ${why}.`.replace(/\.\.$/, '.'));
    if (!state) return;
    if (document.activeElement !== mode) mode.value = state.mode;
    if (document.activeElement !== strategy) strategy.value = state.strategy;
    const input = words.elements.text;
    if (document.activeElement !== input && state.strategy === 'text') input.value = state.text;
    const names = state.labels ?? [];
    if (!input.disabled) input.title = names.length ? `The detector knows: ${names.join(', ')}` : '';
  }

  #choose() {
    const { strategy, words, note } = this.#elements;
    if (strategy.value === 'text' && !words.elements.text.value.trim()) {
      words.elements.text.focus();
      say(note, 'Write what to look for, then press Look.');
      return;
    }
    this.#set(strategy.value === 'text' ? wanted(words) : { strategy: strategy.value });
  }

  #lookFor(event) {
    event.preventDefault();
    if (this.#elements.words.elements.text.value.trim()) this.#set(wanted(this.#elements.words));
  }

  async #setMode() {
    const { mode, note } = this.#elements;
    const answer = await ask('POST', '/mode', { stream: this.#stream, mode: mode.value });
    say(note, answer.ok ? 'The mode is changed.' : told(answer));
    mode.blur();
    await this.#refresh();
  }

  async #set(choice) {
    const answer = await ask('POST', '/strategy', { stream: this.#stream, ...choice });
    say(this.#elements.note, answer.ok ? done(answer.body) : told(answer));
    this.#elements.strategy.blur();
    await this.#refresh();
  }
}

function wanted(words) {
  return { strategy: 'text', text: words.elements.text.value.trim() };
}

function done(state) {
  return state.strategy === 'text' ? `Looking for: ${state.text}` : 'The strategy is changed. Marked objects are still tracked.';
}

/** The source of the labels, and how to get labels without a detector. */
function legendOf({ mode, strategy, detector, tracker, text }) {
  if (mode === 'off') return 'Nothing is looked for: the frames of this stream are not processed.';
  if (mode === 'segment') return 'Everything in a frame is segmented, each frame by itself; nothing is tracked, and nothing names it.';
  const names = {
    none: 'Only marked objects are tracked.',
    text: `Boxes are labelled with the words that are looked for: ${text}`,
    motion: '“moving” is whatever moves; nothing names it.',
    saliency: '“salient” is what stands out of its surroundings; nothing names it.',
    auto_grid: '“object” is whatever has an outline; nothing names it.',
  }[strategy];
  if (names && tracker !== 'bytetrack') return names;
  if (detector === 'motion') {
    return 'No detector is installed: “moving” is anything that moves. For names (person, car, dog …) run ./aerie models get yolox_nano, or nanodet, and start again.';
  }
  return `Labels are those of ${detector}.`;
}
